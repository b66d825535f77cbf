const PATHS = {
  back: "M15 5l-7 7 7 7",
  check: "M5 13l4.500 4.500L19 7",
  rewind: "M11 6l-7 6 7 6zM20 6l-7 6 7 6z",
  end: "M12 5v13M6 12l6 6 6-6",
  speech: "M4 5h16v11H10l-5 4v-4H4z",
  next: "M9 5l7 7-7 7",
  send: "M5 12l15-7-6 15-3-6z",
  stop: "M7 7h10v10H7z",
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6L6 18",
  again: "M4 12a8 8 0 0 1 14-5l2 2M20 4v5h-5M20 12a8 8 0 0 1-14 5l-2-2M4 20v-5h5",
  edit: "M4 20l1-5L16 4l4 4L9 19zM14 6l4 4",
  trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  copy: "M9 9h11v11H9zM5 15V4h11",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9h.01",
  lock: "M6 11h12v9H6zM8 11V8a4 4 0 0 1 8 0v3",
  unlock: "M6 11h12v9H6zM8 11V8a4 4 0 0 1 7.500-2",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
  settings: "M3 8h9M18 8h3M15 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM3 16h3M12 16h9M9 13a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  unfold: "M6 9l6 6 6-6",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5",
  heart: "M12 20S4 15 4 9a4 4 0 0 1 8-1 4 4 0 0 1 8 1c0 6-8 11-8 11z",
  up: "M12 16V4M6 9l6-6 6 6M5 20h14",
  down: "M12 4v12M6 11l6 6 6-6M5 20h14",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  dice: "M7 4h10a3 3 0 0 1 3 3v10a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3zM8.500 8.500h.01M12 12h.01M15.500 15.500h.01",
  save: "M12 4v10M7 10l5 5 5-5M5 19h14",
  shirt: "M8 4L3 8l3 3 1-1v10h10V10l1 1 3-3-5-4a4 4 0 0 1-8 0z",
  place: "M12 21s-7-6-7-11a7 7 0 0 1 14 0c0 5-7 11-7 11zM12 12.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z",
  branch: "M6 4v16M6 8a10 10 0 0 0 10 10h2M15 15l3 3-3 3",
  hide: "M4 4l16 16M9.500 9.800a3 3 0 0 0 4.700 4.700M6 7c-2.600 1.900-4 5-4 5s4 7 10 7c1.700 0 3.200-.500 4.500-1.200M10 5.200c.600-.100 1.300-.200 2-.200 6 0 10 7 10 7s-.900 1.600-2.500 3.200",
  eye: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  spark: "M12 3l2 7 7 2-7 2-2 7-2-7-7-2 7-2z",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "more" ? 3 : 1.800}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
