import { Fragment, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Avatar } from "@/components/ui/picture";
import type { Live } from "@/features/chat/chat-stream";
import { MessageBubble, type MessageTools } from "@/features/chat/message-bubble";
import { reminders } from "@/features/chat/pauses";
import { ProgressBar } from "@/features/chat/progress-bar";
import type { Chat } from "@/features/chat/use-chat";
import type { Companion, Message } from "@/lib/api";
import { cn } from "@/lib/cn";
import { Markdown, plain } from "@/lib/markdown";
import { dayOf } from "@/lib/times";

type Props = {
  chat: Chat;
  companion: Companion;
  messages: Message[];
  busy: boolean;
  tools: MessageTools;
  onProblem: (error: unknown) => void;
};

/** The messages, the reply as it is written, and what became of it.  Follows the end unless one reads further up. */
export function Transcript({ chat, companion, messages, busy, tools, onProblem }: Props) {
  const { live, pending } = chat;
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const height = useRef(0);
  const first = messages[0]?.id;
  const told = useMemo(() => reminders(messages), [messages]);
  const writing = live && (busy || live.status === "failed") && !messages.some((message) => message.turn_id === live.turnId && message.role === "assistant" && live.message);
  // While one reads further up: the newest message there was when one left the end.
  const [seen, setSeen] = useState<number | null>(null);
  const newest = messages.at(-1)?.seq ?? 0;
  const unread = seen === null ? 0 : messages.filter((message) => message.role === "assistant" && message.seq > seen).length;
  const toEnd = () => box.current?.scrollTo({ top: box.current.scrollHeight, behavior: "smooth" });
  // Who sends wants to see it.
  useEffect(() => {
    if (pending?.id) atEnd.current = true;
  }, [pending?.id]);
  useEffect(() => {
    if (atEnd.current) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [messages.length, live?.text, live?.status, live?.image, pending?.id]);
  // Pictures grow when they arrive: stay at the end.
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const watcher = new ResizeObserver(() => atEnd.current && element.scrollTo({ top: element.scrollHeight }));
    for (const child of element.children) watcher.observe(child);
    return () => watcher.disconnect();
  }, [messages.length]);
  // Older messages come in above: keep what is being read where it is.
  useLayoutEffect(() => {
    const element = box.current;
    if (element && !atEnd.current && height.current) element.scrollTop += element.scrollHeight - height.current;
    height.current = element?.scrollHeight ?? 0;
  }, [first]);
  const onScroll = () => {
    const element = box.current;
    if (!element) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 80;
    height.current = element.scrollHeight;
    setSeen((before) => (atEnd.current ? null : (before ?? newest)));
  };
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div ref={box} onScroll={onScroll} className="min-h-0 flex-1 overflow-auto overscroll-contain px-3 py-5 -outline-offset-4 sm:px-5" tabIndex={0} role="region" aria-label="Conversation">
        {chat.history.hasNextPage && (
          <div className="mb-4 text-center">
            <Button look="outline" small busy={chat.history.isFetchingNextPage} onClick={() => void chat.history.fetchNextPage()}>
              Earlier messages
            </Button>
          </div>
        )}
        {messages.length === 0 && !pending && !live && (
          <div className="flex animate-rise flex-col items-center gap-3 pt-8 pb-6 text-center">
            <Avatar name={companion.name} picture={companion.picture} className="size-28 text-5xl shadow-soft" />
            <h2 className="text-2xl">Say hello to {companion.name}</h2>
            <p className="max-w-xs text-muted">What you write sets the scene: where you are, what you do, what {companion.name} wears.</p>
          </div>
        )}
        <p className="mx-auto mb-6 max-w-md text-center text-sm text-muted">
          {companion.name} is an AI character. What it says can be wrong, and it is no substitute for people or professional help.
          {chat.model && <ModelNote model={chat.model} />}
        </p>
        {/* Not live itself: the announcer below says each reply once, whole. */}
        <div role="log" aria-label={`Chat with ${companion.name}`} aria-busy={busy} aria-live="off">
          <ol className="space-y-4">
            {messages.map((message, index) => (
              <Fragment key={message.id}>
                {dayOf(message.created_at) !== dayOf(messages[index - 1]?.created_at ?? "") && (
                  <li className="flex items-center gap-3 py-2 text-xs font-semibold tracking-wide text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">{dayOf(message.created_at)}</li>
                )}
                {told.has(message.id) && (
                  <li className="mx-auto max-w-md rounded-3xl bg-raised px-5 py-3 text-center text-sm text-muted">
                    You have been talking for three hours. {companion.name} is an AI, not a person. A break may do you good; everything will still be here.
                  </li>
                )}
                <MessageBubble message={message} name={companion.name} tools={tools} last={index === messages.length - 1} busy={busy} />
              </Fragment>
            ))}
            {pending && (
              <li className="flex flex-col items-end gap-2">
                <div className="max-w-[min(38rem,88%)] rounded-3xl rounded-ee-lg bg-mine px-4.5 py-3 opacity-70">
                  <Markdown text={pending.text} />
                </div>
                {pending.error && (
                  <div role="alert" className="flex items-center gap-2 text-sm text-bad">
                    Not sent. {pending.error}
                    <Button look="outline" small onClick={() => void chat.send(pending.text, pending.wantImage, pending.id).catch(onProblem)}>
                      Try again
                    </Button>
                  </div>
                )}
              </li>
            )}
            {writing && live.text && (
              <li className="flex">
                <div className="max-w-[min(38rem,88%)] rounded-3xl rounded-es-lg bg-surface px-4.5 py-3 leading-relaxed shadow-soft ring-1 ring-line/60">
                  {/* The caret stands behind the last word, whatever it is in. */}
                  <div className={cn(busy && "[&>:last-child]:after:ms-1 [&>:last-child]:after:inline-block [&>:last-child]:after:h-4 [&>:last-child]:after:w-1.5 [&>:last-child]:after:animate-breathe [&>:last-child]:after:rounded-full [&>:last-child]:after:bg-accent [&>:last-child]:after:align-[-2px]")}>
                    <Markdown text={live.text} />
                  </div>
                </div>
              </li>
            )}
          </ol>
        </div>
        <p role="status" className="sr-only">
          {live?.status === "done" ? announcement(companion.name, live) : null}
        </p>
        {live && (
          <div className="mt-4 space-y-3">
            {busy && <ProgressBar live={live} />}
            {busy && live.image === "drawing" && <div className="aspect-[832/1216] w-[min(20rem,70vw)] animate-pulse rounded-3xl bg-raised" aria-hidden />}
            {live.status === "failed" && live.error && (
              <div role="alert" className="flex max-w-lg flex-wrap items-center gap-3 rounded-3xl bg-bad-soft px-5 py-3.5 text-bad">
                <span className="min-w-48 flex-1">{live.error.message}</span>
                <Button look="outline" small onClick={() => void chat.retry().catch(onProblem)}>
                  Retry
                </Button>
              </div>
            )}
            {live.status === "done" && live.degraded.includes("image") && (
              <div role="status" className="flex flex-wrap items-center gap-3 text-sm text-muted">
                The picture could not be drawn.
                <Button look="outline" small onClick={() => void chat.draw(messages.findLast((m) => m.role === "assistant")).catch(onProblem)}>
                  Try again
                </Button>
              </div>
            )}
          </div>
        )}
      </div>
      {seen !== null && (
        <button type="button" onClick={toEnd} className="absolute end-4 bottom-3 inline-flex min-h-11 min-w-11 animate-rise items-center justify-center gap-1.5 rounded-full border border-line bg-surface px-3 text-sm font-semibold shadow-soft transition hover:border-accent" aria-label={unread > 0 ? `${unread} new below` : "To the newest message"}>
          {unread > 0 && <span className="text-accent">{unread} new</span>}
          <Icon name="end" size={18} />
        </button>
      )}
    </div>
  );
}

/** What a screen reader says of a turn that ended well. */
function announcement(name: string, live: Live): string {
  const text = plain(live.message?.text ?? live.text);
  return [text && `${name}: ${text}`, live.image === "done" && "A picture came."].filter(Boolean).join(" ");
}

const LOCAL = "local/";

/** Which model plays the companion, in honest words. */
function ModelNote({ model }: { model: string }) {
  if (!model.startsWith(LOCAL)) return <> Played by {model}.</>;
  return (
    <>
      {" "}
      Played by a small model on this computer ({model.slice(LOCAL.length)}): it forgets and repeats itself. A larger one talks much better; the README says how to set one.
    </>
  );
}
