import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { begin, reduce, snapshot, type Live } from "@/features/chat/chat-stream";
import type { ServerFrame, Turn } from "@/lib/api";

const ID = "0190c0de-0000-7000-8000-000000000001";

function turn(attempt: number, text: string, status: Turn["status"] = "running"): Turn {
  return {
    id: ID, companion_id: ID, kind: "reply", status, step: "GenerateReply", progress: 50, attempt, text, stopped: false,
    truncated: false, want_image: false, degraded: [], error: null, user_message_id: null, reply_message_id: null,
    first_token_ms: null, input_tokens: null, output_tokens: null, created_at: "2026-01-01T00:00:00Z", finished_at: null,
  }; // prettier-ignore
}

function framesOf(attempts: string[][]): ServerFrame[] {
  return attempts.flatMap((chunks, index) => {
    let offset = 0;
    const frames: ServerFrame[] = index > 0 ? [{ v: 1, type: "reset", turn_id: ID, attempt: index + 1 }] : [];
    for (const text of chunks) {
      frames.push({ v: 1, type: "token", turn_id: ID, attempt: index + 1, offset, text });
      offset += Array.from(text).length;
    }
    return frames;
  });
}

describe("the chat stream", () => {
  it("puts tokens together in order", () => {
    const live = framesOf([["Hello", " there"]]).reduce(reduce, begin(turn(0, "", "queued")));
    expect(live.text).toBe("Hello there");
    expect(live.stale).toBe(false);
  });

  it("starts over on a reset and ignores what a stalled attempt still says", () => {
    const frames = framesOf([["Hel", "lo"], ["Good", " day"]]);
    const late: ServerFrame = { v: 1, type: "token", turn_id: ID, attempt: 1, offset: 5, text: "!!" };
    expect([...frames, late].reduce(reduce, begin(turn(0, "", "queued"))).text).toBe("Good day");
  });

  it("asks for the snapshot when a frame was lost", () => {
    const [first, , third] = framesOf([["a", "b", "c"]]);
    const live = [first, third].filter((f) => f !== undefined).reduce(reduce, begin(turn(0, "", "queued")));
    expect(live.stale).toBe(true);
    expect(snapshot(live, turn(1, "abc")).text).toBe("abc");
  });

  it("never shows anything but a beginning of an attempt, and equals the snapshot in the end", () => {
    const chunks = fc.array(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(chunks, { minLength: 1, maxLength: 3 }), fc.infiniteStream(fc.nat(99)), (attempts, dice) => {
        const frames = framesOf(attempts);
        const roll = () => dice.next().value as number;
        // Drop, repeat and swap at random.
        const sent = frames.flatMap((frame) => (roll() < 15 ? [] : roll() < 15 ? [frame, frame] : [frame]));
        for (let index = 1; index < sent.length; index++) {
          const [before, after] = [sent[index - 1], sent[index]];
          if (roll() < 15 && before && after) [sent[index - 1], sent[index]] = [after, before];
        }
        const texts = attempts.map((parts) => parts.join(""));
        let live: Live = begin(turn(0, "", "queued"));
        for (const frame of sent) {
          live = reduce(live, frame);
          expect(live.attempt === 0 ? "" : texts[live.attempt - 1]?.slice(0, live.text.length)).toBe(live.text);
        }
        const last = snapshot({ ...live, stale: true }, turn(attempts.length, texts.at(-1) ?? "", "done"));
        expect(last.text).toBe(texts.at(-1));
      }),
    );
  });

  it("keeps the text when the picture fails", () => {
    const base = framesOf([["Hi"]]).reduce(reduce, begin(turn(0, "", "queued")));
    const frames: ServerFrame[] = [
      { v: 1, type: "image", turn_id: ID, status: "started", image: null },
      { v: 1, type: "image", turn_id: ID, status: "failed", image: null },
      { v: 1, type: "done", turn_id: ID, status: "done", degraded: ["image"] },
    ];
    const live = frames.reduce(reduce, base);
    expect([live.text, live.image, live.status]).toEqual(["Hi", "failed", "done"]);
  });
});
