import { Button } from "@/components/ui/button";
import type { Live } from "@/features/chat/chat-stream";
import { ProgressBar } from "@/features/chat/progress-bar";
import type { Pending } from "@/features/chat/use-outbox";
import { cn } from "@/lib/cn";
import { Markdown } from "@/lib/markdown";

type UnsentProps = { pending: Pending; onSend: () => void; onTakeBack: () => void };

/** A message on its way, one that waits for the reply before it, or one that did not get through. */
export function Unsent({ pending, onSend, onTakeBack }: UnsentProps) {
  const { status } = pending;
  return (
    <li className="flex animate-rise flex-col items-end gap-2">
      <div className={cn("max-w-[min(38rem,88%)] rounded-3xl rounded-ee-lg bg-mine px-4.5 py-3 leading-relaxed break-words", status === "sending" ? "opacity-85" : "outline-2 -outline-offset-2 outline-dashed outline-muted/50")}>
        <Markdown text={pending.text} />
      </div>
      {status !== "sending" && (
        <div role={status === "failed" ? "alert" : "status"} className={cn("flex flex-wrap items-center justify-end gap-2 text-sm", status === "failed" ? "text-bad" : "text-muted")}>
          {status === "failed" ? `Not sent. ${pending.error}` : "Goes out when the reply is done."}
          <Button look="quiet" small onClick={onTakeBack}>
            Take back
          </Button>
          {status === "failed" && (
            <Button look="outline" small onClick={onSend}>
              Try again
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

/** The reply as it is written. */
export function Writing({ text, busy }: { text: string; busy: boolean }) {
  return (
    <li className="flex">
      <div className="max-w-[min(38rem,88%)] min-w-0 rounded-3xl rounded-es-lg bg-surface px-4.5 py-3 leading-relaxed break-words shadow-soft ring-1 ring-line/60">
        {/* The caret stands behind the last word, whatever it is in. */}
        <div className={cn(busy && "[&>:last-child]:after:ms-1 [&>:last-child]:after:inline-block [&>:last-child]:after:h-4 [&>:last-child]:after:w-1.5 [&>:last-child]:after:animate-breathe [&>:last-child]:after:rounded-full [&>:last-child]:after:bg-accent [&>:last-child]:after:align-[-2px]")}>
          <Markdown text={text} />
        </div>
      </div>
    </li>
  );
}

/** What stands where the reply will be, before its first word. */
export function Thinking() {
  return (
    <li aria-hidden className="flex animate-rise">
      <span className="flex gap-1.5 rounded-3xl rounded-es-lg bg-surface px-5 py-4.5 shadow-soft ring-1 ring-line/60">
        <span className="size-2 animate-breathe rounded-full bg-muted" />
        <span className="size-2 animate-breathe rounded-full bg-muted [animation-delay:0.16s]" />
        <span className="size-2 animate-breathe rounded-full bg-muted [animation-delay:0.32s]" />
      </span>
    </li>
  );
}

type Props = { live: Live; onRetry: () => void; onDraw: () => void };

/** How far the turn is, and what became of it when not all went well. */
export function Outcome({ live, onRetry, onDraw }: Props) {
  const busy = live.status === "active";
  return (
    <div className="mt-4 space-y-3">
      {busy && <ProgressBar live={live} />}
      {busy && live.image === "drawing" && <div className="aspect-[832/1216] w-[min(20rem,70vw)] animate-pulse rounded-3xl bg-raised" aria-hidden />}
      {live.status === "failed" && live.error && (
        <div role="alert" className="flex max-w-lg flex-wrap items-center gap-3 rounded-3xl bg-bad-soft px-5 py-3.5 text-bad">
          <span className="min-w-48 flex-1">{live.error.message}</span>
          <Button look="outline" small onClick={onRetry}>
            Retry
          </Button>
        </div>
      )}
      {live.status === "done" && live.degraded.includes("image") && (
        <div role="status" className="flex flex-wrap items-center gap-3 text-sm text-muted">
          The picture could not be drawn.
          <Button look="outline" small onClick={onDraw}>
            Try again
          </Button>
        </div>
      )}
    </div>
  );
}
