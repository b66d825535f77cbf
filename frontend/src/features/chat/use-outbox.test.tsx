import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useOutbox, type Pending } from "@/features/chat/use-outbox";
import { ApiError } from "@/lib/api";

type Values = { busy?: boolean; failed?: boolean };

function open(values: Values = {}) {
  const deliver = vi.fn<(message: Pending) => Promise<void>>(() => Promise.resolve());
  const onBusy = vi.fn();
  const hook = renderHook(({ busy = false, failed = false }: Values) => useOutbox({ companionId: "c", busy, failed, deliver, onBusy }), { initialProps: values });
  return { hook, deliver, onBusy, sent: () => deliver.mock.calls.map(([message]) => [message.id, message.text]) };
}

beforeEach(() => localStorage.clear());
afterEach(cleanup);

describe("a message on its way", () => {
  it("waits for the reply that is being written and goes out by itself, once", async () => {
    const { hook, sent } = open({ busy: true });
    await act(() => hook.result.current.send("And then?", true));
    expect(hook.result.current.pending).toMatchObject({ text: "And then?", wantImage: true, status: "waiting" });
    expect(sent()).toEqual([]);
    const id = hook.result.current.pending?.id;
    hook.rerender({ busy: false });
    await waitFor(() => expect(hook.result.current.pending).toBeNull());
    expect(sent()).toEqual([[id, "And then?"]]);
  });

  it("waits too when only the server knows of a running turn", async () => {
    const { hook, deliver, onBusy, sent } = open();
    deliver.mockRejectedValueOnce(new ApiError(409, "turn_in_progress", "A reply is in progress."));
    await act(() => hook.result.current.send("Hello", false));
    expect(hook.result.current.pending?.status).toBe("waiting");
    expect(onBusy).toHaveBeenCalledOnce();
    await waitFor(() => expect(hook.result.current.pending).toBeNull(), { timeout: 5_000 });
    expect(new Set(sent().map(([id]) => id)).size).toBe(1);
  });

  it("survives a reload under its own id", async () => {
    const before = open({ busy: true });
    await act(() => before.hook.result.current.send("Still here?", false));
    const id = before.hook.result.current.pending?.id;
    before.hook.unmount();
    const after = open();
    await waitFor(() => expect(after.sent()).toEqual([[id, "Still here?"]]));
    await waitFor(() => expect(localStorage.length).toBe(0));
  });

  it("is not sent over a reply that failed unless one says so", async () => {
    const { hook, sent } = open({ busy: true });
    await act(() => hook.result.current.send("Next", false));
    hook.rerender({ busy: false, failed: true });
    await waitFor(() => expect(hook.result.current.pending?.status).toBe("failed"));
    expect(sent()).toEqual([]);
    act(() => hook.result.current.again());
    await waitFor(() => expect(hook.result.current.pending).toBeNull());
    expect(sent()).toHaveLength(1);
  });

  it("goes back to the composer when it is refused, and stays when the network is away", async () => {
    const { hook, deliver } = open();
    deliver.mockRejectedValueOnce(new ApiError(422, "validation_failed", "Too long."));
    await act(() => expect(hook.result.current.send("…", false)).rejects.toThrow("Too long."));
    expect(hook.result.current.pending).toBeNull();
    deliver.mockRejectedValueOnce(new ApiError(0, "offline", "No connection."));
    await act(() => hook.result.current.send("Hello", false));
    expect(hook.result.current.pending).toMatchObject({ status: "failed", error: "No connection." });
    act(() => hook.result.current.drop());
    expect(hook.result.current.pending).toBeNull();
  });
});
