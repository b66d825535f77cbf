import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useTurn } from "@/features/chat/use-turn";
import type { ServerFrame, Turn } from "@/lib/api";

const OURS = "0190c0de-0000-7000-8000-00000000000a";
const ID = "0190c0de-0000-7000-8000-000000000001";

let sockets: FakeSocket[] = [];
let asked: string[] = [];
let turns: Record<string, Partial<Turn>> = {};

class FakeSocket {
  static readonly OPEN = 1;
  readyState = 1;
  sent: unknown[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  constructor() {
    sockets.push(this);
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.readyState = 3;
  }
}

function turn(values: Partial<Turn>): Turn {
  return {
    id: ID, companion_id: OURS, kind: "reply", status: "running", step: "GenerateReply", progress: 40, attempt: 1, text: "", stopped: false,
    truncated: false, want_image: false, degraded: [], error: null, user_message_id: null, reply_message_id: null,
    first_token_ms: null, input_tokens: null, output_tokens: null, created_at: "2026-01-01T00:00:00Z", finished_at: null, ...values,
  }; // prettier-ignore
}

beforeEach(() => {
  sockets = [];
  asked = [];
  turns = {};
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.stubGlobal("fetch", (url: string) => {
    const id = url.split("/").at(-1) ?? "";
    asked.push(id);
    return Promise.resolve(Response.json(turn({ id, ...turns[id] })));
  });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function open(values: { activeTurn?: string; unanswered?: string } = {}) {
  const onChange = vi.fn();
  const hook = renderHook(() => useTurn({ companionId: OURS, activeTurn: null, unanswered: null, ...values, onChange }));
  const socket = sockets.at(-1);
  if (!socket) throw new Error("no socket was opened");
  act(() => socket.onopen?.());
  const say = (frame: ServerFrame) => act(() => socket.onmessage?.({ data: JSON.stringify(frame) }));
  return { hook, socket, say, onChange };
}

const token = (offset: number, text: string, turn_id = ID): ServerFrame => ({ v: 1, type: "token", turn_id, attempt: 1, offset, text });

describe("the turn in progress", () => {
  it("shows the reply that another tab asked for, as it is written", async () => {
    const { hook, socket, say, onChange } = open();
    turns[ID] = { text: "The sea" };
    say(token(0, "The"));
    await waitFor(() => expect(hook.result.current.live?.text).toBe("The sea"));
    expect(onChange).toHaveBeenCalled(); // the message that was sent over there is read
    expect(socket.sent).toContainEqual({ action: "subscribe", turn_id: ID, from: 7 });
    say(token(7, " is calm."));
    expect(hook.result.current.live?.text).toBe("The sea is calm.");
  });

  it("asks once about the turn of another chat and leaves it alone", async () => {
    const { hook, say } = open();
    turns[ID] = { companion_id: "0190c0de-0000-7000-8000-00000000000b" };
    for (const offset of [0, 1, 2, 3]) {
      say(token(offset, "x"));
      await act(() => Promise.resolve());
    }
    await waitFor(() => expect(asked).toEqual([ID]));
    expect(hook.result.current.live).toBeNull();
  });

  it("keeps what frames showed when the answer to the sending comes after them", async () => {
    const { hook, say } = open();
    turns[ID] = { text: "Hello" };
    say(token(0, "Hello"));
    await waitFor(() => expect(hook.result.current.live?.text).toBe("Hello"));
    act(() => hook.result.current.follow(turn({ attempt: 0, status: "queued", progress: 0 })));
    expect(hook.result.current.live?.text).toBe("Hello");
  });

  it("shows a retry that another tab began", async () => {
    turns[ID] = { status: "failed", error: { code: "llm_unavailable", message: "Nobody answers.", retryable: true } };
    const { hook, say } = open({ unanswered: ID });
    await waitFor(() => expect(hook.result.current.live?.status).toBe("failed"));
    turns[ID] = { status: "running", attempt: 2, error: null };
    say({ v: 1, type: "progress", turn_id: ID, step: "AnalyzeContext", progress: 10 });
    await waitFor(() => expect(hook.result.current.live?.status).toBe("active"));
    expect(hook.result.current.live?.error).toBeNull();
  });

  it("forgets a turn that has ended, never one that runs", async () => {
    const { hook, say } = open({ activeTurn: ID });
    await waitFor(() => expect(hook.result.current.active).toBe(true));
    act(() => hook.result.current.clear());
    expect(hook.result.current.active).toBe(true);
    say({ v: 1, type: "done", turn_id: ID, status: "cancelled", degraded: [] });
    act(() => hook.result.current.clear());
    expect(hook.result.current.live).toBeNull();
  });

  it("takes another socket when the turn went on and nothing was heard of it", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
    const later = (ms: number) =>
      act(async () => {
        vi.advanceTimersByTime(ms);
        await new Promise((done) => setTimeout(done, 20)); // the answers of the server, which are real promises
      });
    turns[ID] = { text: "The sea" };
    const { hook, say } = open({ activeTurn: ID });
    await later(0);
    expect(hook.result.current.live?.text).toBe("The sea");
    await later(5_000);
    say(token(7, " is calm."));
    turns[ID] = { text: "The sea is calm." };
    await later(9_000); // asked after, and nothing was missed
    expect(sockets).toHaveLength(1);
    turns[ID] = { text: "The sea is calm. Come in." };
    await later(6_000);
    expect(hook.result.current.live?.text).toBe("The sea is calm. Come in.");
    expect(sockets).toHaveLength(2);
    expect(sockets[0]?.readyState).toBe(3);
    vi.useRealTimers();
  });
});
