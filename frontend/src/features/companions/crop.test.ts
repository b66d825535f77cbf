import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { moved, square } from "@/features/companions/crop";

const portrait = { width: 832, height: 1216 };

describe("choosing a part of a picture", () => {
  it("moves the picture exactly as far as the finger", () => {
    const before = square(portrait, 2, { x: 0.5, y: 0.5 });
    const after = square(portrait, 2, moved(portrait, 2, { x: 0.5, y: 0.5 }, { dx: 0.25, dy: -0.25 }));
    expect(after.x - before.x).toBeCloseTo(0.25 * before.side);
    expect(after.y - before.y).toBeCloseTo(-0.25 * before.side);
  });

  it("comes back from an edge at once, however far one dragged past it", () => {
    const far = moved(portrait, 2, { x: 0.5, y: 0.5 }, { dx: 9, dy: 9 });
    const back = square(portrait, 2, moved(portrait, 2, far, { dx: -0.1, dy: -0.1 }));
    expect([back.x, back.y]).toEqual([expect.closeTo(416 - 41.6), expect.closeTo(800 - 41.6)]);
  });

  it("stays inside the picture", () => {
    const share = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 5000 }), fc.double({ min: 1, max: 4, noNaN: true }), share, share, (width, height, zoom, dx, dy) => {
        const size = { width, height };
        const { x, y, side } = square(size, zoom, moved(size, zoom, { x: 0.5, y: 0.4 }, { dx, dy }));
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(x + side).toBeLessThanOrEqual(width + 1e-6);
        expect(y + side).toBeLessThanOrEqual(height + 1e-6);
      }),
    );
  });
});
