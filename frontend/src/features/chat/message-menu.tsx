import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Icon, type IconName } from "@/components/ui/icon";
import { Loading, Problem } from "@/components/ui/states";
import { get, type Message, type PromptView } from "@/lib/api";

type MenuProps = {
  message: Message;
  busy: boolean;
  onClose: () => void;
  onBranch: () => void;
  onDeleteAfter: () => void;
  onPrompt: () => void;
  onEdit: () => void;
  onDelete: () => void;
  onDraw: () => void;
};

/** What is done with a message less often. */
export function MessageMenu({ message, busy, onClose, onBranch, onDeleteAfter, onPrompt, onEdit, onDelete, onDraw }: MenuProps) {
  const choose = (work: () => void) => () => {
    onClose();
    work();
  };
  return (
    <Dialog title="Message" onClose={onClose}>
      <ul className="-mx-2 space-y-1">
        <Choice icon="copy" label="Copy" onChoose={choose(() => void navigator.clipboard.writeText(message.text))} />
        <Choice icon="edit" label="Edit" disabled={busy} onChoose={choose(onEdit)}>
          Change what was said; the scene follows.
        </Choice>
        {message.role === "assistant" && (
          <Choice icon="image" label={message.image ? "Draw this moment again" : "Draw this moment"} disabled={busy} onChoose={choose(onDraw)}>
            A picture of the outfit, place and activity of this message.
          </Choice>
        )}
        <Choice icon="branch" label="Begin another story here" onChoose={choose(onBranch)}>
          A second chat with everything up to this message. This one stays as it is.
        </Choice>
        {message.turn_id && message.role === "assistant" && (
          <Choice icon="eye" label="What the model was told" onChoose={choose(onPrompt)}>
            The prompt behind this reply, part by part.
          </Choice>
        )}
        <Choice icon="trash" label="Delete" disabled={busy} onChoose={choose(onDelete)}>
          Only this message. You can undo it for half a minute.
        </Choice>
        <Choice icon="rewind" label="Delete this and all after it" disabled={busy} onChoose={choose(onDeleteAfter)}>
          Takes the story back to before this message. You can undo it for half a minute.
        </Choice>
      </ul>
    </Dialog>
  );
}

type ChatMenuProps = { name: string; busy: boolean; onClose: () => void; onMemories: () => void; onSearch: () => void; onDraw: () => void; onEdit: () => void };

/** What the narrow header of a phone has no room for. */
export function ChatMenu({ name, busy, onClose, onMemories, onSearch, onDraw, onEdit }: ChatMenuProps) {
  const choose = (work: () => void) => () => {
    onClose();
    work();
  };
  return (
    <Dialog title={name} onClose={onClose}>
      <ul className="-mx-2 space-y-1">
        <Choice icon="heart" label={`What ${name} remembers`} onChoose={choose(onMemories)} />
        <Choice icon="search" label="Search this chat" onChoose={choose(onSearch)} />
        <Choice icon="spark" label={`Draw ${name} now`} disabled={busy} onChoose={choose(onDraw)} />
        <Choice icon="edit" label={`Edit ${name}`} onChoose={choose(onEdit)} />
      </ul>
    </Dialog>
  );
}

function Choice({ icon, label, disabled, onChoose, children }: { icon: IconName; label: string; disabled?: boolean; onChoose: () => void; children?: ReactNode }) {
  return (
    <li>
      <button type="button" disabled={disabled} onClick={onChoose} className="flex min-h-11 w-full items-start gap-3.5 rounded-2xl px-3 py-3 text-start transition hover:bg-raised disabled:opacity-50">
        <span className="mt-0.5 text-accent">
          <Icon name={icon} />
        </span>
        <span>
          <span className="block font-semibold">{label}</span>
          {children && <span className="block text-sm text-muted">{children}</span>}
        </span>
      </button>
    </li>
  );
}

const PARTS: Record<string, string> = {
  safety: "Rules",
  persona: "Who they are",
  style: "How to write",
  scene: "The scene",
  memories: "Memories",
  lorebook: "Background",
  summary: "What happened before",
  history: "The conversation",
};
const ROLES: Record<string, string> = { system: "Instructions", user: "You", assistant: "Companion" };

/** The prompt of a turn: its parts with their size, and the messages as they are sent. */
export function PromptDialog({ turnId, onClose }: { turnId: string; onClose: () => void }) {
  const prompt = useQuery({ queryKey: ["prompt", turnId], queryFn: () => get<PromptView>(`turns/${turnId}/prompt`), staleTime: 0 });
  const total = prompt.data?.parts.reduce((sum, part) => sum + part.tokens, 0) ?? 0;
  return (
    <Dialog title="What the model was told" onClose={onClose} wide>
      {prompt.isPending && <Loading />}
      {prompt.isError && <Problem error={prompt.error} onRetry={() => void prompt.refetch()} />}
      {prompt.data && (
        <div className="space-y-6 text-sm">
          <p className="text-muted">
            Built again from what is stored now, for {prompt.data.model}. About {total.toLocaleString()} tokens.
          </p>
          <ul className="space-y-1.5" aria-label="Parts">
            {prompt.data.parts.map((part) => (
              <li key={part.name} className="grid grid-cols-[minmax(0,1fr)_auto] sm:grid-cols-[10rem_minmax(0,1fr)_4rem] items-center gap-x-3 gap-y-1">
                <span className="max-sm:order-1">{PARTS[part.name] ?? part.name}</span>
                <meter min={0} max={Math.max(total, 1)} value={part.tokens} aria-label={`${part.name}: ${part.tokens} tokens`} className="h-2 w-full max-sm:order-3 max-sm:col-span-2" />
                <span className="text-end text-muted tabular-nums max-sm:order-2">{part.tokens.toLocaleString()}</span>
              </li>
            ))}
          </ul>
          <ol className="space-y-3" aria-label="Messages">
            {prompt.data.messages.map((message, index) => (
              <li key={index} className="rounded-2xl bg-raised px-4 py-3">
                <p className="mb-1 text-xs font-semibold text-muted">{ROLES[message.role] ?? message.role}</p>
                <p className="break-words whitespace-pre-wrap">{message.content}</p>
              </li>
            ))}
          </ol>
        </div>
      )}
    </Dialog>
  );
}
