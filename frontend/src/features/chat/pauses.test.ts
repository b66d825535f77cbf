import { expect, test } from "vitest";
import { reminders } from "@/features/chat/pauses";
import type { Message } from "@/lib/api";

const at = (...minutes: number[]) =>
  minutes.map((minute, index) => ({ id: String(index), created_at: new Date(minute * 60_000).toISOString() }) as Message);

test("every three hours of talk there is one reminder", () => {
  const talk = at(...Array.from({ length: 40 }, (_, index) => index * 10 + 1));
  expect([...reminders(talk)]).toEqual(["18", "36"]);
});

test("a pause starts the count anew", () => {
  expect(reminders(at(1, 20, 45, 120, 140, 165, 190)).size).toBe(0);
});

test("an empty chat needs none", () => {
  expect(reminders([]).size).toBe(0);
});
