import { act, renderHook } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { useTitle, useUnseen } from "@/lib/title";

function look(hidden: boolean): void {
  vi.spyOn(document, "hidden", "get").mockReturnValue(hidden);
  act(() => void document.dispatchEvent(new Event("visibilitychange")));
}

afterEach(() => vi.restoreAllMocks());

describe("the tab's title", () => {
  it("counts the replies that came while nobody looked, until somebody does", () => {
    const { rerender } = renderHook(({ newest }) => useTitle("Mara", useUnseen(newest)), { initialProps: { newest: "a" } });
    rerender({ newest: "b" });
    expect(document.title).toBe("Mara · Companion Hub");
    look(true);
    rerender({ newest: "c" });
    rerender({ newest: "d" });
    expect(document.title).toBe("(2) Mara · Companion Hub");
    look(false);
    expect(document.title).toBe("Mara · Companion Hub");
  });
});
