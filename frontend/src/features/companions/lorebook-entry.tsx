import type { UseMutationResult } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { Button } from "@/components/ui/button";
import { Choice } from "@/components/ui/controls";
import { Dialog } from "@/components/ui/dialog";
import { Area, Field } from "@/components/ui/field";
import { faults, withEntry, type Book, type Draft, type Entry, type Told } from "@/features/companions/lorebook";
import { ApiError, type CompanionLorebook } from "@/lib/api";

type Props = {
  entry: Entry | null;
  name: string;
  change: UseMutationResult<CompanionLorebook, Error, (book: Book) => Book>;
  onSaved: () => void;
  onDelete: (entry: Entry) => void;
  onClose: () => void;
};

const TOLD: [Told, string][] = [
  ["words", "On a word"],
  ["pattern", "On a pattern"],
  ["always", "Always"],
];
const HINTS: Record<Told, string> = {
  words: "One per line. When one of them comes up in the chat, the text below is told.",
  pattern: "One regular expression per line, as in dragons? or /dragon/i.",
  always: "Not needed: it is told in every reply.",
};

/** One entry of a lorebook, or a new one.  Closing it asks first when something would be lost. */
export function LorebookEntry({ entry, name, change, onSaved, onDelete, onClose }: Props) {
  const was = { title: entry?.title ?? "", told: entry?.told ?? "words", text: entry?.text ?? "", keys: (entry?.keys ?? []).join("\n") };
  const [title, setTitle] = useState(was.title);
  const [told, setTold] = useState<Told>(was.told);
  const [keys, setKeys] = useState(was.keys);
  const [text, setText] = useState(was.text);
  const [tried, setTried] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const draft: Draft = { title: title.trim(), told, text, keys: keys.split("\n").map((key) => key.trim()).filter(Boolean) };
  const dirty = title !== was.title || told !== was.told || keys !== was.keys || text !== was.text;
  const wrong = tried ? { ...refused(change.error), ...faults(draft) } : {};
  const leave = () => (dirty && !leaving ? setLeaving(true) : onClose());
  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    setLeaving(false);
    if (Object.keys(faults(draft)).length > 0) return;
    const saved = () => {
      onSaved();
      onClose();
    };
    change.mutate((book) => withEntry(book, entry, draft), { onSuccess: saved });
  };
  const edit = (set: (value: string) => void) => (value: string) => {
    set(value);
    setLeaving(false);
    change.reset();
  };
  return (
    <Dialog title={entry ? "Entry" : "New entry"} onClose={leave} unsaved={dirty && !leaving}>
      <form onSubmit={save} noValidate className="space-y-5">
        <Field label="Title" value={title} maxLength={200} autoFocus={!entry} placeholder="The lighthouse" hint="For you: it is not told." onChange={(e) => edit(setTitle)(e.target.value)} />
        <div className="[&_fieldset]:flex-col [&_fieldset]:items-start [&_fieldset]:gap-1.5 [&_legend]:text-sm [&_legend]:font-semibold">
          <Choice label="Told" value={told} options={TOLD} onChange={(value) => edit((next) => setTold(next as Told))(value)} />
        </div>
        <Area label={told === "pattern" ? "Patterns" : "Words"} value={keys} rows={2} placeholder={"lighthouse\nlamp"} hint={HINTS[told]} error={wrong.keys} onChange={(e) => edit(setKeys)(e.target.value)} />
        <Area label={`What ${name} knows then`} value={text} rows={4} maxLength={20_000} placeholder="The lighthouse has been dark since the storm of ’87; {{char}} still has the key." hint="{{char}} and {{user}} become your names." error={wrong.text} onChange={(e) => edit(setText)(e.target.value)} />
        {wrong.all && <p role="alert" className="text-sm text-bad">{wrong.all}</p>}
        {leaving && (
          <p role="alert" className="flex flex-wrap items-center justify-between gap-2 rounded-2xl bg-accent-soft py-1 ps-4 pe-1 text-sm">
            This is not saved yet.
            <Button look="quiet" small onClick={onClose}>
              Throw away
            </Button>
          </p>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          {entry && (
            <Button look="danger" className="me-auto" busy={change.isPending} onClick={() => onDelete(entry)}>
              Delete
            </Button>
          )}
          <Button type="submit" busy={change.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What the server says against the entry, by the field it means. */
function refused(error: Error | null): { keys?: string; text?: string; all?: string } {
  if (!error) return {};
  const fields = Object.entries(error instanceof ApiError ? error.fields : {});
  const of = (...names: string[]) => fields.find(([path]) => names.some((name) => path.endsWith(name)))?.[1];
  const keys = of(".keys", ".key");
  const text = of(".content");
  if (!keys && !text) return { all: fields[0]?.[1] ?? error.message };
  return { ...(keys && { keys }), ...(text && { text }) };
}
