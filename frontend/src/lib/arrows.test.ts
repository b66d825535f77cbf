import { describe, expect, it, vi } from "vitest";
import { onArrows } from "@/lib/arrows";

function grid(role: string, columns: number, labels: string[]): { box: HTMLElement; picked: string[] } {
  const box = document.createElement("div");
  const picked: string[] = [];
  labels.forEach((label, index) => {
    const item = document.createElement("button");
    item.setAttribute("role", role);
    item.ariaChecked = "false";
    item.textContent = label;
    // jsdom knows no layout: rows of 10 × 10.
    item.getBoundingClientRect = () => new DOMRect((index % columns) * 10, Math.floor(index / columns) * 10, 10, 10);
    item.onclick = () => picked.push(label);
    box.append(item);
  });
  // jsdom may not reflect the role as a property.
  for (const item of box.children) Object.defineProperty(item, "role", { value: role });
  document.body.replaceChildren(box);
  return { box, picked };
}

function press(box: HTMLElement, from: number, key: string): string | null {
  const target = box.children[from] as HTMLElement;
  target.focus();
  const preventDefault = vi.fn();
  onArrows({ key, currentTarget: box, target, preventDefault } as unknown as Parameters<typeof onArrows>[0]);
  return document.activeElement?.textContent ?? null;
}

describe("arrow keys among options", () => {
  const letters = ["a", "b", "c", "d", "e"];

  it.each([
    [0, "ArrowRight", "b"],
    [0, "ArrowLeft", "e"],
    [1, "ArrowDown", "e"],
    [2, "ArrowDown", "e"],
    [4, "ArrowUp", "b"],
    [3, "Home", "a"],
    [0, "End", "e"],
  ])("from number %i, %s leads to %s in rows of three, and chooses it", (from, key, to) => {
    const { box, picked } = grid("radio", 3, letters);
    expect(press(box, from, key)).toBe(to);
    expect(picked).toEqual([to]);
  });

  it("only moves among checkboxes", () => {
    const { box, picked } = grid("checkbox", 3, letters);
    expect(press(box, 0, "ArrowRight")).toBe("b");
    expect(picked).toEqual([]);
  });

  it("leaves other keys alone", () => {
    const { box, picked } = grid("radio", 3, letters);
    expect(press(box, 0, "Tab")).toBe("a");
    expect(picked).toEqual([]);
  });
});
