import { renderHook, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiError, get, pauseS, useWaking } from "@/lib/api";

afterEach(() => vi.unstubAllGlobals());

const answers = (...list: Response[]) => vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(list.shift())));
const asleep = () => new Response("{}", { status: 503, headers: { "Retry-After": "3" } });

describe("a sleeping database", () => {
  it("is said from the first 503 to the next real answer", async () => {
    answers(asleep(), new Response("{}"));
    const { result } = renderHook(() => useWaking());
    const error: unknown = await get("me").catch((e: unknown) => e);
    await waitFor(() => expect(result.current).toBe(true));
    expect(pauseS(error, 1)).toBe(3);
    await get("me");
    await waitFor(() => expect(result.current).toBe(false));
  });

  it("is not what a part reported as down is", async () => {
    answers(asleep());
    const { result } = renderHook(() => useWaking());
    await get("health/ready").catch(() => undefined);
    expect(result.current).toBe(false);
  });

  it("is asked again with growing pauses when it names none", () => {
    const error = new ApiError(503, "unavailable", "Not now.");
    expect([1, 2, 3, 9].map((attempt) => pauseS(error, attempt))).toEqual([1, 2, 4, 10]);
  });
});
