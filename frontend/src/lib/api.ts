import { useSyncExternalStore } from "react";
import type { components } from "@/lib/schema";

type Schemas = components["schemas"];
export type User = Schemas["User"];
export type Preferences = Schemas["Preferences"];
export type Companion = Schemas["Companion"];
export type CompanionPage = Schemas["CompanionPage"];
export type CreateCompanion = Schemas["CreateCompanionRequest"];
export type UpdateCompanion = Schemas["UpdateCompanionRequest"];
export type Identity = Schemas["Identity"];
export type CompanionState = Schemas["CompanionState"];
export type Message = Schemas["Message"];
export type MessagePage = Schemas["MessagePage"];
export type Turn = Schemas["Turn"];
export type SentMessage = Schemas["SentMessage"];
export type StartedTurn = Schemas["StartedTurn"];
export type ImageModels = Schemas["ImageModels"];
export type ImportedCompanion = Schemas["ImportedCompanion"];
export type PromptView = Schemas["PromptView"];
export type Prepared = Schemas["Prepared"];
export type CompanionLorebook = Schemas["CompanionLorebook"];
export type Memory = Schemas["Memory"];
export type MemoryPage = Schemas["MemoryPage"];
export type Picture = Schemas["Image"];
export type PicturePage = Schemas["ImagePage"];
export type Catalogue = Schemas["Catalogue"];
export type OptionGroup = Schemas["OptionGroup"];
export type ServerFrame = Schemas["ServerFrame"];
export type Session = Schemas["Session"];
export type Usage = Schemas["Usage"];
export type Readiness = Schemas["Readiness"];
export type SearchHit = Schemas["SearchHit"];
export type Appearance = Record<string, string | string[]>;
export type Step = NonNullable<Turn["step"]>;

/** An answer that is no success: what to tell the person, and which fields are meant. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: Record<string, string> = {},
    readonly retryAfterS: number | null = null,
    readonly turnId: string | null = null,
  ) {
    super(message);
  }
}

/** True for errors that the same request may survive a moment later. */
export function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 503 || error.status === 0);
}

type Body = { json?: unknown; blob?: Blob };

/** Call the API with the headers it asks for; throws ApiError. */
export async function call<T>(method: string, path: string, body: Body = {}): Promise<T> {
  const headers: Record<string, string> = { "X-Requested-With": "companion-hub" };
  if (body.json !== undefined) headers["Content-Type"] = "application/json";
  if (body.blob) headers["Content-Type"] = body.blob.type;
  let response: Response;
  try {
    response = await fetch(`/api/${path}`, {
      method,
      headers,
      body: body.blob ?? (body.json === undefined ? null : JSON.stringify(body.json)),
      credentials: "same-origin",
    });
  } catch {
    throw new ApiError(0, "offline", "No connection. Check your network and try again.");
  }
  if (!path.startsWith("health")) tellWaking(response.status === 503);
  if (response.status === 204) return undefined as T;
  const value: unknown = await response.json().catch(() => null);
  if (response.ok) return value as T;
  throw readError(response, value);
}

function readError(response: Response, value: unknown): ApiError {
  type Shape = { error?: { code?: string; message?: string; fields?: Record<string, string>; turn_id?: string } };
  const error = (value as Shape | null)?.error;
  const retry = Number(response.headers.get("Retry-After"));
  return new ApiError(
    response.status,
    error?.code ?? "unknown",
    error?.message ?? "Something went wrong. Please try again.",
    error?.fields,
    Number.isFinite(retry) && retry > 0 ? retry : null,
    error?.turn_id ?? null,
  );
}

let waking = false;
const watchers = new Set<() => void>();

function tellWaking(now: boolean): void {
  if (now === waking) return;
  waking = now;
  watchers.forEach((watcher) => watcher());
}

/** True from an answer "not now, come back" (a database that slept and wakes up) until the next real answer. */
export function useWaking(): boolean {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => waking,
  );
}

/** Seconds to wait before try number `attempt` (1, 2, …) after this error: what the server asked for, else growing. */
export function pauseS(error: unknown, attempt: number): number {
  const asked = error instanceof ApiError ? error.retryAfterS : null;
  return Math.min(asked ?? 0.5 * 2 ** attempt, 10);
}

export const get = <T>(path: string) => call<T>("GET", path);
export const post = <T>(path: string, json: unknown = {}) => call<T>("POST", path, { json });
export const patch = <T>(path: string, json: unknown) => call<T>("PATCH", path, { json });
export const remove = (path: string, json?: unknown) =>
  call<undefined>("DELETE", path, json === undefined ? {} : { json });

/** Send again while the failure is passing, with growing pauses: nothing a person typed is lost to a hiccup. */
export async function persistently<T>(work: () => Promise<T>, tries = 5): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= tries || !isPassing(error)) throw error;
      const wait = pauseS(error, attempt) * (1 + Math.random() * 0.3);
      await new Promise((done) => setTimeout(done, wait * 1000));
    }
  }
}
