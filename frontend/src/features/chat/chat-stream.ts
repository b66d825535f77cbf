import type { Message, Picture, ServerFrame, Step, Turn } from "@/lib/api";

/** What the page knows of the turn in progress; the server's snapshot is the truth it falls back to. */
export type Live = {
  turnId: string;
  attempt: number;
  text: string;
  step: Step | null;
  progress: number;
  status: "active" | "done" | "failed" | "cancelled";
  image: "none" | "drawing" | "done" | "failed";
  degraded: string[];
  error: { code: string; message: string; retryable: boolean } | null;
  /** Set when a frame was missed: take GET turns/{id} before anything else counts. */
  stale: boolean;
  message: Message | null;
  picture: Picture | null;
};

export function begin(turn: Turn): Live {
  return snapshot(
    {
      turnId: turn.id, attempt: 0, text: "", step: null, progress: 0, status: "active", image: "none", degraded: [],
      error: null, stale: false, message: null, picture: null,
    },
    turn,
  ); // prettier-ignore
}

/** Take the server's snapshot as it is, unless it is older than what frames already showed. */
export function snapshot(live: Live, turn: Turn): Live {
  if (turn.id !== live.turnId) return live;
  const older = turn.attempt < live.attempt || (turn.attempt === live.attempt && turn.text.length < live.text.length && !live.stale);
  const status = turn.status === "queued" || turn.status === "running" ? "active" : turn.status;
  return {
    ...live,
    attempt: older ? live.attempt : turn.attempt,
    text: older ? live.text : turn.text,
    step: turn.step,
    progress: Math.max(live.progress, turn.progress),
    status,
    degraded: turn.degraded,
    error: turn.error,
    stale: false,
  };
}

/** Apply one frame.  A token counts only when its offset is exactly what we have of the current attempt. */
export function reduce(live: Live, frame: ServerFrame): Live {
  if (!("turn_id" in frame) || frame.turn_id !== live.turnId) {
    return frame.type === "message" && frame.message.turn_id === live.turnId && frame.message.role === "assistant"
      ? { ...live, message: frame.message }
      : live;
  }
  switch (frame.type) {
    case "progress":
      return { ...live, step: frame.step, progress: Math.max(live.progress, frame.progress) };
    case "reset":
      return frame.attempt > live.attempt ? { ...live, attempt: frame.attempt, text: "", stale: false } : live;
    case "token": {
      if (frame.attempt < live.attempt) return live;
      if (frame.attempt > live.attempt) {
        return frame.offset === 0 ? { ...live, attempt: frame.attempt, text: frame.text } : { ...live, stale: true };
      }
      const shown = characters(live.text);
      if (frame.offset === shown) return { ...live, text: live.text + frame.text };
      return frame.offset > shown ? { ...live, stale: true } : live;
    }
    case "image":
      return {
        ...live,
        image: frame.status === "started" ? "drawing" : frame.status,
        picture: frame.image ?? live.picture,
      };
    case "done":
      return {
        ...live,
        status: frame.status === "queued" || frame.status === "running" ? "active" : frame.status,
        degraded: frame.degraded,
        progress: frame.status === "done" ? 100 : live.progress,
      };
    case "error":
      return { ...live, error: { code: frame.code, message: frame.message, retryable: live.error?.retryable ?? true } };
  }
}

/** The server counts characters as code points; an emoji is one, not two. */
export function characters(text: string): number {
  return Array.from(text).length;
}
