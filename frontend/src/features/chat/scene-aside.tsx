import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Avatar, Picture } from "@/components/ui/picture";
import type { Opened } from "@/features/chat/chat-dialogs";
import { SceneChips } from "@/features/chat/scene-panel";
import type { Chat } from "@/features/chat/use-chat";
import type { Companion, Message } from "@/lib/api";

type Props = { chat: Chat; companion: Companion; messages: Message[]; busy: boolean; onOpen: (next: Opened) => void; onProblem: (error: unknown) => void };

/** Beside a wide chat: the latest picture, and the scene it shows. */
export function SceneAside({ chat, companion, messages, busy, onOpen, onProblem }: Props) {
  const latest = messages.findLast((message) => message.image)?.image ?? companion.picture;
  return (
    <aside className="hidden min-h-0 overflow-auto border-s border-line p-5 lg:block" aria-label="Scene">
      <button type="button" disabled={!latest} onClick={() => latest && onOpen({ kind: "picture", picture: latest })} className="mb-4 block w-full overflow-hidden rounded-3xl bg-raised shadow-soft" aria-label="Open the latest picture">
        {latest ? (
          <Picture key={latest.id} picture={latest} sizes="300px" alt={`${companion.name}: ${companion.state.action}`} className="w-full animate-rise" />
        ) : (
          <Avatar name={companion.name} picture={null} className="aspect-[3/4] w-full rounded-none! text-8xl" />
        )}
      </button>
      <SceneChips companion={companion} onChange={chat.setState} />
      <div className="mt-4 flex gap-2">
        <Button look="outline" className="min-w-0 flex-1" disabled={busy} onClick={() => void chat.draw().catch(onProblem)}>
          <Icon name="image" />
          <span className="truncate">Draw {companion.name} now</span>
        </Button>
        <Button look="outline" className="px-3" disabled={busy} aria-label="Draw what you describe" title="Draw what you describe" onClick={() => onOpen({ kind: "draw" })}>
          <Icon name="edit" />
        </Button>
      </div>
      {chat.model && <p className="mt-4 px-1 text-xs break-words text-muted">Played by {chat.model}.</p>}
    </aside>
  );
}
