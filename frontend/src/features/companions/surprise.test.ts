import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { surprise } from "@/features/companions/surprise";
import type { OptionGroup } from "@/lib/api";

const options = (...ids: string[]) => ids.map((id) => ({ id, label: id, prompt: id, swatch: null }));
const group = (id: string, multiple: boolean, ...ids: string[]): OptionGroup => ({ id, label: id, step: "look", multiple, only_for: [], default: null, options: options(...ids) });
const HAIR = group("hair_colour", false, "black", "red", "grey");
const MARKS = group("marks", true, "freckles", "scar");

describe("surprise", () => {
  it("answers each question with something that can be chosen, and leaves the others alone", () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })), (throws) => {
        const look = surprise([HAIR, MARKS], { style: "anime", marks: ["scar"] }, () => throws.next().value as number);
        expect(look.style).toBe("anime");
        expect(["black", "red", "grey"]).toContain(look.hair_colour);
        for (const mark of look.marks ?? []) expect(["freckles", "scar"]).toContain(mark);
        expect(look.marks).not.toEqual([]);
      }),
    );
  });

  it("does not throw dice about ethnicity", () => {
    expect(surprise([group("ethnicity", false, "nordic")], { ethnicity: "african" }, () => 0)).toEqual({ ethnicity: "african" });
  });
});
