import { useCallback, useEffect, useEffectEvent, useState } from "react";
import { ApiError, isPassing } from "@/lib/api";

/** A message that is on its way, waits for the reply before it, or did not get through. */
export type Pending = { id: string; text: string; wantImage: boolean; status: "sending" | "waiting" | "failed"; error: string | null; tries: number };

type Props = {
  companionId: string;
  /** A reply is being written: what is sent now waits for its end. */
  busy: boolean;
  /** The reply before failed and can be retried: what waits is not sent over it by itself. */
  failed: boolean;
  deliver: (message: Pending) => Promise<void>;
  /** The server knows of a running turn that this page does not. */
  onBusy: () => void;
};

/**
 * The one message on its way.  It is kept over a reload and sent again under its own id, which the server stores once;
 * what is written during a reply waits and goes out by itself when the reply has ended.
 */
export function useOutbox({ companionId, busy, failed, deliver, onBusy }: Props) {
  const key = `outbox:${companionId}`;
  const [pending, setPending] = useState<Pending | null>(() => kept(key));
  useEffect(() => {
    if (pending) localStorage.setItem(key, JSON.stringify(pending));
    else localStorage.removeItem(key);
  }, [key, pending]);

  const hand = useCallback(
    async (message: Pending) => {
      setPending({ ...message, status: "sending", error: null });
      try {
        await deliver(message);
        setPending((now) => (now?.id === message.id ? null : now));
      } catch (error) {
        const waits = error instanceof ApiError && error.code === "turn_in_progress";
        const text = error instanceof Error ? error.message : "Something went wrong.";
        setPending({ ...message, status: waits ? "waiting" : "failed", error: waits ? null : text, tries: message.tries + 1 });
        if (waits) onBusy();
        else throw error;
      }
    },
    [deliver, onBusy],
  );

  const waiting = pending?.status === "waiting" ? pending : null;
  const goOut = useEffectEvent((message: Pending) => {
    if (failed) setPending({ ...message, status: "failed", error: "The reply before it failed." });
    else void hand(message).catch(() => undefined); // shown beside the message
  });
  useEffect(() => {
    if (!waiting || busy) return;
    // A turn that this page cannot see yet is asked after at a growing distance.
    const timer = setTimeout(() => goOut(waiting), Math.min(waiting.tries * 1_000, 10_000));
    return () => clearTimeout(timer);
  }, [waiting, busy]);

  /** Send a text now, or after the reply that is being written.  Throws ApiError when it will never be accepted. */
  const send = useCallback(
    async (text: string, wantImage: boolean) => {
      const message: Pending = { id: crypto.randomUUID(), text, wantImage, status: "waiting", error: null, tries: 0 };
      if (busy) {
        setPending(message);
        return;
      }
      await hand(message).catch((error: unknown) => {
        const later = isPassing(error) || (error instanceof ApiError && error.status === 429);
        if (later) return;
        setPending(null); // the composer takes the text back
        throw error;
      });
    },
    [busy, hand],
  );

  const again = useCallback(() => {
    if (pending) void hand(pending).catch(() => undefined);
  }, [pending, hand]);
  const drop = useCallback(() => setPending(null), []);
  return { pending, send, again, drop };
}

/** What a page before a reload had not yet got through. */
function kept(key: string): Pending | null {
  try {
    const value = JSON.parse(localStorage.getItem(key) ?? "null") as Pending | null;
    return value && { ...value, status: "waiting", error: null, tries: 0 };
  } catch {
    return null;
  }
}
