import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Switch } from "@/components/ui/controls";
import { Dialog } from "@/components/ui/dialog";
import { Icon } from "@/components/ui/icon";
import { Problem, Skeletons } from "@/components/ui/states";
import { entriesOf, found, MAX_ENTRIES, restored, withEnabled, without, type Entry } from "@/features/companions/lorebook";
import { LorebookEntry } from "@/features/companions/lorebook-entry";
import { useLorebook } from "@/features/companions/use-lorebook";
import { cn } from "@/lib/cn";

type Props = { companionId: string; name: string; onClose: () => void };

// Below that one sees them all.
const MANY = 8;

/** What is true in a companion's world: read, searched, switched on and off; an entry is edited over it. */
export function LorebookDialog({ companionId, name, onClose }: Props) {
  const { book, change } = useLorebook(companionId);
  const [words, setWords] = useState("");
  const [editing, setEditing] = useState<Entry | "new" | null>(null);
  const [deleted, setDeleted] = useState<Entry | null>(null);
  const [switched, setSwitched] = useState<string | null>(null);
  const entries = book.data ? entriesOf(book.data.lorebook) : [];
  const shown = found(entries, words);
  const off = entries.filter((entry) => !entry.enabled).length;
  const full = entries.length >= MAX_ENTRIES;
  const turn = (entry: Entry, enabled: boolean) => {
    setSwitched(entry.id);
    setDeleted(null);
    change.mutate((now) => withEnabled(now, entry, enabled));
  };
  const forget = (entry: Entry) => {
    setEditing(null);
    change.mutate((now) => without(now, entry), { onSuccess: () => setDeleted(entry) });
  };
  const undo = (entry: Entry) => change.mutate((now) => restored(now, entry), { onSuccess: () => setDeleted(null) });
  return (
    <>
      <Dialog title={`Lorebook of ${name}`} onClose={onClose}>
        {book.isPending && <Skeletons label="Loading the lorebook" className="space-y-2" count={3} each="h-20" />}
        {book.isError && <Problem error={book.error} onRetry={() => void book.refetch()} />}
        {book.isSuccess && (
          <>
            {entries.length === 0 ? (
              <Nothing name={name} />
            ) : (
              <p className="mb-3 text-sm text-muted">{[`${entries.length} ${entries.length === 1 ? "entry" : "entries"}`, off && `${off} off`].filter(Boolean).join(", ")}. Each is told when one of its words comes up.</p>
            )}
            <div className={cn("mb-3 flex flex-wrap gap-2", entries.length === 0 && "justify-center")}>
              {(entries.length > MANY || words) && (
                <input type="search" value={words} onChange={(e) => setWords(e.target.value)} aria-label="Search entries" placeholder="Search …" className="min-h-11 min-w-36 flex-1 rounded-full border border-line bg-surface px-4 focus:border-accent focus:ring-3 focus:ring-accent/25 focus:outline-none" />
              )}
              <Button look={entries.length === 0 ? "primary" : "outline"} disabled={full} onClick={() => setEditing("new")}>
                <Icon name="plus" size={18} /> New entry
              </Button>
            </div>
            {full && <p className="mb-3 text-sm text-muted">A lorebook holds at most {MAX_ENTRIES} entries.</p>}
            {change.isError && !editing && <p role="alert" className="mb-3 text-sm text-bad">{change.error.message}</p>}
            {deleted && (
              <p role="status" className="sticky top-18 z-10 mb-3 flex items-center justify-between gap-3 rounded-2xl bg-accent-soft py-1 ps-4 pe-1 text-sm">
                Deleted.
                <Button look="quiet" small busy={change.isPending} onClick={() => undo(deleted)}>
                  Undo
                </Button>
              </p>
            )}
            <ul className="space-y-2" aria-label="Entries">
              {shown.map((entry) => {
                const pending = change.isPending && switched === entry.id;
                return <Row key={entry.id} entry={entry} enabled={pending ? !entry.enabled : entry.enabled} onOpen={() => setEditing(entry)} onSwitch={(enabled) => turn(entry, enabled)} />;
              })}
            </ul>
            {entries.length > 0 && shown.length === 0 && <p className="px-4 py-8 text-center text-muted">Nothing found.</p>}
          </>
        )}
      </Dialog>
      {editing && <LorebookEntry entry={editing === "new" ? null : editing} name={name} change={change} onSaved={() => setDeleted(null)} onDelete={forget} onClose={() => setEditing(null)} />}
    </>
  );
}

function Nothing({ name }: { name: string }) {
  return (
    <div className="px-2 pt-2 pb-4 text-center">
      <p className="font-semibold">Nothing here yet</p>
      <p className="mt-2 text-muted">
        A lorebook holds what is true in the world of {name}: people, places, customs, secrets. Each entry has a few words; when one of them comes up in the chat, {name} knows what the entry says.
      </p>
    </div>
  );
}

type RowProps = { entry: Entry; enabled: boolean; onOpen: () => void; onSwitch: (enabled: boolean) => void };

function Row({ entry, enabled, onOpen, onSwitch }: RowProps) {
  const words = entry.told === "always" ? "Always" : entry.keys.join(" · ") || "No words: never told";
  const title = entry.title || words;
  const quiet = !enabled && "text-muted";
  return (
    <li className="flex items-center gap-2 rounded-2xl bg-raised pe-3 transition hover:ring-1 hover:ring-accent">
      <button type="button" onClick={onOpen} className="min-w-0 flex-1 rounded-2xl px-4 py-3 text-start">
        <span dir="auto" className={cn("block truncate font-semibold", quiet)}>
          {title}
        </span>
        {entry.title && (
          <span dir="auto" className={cn("block truncate text-sm", quiet || "text-accent")}>
            {words}
          </span>
        )}
        <span dir="auto" className="line-clamp-2 text-sm text-muted">
          {entry.text.replace(/^(\s*@@.*\n?)+/, "")}
        </span>
      </button>
      <label className="flex min-h-11 items-center">
        <Switch label={`Use “${title}”`} value={enabled} onChange={onSwitch} />
      </label>
    </li>
  );
}
