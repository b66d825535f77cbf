import type { Message } from "@/lib/api";

const REMIND_AFTER_MS = 3 * 60 * 60 * 1000;
/** A longer silence ends a sitting. */
const PAUSE_MS = 30 * 60 * 1000;

/** The messages before which to say again that this is an AI: every three hours of uninterrupted talk. */
export function reminders(messages: Message[]): Set<string> {
  const found = new Set<string>();
  let since = 0;
  let last = 0;
  for (const { id, created_at } of messages) {
    const at = new Date(created_at).getTime();
    if (at - last > PAUSE_MS) since = at;
    if (at - since >= REMIND_AFTER_MS) {
      found.add(id);
      since = at;
    }
    last = at;
  }
  return found;
}
