import { useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Picture } from "@/components/ui/picture";
import type { Chat } from "@/features/chat/use-chat";
import type { Message, Picture as PictureData } from "@/lib/api";
import { cn } from "@/lib/cn";
import { Markdown } from "@/lib/markdown";

type Props = {
  message: Message;
  name: string;
  chat: Chat;
  last: boolean;
  busy: boolean;
  onPicture: (picture: PictureData) => void;
  onEdit: (message: Message) => void;
  onDelete: (message: Message) => void;
  onMore: (message: Message) => void;
  onProblem: (error: unknown) => void;
};

export function MessageBubble({ message, name, chat, last, busy, onPicture, onEdit, onDelete, onMore, onProblem }: Props) {
  const mine = message.role === "user";
  const [copied, setCopied] = useState(false);
  const run = (work: Promise<unknown>) => void work.catch(onProblem);
  const copy = () => {
    void navigator.clipboard.writeText(message.text).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    });
  };
  return (
    <li className={cn("group flex scroll-mt-6 flex-col gap-1.5 rounded-3xl", mine ? "items-end" : "items-start")} id={`m-${message.id}`}>
      <span className="sr-only">{mine ? "You" : name}:</span>
      <div
        className={cn(
          "max-w-[min(38rem,88%)] rounded-3xl px-4.5 py-3 leading-relaxed break-words",
          mine ? "rounded-ee-lg bg-mine" : "rounded-es-lg bg-surface shadow-soft ring-1 ring-line/60",
        )}
      >
        <Markdown text={message.text} />
        {message.status === "incomplete" && <p className="mt-2 text-sm text-bad">This reply was cut off.</p>}
      </div>
      {message.image && (
        <button type="button" onClick={() => message.image && onPicture(message.image)} className="mt-1 overflow-hidden rounded-3xl shadow-soft" aria-label={`Open the picture of ${name}`}>
          <Picture picture={message.image} sizes="(min-width: 640px) 320px, 70vw" alt={`${name}: ${message.state?.action ?? ""}`} className="w-[min(20rem,70vw)] animate-rise" />
        </button>
      )}
      <div
        className={cn(
          "flex items-center gap-0.5 transition",
          last ? "opacity-100" : "opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100",
        )}
      >
        {message.alternatives.length > 1 && (
          <span className="me-1 inline-flex items-center text-sm text-muted">
            <IconButton label="Previous version" className="size-8" disabled={busy || message.selected === 0} onClick={() => run(chat.select(message, message.selected - 1))}>
              <Icon name="back" size={16} />
            </IconButton>
            {message.selected + 1}/{message.alternatives.length}
            <IconButton label="Next version" className="size-8" disabled={busy || message.selected + 1 >= message.alternatives.length} onClick={() => run(chat.select(message, message.selected + 1))}>
              <Icon name="next" size={16} />
            </IconButton>
          </span>
        )}
        <IconButton label={copied ? "Copied" : "Copy"} className="size-8" onClick={copy}>
          <Icon name="copy" size={16} />
        </IconButton>
        <IconButton label="Edit" className="size-8" disabled={busy} onClick={() => onEdit(message)}>
          <Icon name="edit" size={16} />
        </IconButton>
        {!mine && last && message.turn_id && (
          <>
            <IconButton label="Write another version" className="size-8" disabled={busy} onClick={() => run(chat.regenerate(message))}>
              <Icon name="again" size={16} />
            </IconButton>
            {!message.image && (
              <IconButton label="Draw this moment" className="size-8" disabled={busy} onClick={() => run(chat.draw(message))}>
                <Icon name="image" size={16} />
              </IconButton>
            )}
          </>
        )}
        <IconButton label="Delete" className="size-8" onClick={() => onDelete(message)}>
          <Icon name="trash" size={16} />
        </IconButton>
        <IconButton label="More" className="size-8" onClick={() => onMore(message)}>
          <Icon name="more" size={16} />
        </IconButton>
        {!mine && last && (message.status === "truncated" || message.status === "stopped") && (
          <Button look="outline" small disabled={busy} onClick={() => run(chat.goOn(message))}>
            Continue
          </Button>
        )}
      </div>
    </li>
  );
}
