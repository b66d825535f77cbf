import { Choice } from "@/components/ui/choice";
import { Dialog } from "@/components/ui/dialog";
import type { Message } from "@/lib/api";
import { plain } from "@/lib/markdown";

type Props = {
  message: Message;
  name: string;
  busy: boolean;
  onClose: () => void;
  onCopy: () => void;
  onBranch: () => void;
  onPrompt: (turnId: string) => void;
  onEdit: () => void;
  onDelete: (andAfter: boolean) => void;
  onDraw: () => void;
};

/** What is done with a message less often. */
export function MessageMenu({ message, name, busy, onClose, onCopy, onBranch, onPrompt, onEdit, onDelete, onDraw }: Props) {
  const choose = (work: () => void) => () => {
    onClose();
    work();
  };
  const { turn_id: turnId } = message;
  const theirs = message.role === "assistant";
  return (
    <Dialog title={theirs ? name : "You"} onClose={onClose}>
      <p dir="auto" className="mb-2 line-clamp-2 border-s-3 border-line ps-3 text-sm text-muted">
        {plain(message.text)}
      </p>
      <ul className="-mx-2">
        <Choice icon="copy" label="Copy" onChoose={choose(onCopy)} />
        <Choice icon="edit" label="Edit" disabled={busy} onChoose={choose(onEdit)}>
          Change what was said; the scene follows.
        </Choice>
        {theirs && (
          <Choice icon="image" label={message.image ? "Draw this moment again" : "Draw this moment"} disabled={busy} onChoose={choose(onDraw)}>
            A picture of the outfit, place and activity of this message.
          </Choice>
        )}
        <Choice icon="branch" label="Begin another story here" onChoose={choose(onBranch)}>
          A second chat with everything up to this message. This one stays as it is.
        </Choice>
        {turnId && theirs && (
          <Choice icon="eye" label="What the model was told" onChoose={choose(() => onPrompt(turnId))}>
            The prompt behind this reply, its tokens and what it cost.
          </Choice>
        )}
      </ul>
      <ul className="-mx-2 mt-2 border-t border-line pt-2">
        <Choice icon="trash" label="Delete" danger disabled={busy} onChoose={choose(() => onDelete(false))}>
          Only this message. You can undo it for half a minute.
        </Choice>
        <Choice icon="rewind" label="Delete this and all after it" danger disabled={busy} onChoose={choose(() => onDelete(true))}>
          Takes the story back to before this message. You can undo it for half a minute.
        </Choice>
      </ul>
    </Dialog>
  );
}
