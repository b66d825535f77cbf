import { useEffect, useState } from "react";
import type { ServerFrame } from "@/lib/api";

export type SocketState = "connecting" | "open" | "closed";
type Listener = (frame: ServerFrame) => void;

const PING_MS = 4 * 60 * 1000; // API Gateway closes a socket that is silent for ten minutes
const MAX_BACKOFF_MS = 20_000;

/** One socket per page: connects, pings, comes back with growing pauses, and hands frames to whoever listens. */
class Socket {
  private socket: WebSocket | null = null;
  private readonly listeners = new Set<Listener>();
  private readonly watchers = new Set<(state: SocketState) => void>();
  private attempts = 0;
  private users = 0;
  private ping: ReturnType<typeof setInterval> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  state: SocketState = "closed";
  /** When the last frame came, in milliseconds of performance.now(). */
  heard = 0;

  use(): () => void {
    this.users += 1;
    if (this.users === 1) {
      this.connect();
      window.addEventListener("online", this.hurry);
      document.addEventListener("visibilitychange", this.hurry);
    }
    return () => {
      this.users -= 1;
      if (this.users > 0) return;
      window.removeEventListener("online", this.hurry);
      document.removeEventListener("visibilitychange", this.hurry);
      this.disconnect();
    };
  }

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  watch(watcher: (state: SocketState) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  send(value: unknown): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(value));
  }

  /** The gateway has forgotten this socket (410 Gone) without a word to us: take another one. */
  renew(): void {
    const old = this.socket;
    this.connect();
    old?.close();
  }

  private connect(): void {
    clearTimeout(this.retry);
    clearInterval(this.ping);
    this.set("connecting");
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`);
    this.socket = socket;
    socket.onopen = () => {
      this.attempts = 0;
      this.set("open");
      this.ping = setInterval(() => this.send({ action: "ping" }), PING_MS);
    };
    socket.onmessage = (event: MessageEvent<string>) => {
      this.heard = performance.now();
      const frame = JSON.parse(event.data) as ServerFrame;
      this.listeners.forEach((listener) => listener(frame));
    };
    socket.onclose = () => {
      if (this.socket !== socket) return;
      clearInterval(this.ping);
      this.set("closed");
      if (this.users > 0) this.later();
    };
  }

  /** The network is back, or the person: do not sit out the pause. */
  private readonly hurry = (): void => {
    if (this.state === "closed" && !document.hidden) this.connect();
  };

  private later(): void {
    const pause = Math.min(MAX_BACKOFF_MS, 500 * 2 ** this.attempts) * (0.5 + Math.random());
    this.attempts += 1;
    this.retry = setTimeout(() => this.connect(), pause);
  }

  private disconnect(): void {
    clearTimeout(this.retry);
    clearInterval(this.ping);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
    this.set("closed");
  }

  private set(state: SocketState): void {
    this.state = state;
    this.watchers.forEach((watcher) => watcher(state));
  }
}

export const socket = new Socket();

/** True once the socket has been away for a moment; a short blink is not worth a word. */
export function useAway(state: SocketState, patienceMs = 1_500): boolean {
  const open = state === "open";
  const [away, setAway] = useState(false);
  if (open && away) setAway(false);
  useEffect(() => {
    if (open) return;
    const timer = setTimeout(() => setAway(true), patienceMs);
    return () => clearTimeout(timer);
  }, [open, patienceMs]);
  return away;
}

/** Keep the page's socket open while mounted and tell how it is. */
export function useSocket(): SocketState {
  const [state, setState] = useState(socket.state);
  useEffect(() => {
    const stopWatching = socket.watch(setState);
    const release = socket.use();
    return () => {
      stopWatching();
      release();
    };
  }, []);
  return state;
}
