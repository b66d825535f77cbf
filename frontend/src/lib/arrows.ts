import type { KeyboardEvent } from "react";

const ITEMS = "[role=radio]:not(:disabled), [role=checkbox]:not(:disabled)";

/**
 * Arrow keys, Home and End in a grid of options, as in native radio buttons: among radios the one reached is chosen,
 * among checkboxes it only gets the focus.  Up and down go by what is seen above and below, however many columns there are.
 */
export function onArrows(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>(ITEMS)];
  const at = items.indexOf(event.target as HTMLElement);
  const to = at < 0 ? undefined : target(event.key, items, at);
  if (!to) return;
  event.preventDefault();
  to.focus();
  if (to.role === "radio" && to.ariaChecked !== "true") to.click();
}

function target(key: string, items: HTMLElement[], at: number): HTMLElement | undefined {
  const count = items.length;
  switch (key) {
    case "ArrowRight":
      return items[(at + 1) % count];
    case "ArrowLeft":
      return items[(at + count - 1) % count];
    case "ArrowDown":
      return neighbour(items, at, 1);
    case "ArrowUp":
      return neighbour(items, at, -1);
    case "Home":
      return items[0];
    case "End":
      return items[count - 1];
    default:
      return undefined;
  }
}

/** The nearest item in the next row that way; the next item in order where there is no such row. */
function neighbour(items: HTMLElement[], at: number, way: 1 | -1): HTMLElement | undefined {
  const boxes = items.map((item) => item.getBoundingClientRect());
  const here = boxes[at];
  if (!here) return undefined;
  const beyond = boxes.map((box, index) => ({ index, box })).filter(({ box }) => (way > 0 ? box.top >= here.bottom - 1 : box.bottom <= here.top + 1));
  if (beyond.length === 0) return items[(at + items.length + way) % items.length];
  const far = ({ box }: { box: DOMRect }) => Math.abs(box.top - here.top) * 1000 + Math.abs(box.left - here.left);
  return items[beyond.reduce((best, next) => (far(next) < far(best) ? next : best)).index];
}
