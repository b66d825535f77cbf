import { Choice } from "@/components/ui/choice";
import { Dialog } from "@/components/ui/dialog";

type Props = { name: string; model: string | null; busy: boolean; onClose: () => void; onMemories: () => void; onSearch: () => void; onDraw: () => void; onDescribe: () => void; onEdit: () => void };

/** What the narrow header has no room for. */
export function ChatMenu({ name, model, busy, onClose, onMemories, onSearch, onDraw, onDescribe, onEdit }: Props) {
  const choose = (work: () => void) => () => {
    onClose();
    work();
  };
  return (
    <Dialog title={name} onClose={onClose}>
      <ul className="-mx-2">
        <Choice icon="heart" label={`What ${name} remembers`} onChoose={choose(onMemories)} />
        <Choice icon="search" label="Search this chat" onChoose={choose(onSearch)} />
        <Choice icon="image" label={`Draw ${name} now`} disabled={busy} onChoose={choose(onDraw)} />
        <Choice icon="spark" label="Draw what you describe" disabled={busy} onChoose={choose(onDescribe)} />
        <Choice icon="edit" label={`Edit ${name}`} onChoose={choose(onEdit)} />
      </ul>
      {model && <p className="mt-3 border-t border-line pt-3 text-sm break-words text-muted">Played by {model}.</p>}
    </Dialog>
  );
}
