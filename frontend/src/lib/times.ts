const DAY_MS = 24 * 60 * 60 * 1000;

/** The day as one says it: Today, Yesterday, Monday 2 March; with the year when it is another one. */
export function dayOf(at: string, now = new Date()): string {
  const then = new Date(at);
  const days = Math.round((midnight(now) - midnight(then)) / DAY_MS);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  const year = then.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return then.toLocaleDateString(undefined, { weekday: "long", day: "numeric", month: "long", year });
}

/** The time of day, hours and minutes. */
export function clock(at: string): string {
  return new Date(at).toLocaleTimeString(undefined, { hour: "numeric", minute: "2-digit" });
}

/** As short as a list needs it: the time today, else the day. */
export function shortly(at: string, now = new Date()): string {
  const day = dayOf(at, now);
  if (day === "Today") return clock(at);
  return day === "Yesterday" ? day : new Date(at).toLocaleDateString(undefined, { day: "numeric", month: "short" });
}

function midnight(date: Date): number {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}
