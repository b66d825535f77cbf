import { memo, useState, type KeyboardEvent } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Copy } from "@/components/ui/copy";
import { Picture } from "@/components/ui/picture";
import type { Message, Picture as PictureData } from "@/lib/api";
import { cn } from "@/lib/cn";
import { Markdown } from "@/lib/markdown";
import { clock } from "@/lib/times";

/** What one can do with a message from where it stands. */
export type MessageTools = {
  picture: (picture: PictureData) => void;
  more: (message: Message) => void;
  select: (message: Message, alternative: number) => void;
  regenerate: (message: Message) => void;
  goOn: (message: Message) => void;
};

type Props = { message: Message; name: string; tools: MessageTools; last: boolean; busy: boolean };

// Of one's own messages: characters, about a phone's page.
const LONG = 1_500;
const TOOL = "size-9 pointer-coarse:size-11";

/** One message.  Memoised: a streaming reply draws itself many times a second, what stands above it does not change. */
export const MessageBubble = memo(function MessageBubble({ message, name, tools, last, busy }: Props) {
  const mine = message.role === "user";
  return (
    <li className={cn("group flex scroll-mt-6 flex-col gap-1 rounded-3xl", mine ? "items-end" : "items-start")} id={`m-${message.id}`}>
      <span className="sr-only">{mine ? "You" : name}:</span>
      <div className={cn("max-w-[min(38rem,88%)] rounded-3xl px-4.5 py-3 leading-relaxed break-words", mine ? "rounded-ee-lg bg-mine" : "rounded-es-lg bg-surface shadow-soft ring-1 ring-line/60")}>
        {mine && message.text.length > LONG ? <Folded text={message.text} /> : <Markdown text={message.text} />}
        {message.status === "incomplete" && <p className="mt-2 text-sm text-bad">This reply was cut off.</p>}
      </div>
      {message.image && (
        <button type="button" onClick={() => message.image && tools.picture(message.image)} className="mt-1 overflow-hidden rounded-3xl bg-raised shadow-soft" aria-label={`Open the picture of ${name}`}>
          <Picture picture={message.image} sizes="(min-width: 640px) 320px, 70vw" alt={`${name}: ${message.state?.action ?? ""}`} className="h-auto w-[min(20rem,70vw)] animate-rise" />
        </button>
      )}
      {!mine && last && !busy && (message.status === "truncated" || message.status === "stopped") && (
        <Button look="outline" small className="mt-1" onClick={() => tools.goOn(message)}>
          Continue
        </Button>
      )}
      <div className={cn("flex items-center pointer-coarse:-my-1.5", mine && "flex-row-reverse")}>
        <time dateTime={message.created_at} title={new Date(message.created_at).toLocaleString()} className="px-1.5 text-xs text-muted tabular-nums">
          {clock(message.created_at)}
          {message.edited_at && " · edited"}
        </time>
        {message.alternatives.length > 1 && <Versions message={message} busy={busy} onSelect={tools.select} />}
        <div className={cn("flex items-center transition-opacity", !last && "pointer-fine:opacity-0 group-focus-within:opacity-100 group-hover:opacity-100")}>
          <Copy text={message.text} className={cn(TOOL, !last && "pointer-coarse:hidden")} />
          {!mine && last && message.turn_id && (
            <IconButton label="Write another version" className={TOOL} disabled={busy} onClick={() => tools.regenerate(message)}>
              <Icon name="again" size={17} />
            </IconButton>
          )}
          <IconButton label="More" aria-haspopup="dialog" className={TOOL} onClick={() => tools.more(message)}>
            <Icon name="more" size={17} />
          </IconButton>
        </div>
      </div>
    </li>
  );
});

/** The beginning of a long text one wrote oneself, and the rest on demand. */
function Folded({ text }: { text: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <div className={open ? "" : "max-h-60 overflow-hidden mask-b-from-60%"}>
        <Markdown text={text} />
      </div>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)} className="-mb-2 min-h-11 font-semibold text-accent">
        {open ? "Show less" : "Show all"}
      </button>
    </>
  );
}

/** Leaf through the versions of a reply, by the buttons or with the arrow keys on them. */
function Versions({ message, busy, onSelect }: { message: Message; busy: boolean; onSelect: MessageTools["select"] }) {
  const count = message.alternatives.length;
  const go = (to: number) => {
    if (!busy && to >= 0 && to < count) onSelect(message, to);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowLeft") go(message.selected - 1);
    else if (event.key === "ArrowRight") go(message.selected + 1);
  };
  return (
    <span role="group" aria-label="Versions" onKeyDown={onKey} className="inline-flex items-center text-sm text-muted tabular-nums">
      {/* aria-disabled, not disabled: the focus stays when the first or last is reached. */}
      <IconButton label="Previous version" className={cn(TOOL, "aria-disabled:opacity-40")} aria-disabled={busy || message.selected === 0} onClick={() => go(message.selected - 1)}>
        <Icon name="back" size={16} />
      </IconButton>
      <span aria-live="polite">
        {message.selected + 1}/{count}
      </span>
      <IconButton label="Next version" className={cn(TOOL, "aria-disabled:opacity-40")} aria-disabled={busy || message.selected + 1 >= count} onClick={() => go(message.selected + 1)}>
        <Icon name="next" size={16} />
      </IconButton>
    </span>
  );
}
