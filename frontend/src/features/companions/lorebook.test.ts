import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entriesOf, faults, found, restored, withEnabled, withEntry, without, type Book, type Entry } from "@/features/companions/lorebook";

const raw = { keys: ["lamp"], content: "It burns oil.", comment: "The lamp", extensions: { odd: [1, { x: null }] }, unknown: { a: 1 }, constant: null };
const book = (...entries: unknown[]): Book => ({ name: "Coast", scan_depth: 3, entries });
const only = (value: Book): Entry => {
  const [entry] = entriesOf(value);
  if (!entry) throw new Error("no entry");
  return entry;
};
const draftOf = ({ title, keys, text, told }: Entry) => ({ title, keys, text, told });

describe("a lorebook", () => {
  it("reads what other programs write", () => {
    const shown = entriesOf({ entries: { a: { key: "sea, storm", comment: "Sea", content: "Salt.", disable: true }, b: null, c: { keys: ["x"], use_regex: true, constant: true } } });
    expect(shown.map(({ id, title, keys, text, told, enabled }) => ({ id, title, keys, text, told, enabled }))).toEqual([
      { id: "a", title: "Sea", keys: ["sea", "storm"], text: "Salt.", told: "words", enabled: false },
      { id: "c", title: "", keys: ["x"], text: "", told: "pattern", enabled: true },
    ]);
    expect(entriesOf({})).toEqual([]);
  });

  it("changes only what was changed", () => {
    const before = book("junk", raw);
    const entry = only(before);
    expect(withEntry(before, entry, draftOf(entry))).toEqual(before);
    expect(withEntry(before, entry, { ...draftOf(entry), text: "Electric.", title: "Lamp" })).toEqual(book("junk", { ...raw, content: "Electric.", comment: "Lamp" }));
    expect(withEntry(before, entry, { ...draftOf(entry), told: "always" })).toEqual(book("junk", { ...raw, constant: true, use_regex: false }));
    expect(withEnabled(before, entry, false)).toEqual(book("junk", { ...raw, enabled: false }));
    expect(withEnabled(book({ disable: true }), only(book({ disable: true })), true)).toEqual(book({ disable: false }));
  });

  it("keeps an object an object", () => {
    const before: Book = { entries: { "0": raw, "7": { key: ["sea"], content: "Salt." } } };
    const made = withEntry(before, null, { title: "New", keys: ["n"], text: "N.", told: "words" });
    expect(Object.keys(made.entries as object)).toEqual(["0", "2", "7"]);
    const gone = without(before, only(before));
    expect(gone).toEqual({ entries: { "7": { key: ["sea"], content: "Salt." } } });
    expect(restored(gone, only(before))).toEqual(before);
  });

  it("finds an entry that has moved, and adds one that is gone", () => {
    const entry = only(book(raw));
    expect(withEntry(book({ keys: ["first"] }, raw), entry, { ...draftOf(entry), text: "New." })).toEqual(book({ keys: ["first"] }, { ...raw, content: "New." }));
    expect(withEntry(book({ keys: ["other"] }), entry, { ...draftOf(entry), text: "New." })).toEqual(book({ keys: ["other"] }, { ...raw, content: "New." }));
    expect(without(book({ keys: ["other"] }), entry)).toEqual(book({ keys: ["other"] }));
  });

  it("brings back what was deleted, whatever it held", () => {
    const value = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), fc.nat(), (entries, pick) => {
        const before = book(...(JSON.parse(JSON.stringify(entries)) as unknown[]));
        const shown = entriesOf(before);
        const entry = shown[pick % shown.length];
        if (entry) expect(restored(without(before, entry), entry)).toEqual(before);
        for (const each of shown) expect(withEntry(before, each, draftOf(each))).toEqual(before);
      }),
    );
  });

  it("is searched by all words, in title, keys and text", () => {
    const shown = entriesOf(book(raw, { keys: ["sea"], content: "Salt water." }));
    expect(found(shown, " OIL lamp ").map(({ id }) => id)).toEqual(["0"]);
    expect(found(shown, "oil salt")).toEqual([]);
    expect(found(shown, "  ")).toHaveLength(2);
  });

  it("says what is missing", () => {
    expect(faults({ title: "", keys: [], text: " ", told: "words" })).toEqual({ keys: "Write at least one, or choose “Always”.", text: "Write what is told." });
    expect(faults({ title: "", keys: [], text: "x", told: "always" })).toEqual({});
    expect(faults({ title: "", keys: ["k".repeat(501)], text: "x", told: "pattern" })).toHaveProperty("keys");
  });
});
