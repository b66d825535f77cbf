import type { CompanionLorebook } from "@/lib/api";

/** A character book as it is stored.  What this page does not know of it goes back as it came. */
export type Book = CompanionLorebook["lorebook"];
type Raw = Record<string, unknown>;
/** When an entry is told: when one of its words comes up, when a pattern fits, or in every reply. */
export type Told = "words" | "pattern" | "always";
export type Draft = { title: string; keys: string[]; text: string; told: Told };
export type Entry = Draft & { id: string; raw: Raw; enabled: boolean };

export const MAX_ENTRIES = 500;
export const MAX_KEYS = 100;
export const MAX_KEY = 500;

/** The entries in the order of the book; what is no entry at all is left out. */
export function entriesOf(book: Book): Entry[] {
  return listed(book).flatMap(([id, raw]) => (isRaw(raw) ? [{ id, raw, ...read(raw) }] : []));
}

/** The book with an entry changed to what the draft says, or with a new one.  One that is gone meanwhile is added again. */
export function withEntry(book: Book, entry: Entry | null, draft: Draft): Book {
  const raw = entry ? edited(entry, draft) : fresh(draft);
  const id = entry && idOf(book, entry);
  return id === null ? withRaw(book, listed(book).length, newId(book), raw) : replaced(book, id, raw);
}

export function withEnabled(book: Book, entry: Entry, enabled: boolean): Book {
  const id = idOf(book, entry);
  if (id === null) return book;
  const { raw } = entry;
  return replaced(book, id, { ...raw, ...("disable" in raw && { disable: !enabled }), ...(("enabled" in raw || !("disable" in raw)) && { enabled }) });
}

export function without(book: Book, entry: Entry): Book {
  const id = idOf(book, entry);
  return id === null ? book : { ...book, entries: put(book, listed(book).filter(([other]) => other !== id)) };
}

/** The book with a deleted entry where it was. */
export function restored(book: Book, entry: Entry): Book {
  const place = Array.isArray(book.entries) ? Number(entry.id) : listed(book).length;
  return withRaw(book, place, listed(book).some(([id]) => id === entry.id) ? newId(book) : entry.id, entry.raw);
}

/** Those that have all the words in their title, keys or text. */
export function found(entries: Entry[], query: string): Entry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter((entry) => {
    const text = [entry.title, ...entry.keys, entry.text].join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** What is missing or too much, before the server is asked. */
export function faults({ keys, text, told }: Draft): { keys?: string; text?: string } {
  return {
    ...(told !== "always" && keys.length === 0 && { keys: "Write at least one, or choose “Always”." }),
    ...(keys.length > MAX_KEYS && { keys: `At most ${MAX_KEYS} lines.` }),
    ...(keys.some((key) => key.length > MAX_KEY) && { keys: `A line has at most ${MAX_KEY} characters.` }),
    ...(!text.trim() && { text: "Write what is told." }),
  };
}

function read(raw: Raw): Draft & { enabled: boolean } {
  return {
    title: text(raw.name) || text(raw.comment),
    keys: strings(raw[keysField(raw)]),
    text: text(raw.content),
    told: raw.use_regex ? "pattern" : raw.constant ? "always" : "words",
    enabled: raw.enabled !== false && raw.disable !== true,
  };
}

/** Only what was changed is written: an entry has more than one way to say a thing, and says it to other programs too. */
function edited({ raw, ...was }: Entry, draft: Draft): Raw {
  const next = { ...raw };
  if (draft.title !== was.title) {
    const holding = ["name", "comment"].filter((field) => was.title && text(raw[field]) === was.title);
    for (const field of holding.length > 0 ? holding : ["name", "comment"]) next[field] = draft.title;
  }
  if (draft.keys.join("\n") !== was.keys.join("\n")) next[keysField(raw)] = draft.keys;
  if (draft.text !== was.text) next.content = draft.text;
  if (draft.told !== was.told) Object.assign(next, { constant: draft.told === "always", use_regex: draft.told === "pattern" });
  return next;
}

function fresh({ title, keys, text, told }: Draft): Raw {
  return {
    name: title,
    comment: title, // where SillyTavern looks for it
    keys,
    content: text,
    enabled: true,
    constant: told === "always",
    use_regex: told === "pattern",
    insertion_order: 100,
    position: "after_char",
    extensions: {},
  };
}

/** Some programs write an object where the specification has a list. */
function listed(book: Book): [string, unknown][] {
  if (Array.isArray(book.entries)) return book.entries.map((raw, index) => [String(index), raw]);
  return isRaw(book.entries) ? Object.entries(book.entries) : [];
}

function put(book: Book, rows: [string, unknown][]): unknown {
  return isRaw(book.entries) ? Object.fromEntries(rows) : rows.map(([, raw]) => raw);
}

function replaced(book: Book, id: string, raw: Raw): Book {
  return { ...book, entries: put(book, listed(book).map(([other, old]) => [other, other === id ? raw : old])) };
}

function withRaw(book: Book, place: number, id: string, raw: Raw): Book {
  return { ...book, entries: put(book, listed(book).toSpliced(place, 0, [id, raw])) };
}

/** Where an entry is now: the book may have been changed elsewhere since it was shown. */
function idOf(book: Book, entry: Entry): string | null {
  const same = JSON.stringify(entry.raw);
  const rows = listed(book).filter(([, raw]) => JSON.stringify(raw) === same);
  return (rows.find(([id]) => id === entry.id) ?? rows[0])?.[0] ?? null;
}

function newId(book: Book): string {
  const taken = new Set(listed(book).map(([id]) => id));
  for (let number = taken.size; ; number++) if (!taken.has(String(number))) return String(number);
}

const keysField = (raw: Raw) => (strings(raw.keys).length === 0 && strings(raw.key).length > 0 ? "key" : "keys");
const isRaw = (value: unknown): value is Raw => typeof value === "object" && value !== null && !Array.isArray(value);
const text = (value: unknown) => (typeof value === "string" ? value : "");
const strings = (value: unknown): string[] =>
  (typeof value === "string" ? value.split(",") : Array.isArray(value) ? (value as unknown[]) : []).flatMap((item) => (typeof item === "string" && item.trim() ? [item.trim()] : []));
