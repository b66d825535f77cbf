export type Size = { width: number; height: number };
/** The middle of the chosen square, each as a share (0-1) of the picture's width and height. */
export type Centre = { x: number; y: number };

/** Return the chosen square in pixels of the picture: always wholly inside it. */
export function square(size: Size, zoom: number, centre: Centre): { x: number; y: number; side: number } {
  const side = Math.min(size.width, size.height) / zoom;
  return { side, x: clamp(centre.x * size.width - side / 2, size.width - side), y: clamp(centre.y * size.height - side / 2, size.height - side) };
}

/** Move the square by shares of its own side, so that the picture stays under the finger; never past an edge. */
export function moved(size: Size, zoom: number, centre: Centre, by: { dx: number; dy: number }): Centre {
  const { x, y, side } = square(size, zoom, centre);
  return {
    x: (clamp(x + by.dx * side, size.width - side) + side / 2) / size.width,
    y: (clamp(y + by.dy * side, size.height - side) + side / 2) / size.height,
  };
}

const clamp = (value: number, most: number) => Math.min(most, Math.max(0, value));
