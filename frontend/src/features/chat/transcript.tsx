import { Fragment, useMemo } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import type { Live } from "@/features/chat/chat-stream";
import { Outcome, Thinking, Unsent, Writing } from "@/features/chat/live-reply";
import { MessageBubble, type MessageTools } from "@/features/chat/message-bubble";
import { reminders } from "@/features/chat/pauses";
import type { Chat } from "@/features/chat/use-chat";
import { useEnd } from "@/features/chat/use-end";
import { Openers, Welcome } from "@/features/chat/welcome";
import type { Companion, Message } from "@/lib/api";
import { plain } from "@/lib/markdown";
import { dayOf } from "@/lib/times";

type Props = {
  chat: Chat;
  companion: Companion;
  messages: Message[];
  busy: boolean;
  tools: MessageTools;
  onWrite: (text: string) => void;
  /** A message that was not sent goes back to where one writes. */
  onTakeBack: () => void;
  onProblem: (error: unknown) => void;
};

/** The messages, the reply as it is written, and what became of it.  Follows the end unless one reads further up. */
export function Transcript({ chat, companion, messages, busy, tools, onWrite, onTakeBack, onProblem }: Props) {
  const { live } = chat;
  const { pending } = chat.outbox;
  const told = useMemo(() => reminders(messages), [messages]);
  // A page that was away reads the reply from the server before a frame tells of it; a half one is replaced by the retry.
  const stored = messages.some((message) => message.turn_id === live?.turnId && message.role === "assistant" && (live.message || message.status !== "incomplete"));
  const writing = live && (busy || live.status === "failed") && !stored;
  const { box, onScroll, seen, toEnd } = useEnd(messages, pending?.id, `${live?.text.length} ${live?.status} ${live?.image}`);
  const unread = seen === null ? 0 : messages.filter((message) => message.role === "assistant" && message.seq > seen).length;
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
        <Welcome companion={companion} model={chat.model} isFirst={messages.length === 0 && !pending && !live} />
        {/* Not live itself: the announcer below says each reply once, whole. */}
        <div role="log" aria-label={`Chat with ${companion.name}`} aria-busy={busy} aria-live="off">
          <ol className="space-y-4 pointer-coarse:space-y-3">
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
            {pending?.status === "sending" && <Unsent pending={pending} onSend={chat.outbox.again} onTakeBack={onTakeBack} />}
            {writing && live.text && <Writing text={live.text} busy={busy} />}
            {writing && busy && !live.text && (live.step === "AnalyzeContext" || live.step === "GenerateReply") && <Thinking />}
          </ol>
        </div>
        {!live && !pending && !chat.history.hasNextPage && messages.every((message) => message.role === "assistant") && <Openers onChoose={onWrite} />}
        <p role="status" className="sr-only">
          {live?.status === "done" ? announcement(companion.name, live) : null}
        </p>
        {live && <Outcome live={live} onRetry={() => void chat.retry().catch(onProblem)} onDraw={() => void chat.draw(messages.findLast((m) => m.role === "assistant")).catch(onProblem)} />}
        {pending && pending.status !== "sending" && (
          <ol className="mt-4">
            <Unsent pending={pending} onSend={chat.outbox.again} onTakeBack={onTakeBack} />
          </ol>
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
