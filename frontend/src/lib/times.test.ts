import { describe, expect, it } from "vitest";
import { dayOf } from "@/lib/times";

const now = new Date(2026, 2, 2, 0, 30);

describe("the day of a message", () => {
  it.each([
    [new Date(2026, 2, 2, 0, 5), "Today"],
    [new Date(2026, 2, 1, 23, 59), "Yesterday"],
    [new Date(2026, 2, 1, 0, 1), "Yesterday"],
  ])("%s is %s at half past midnight", (then, said) => expect(dayOf(then.toISOString(), now)).toBe(said));

  it("names the year only when it is another one", () => {
    expect(dayOf(new Date(2026, 0, 5).toISOString(), now)).not.toContain("2026");
    expect(dayOf(new Date(2025, 2, 2).toISOString(), now)).toContain("2025");
  });
});
