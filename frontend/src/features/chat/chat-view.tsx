import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { SearchDialog } from "@/components/search-dialog";
import { Button, IconButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { PictureActions } from "@/components/picture-actions";
import { Lightbox } from "@/components/ui/lightbox";
import { Avatar, Picture } from "@/components/ui/picture";
import { Problem } from "@/components/ui/states";
import { ChatHeader, Opening } from "@/features/chat/chat-header";
import { Composer, draftKey } from "@/features/chat/composer";
import { EditDialog } from "@/features/chat/dialogs";
import type { MessageTools } from "@/features/chat/message-bubble";
import { ChatMenu, MessageMenu, PromptDialog } from "@/features/chat/message-menu";
import { MemoriesDialog } from "@/features/chat/memories-panel";
import { SceneChips } from "@/features/chat/scene-panel";
import { Transcript } from "@/features/chat/transcript";
import { useChat } from "@/features/chat/use-chat";
import type { Message, Picture as PictureData } from "@/lib/api";
import { useMe } from "@/lib/session";
import { useAway } from "@/lib/socket";
import { useTitle, useUnseen } from "@/lib/title";

export function ChatView({ companionId }: { companionId: string }) {
  const me = useMe();
  const chat = useChat(companionId);
  const [picture, setPicture] = useState<PictureData | null>(null);
  const [editing, setEditing] = useState<Message | null>(null);
  const [deleted, setDeleted] = useState<{ message: Message; andAfter: boolean } | null>(null);
  const [menu, setMenu] = useState<Message | null>(null);
  const [prompt, setPrompt] = useState<string | null>(null);
  const go = useNavigate();
  const [open, setOpen] = useState<"memories" | "search" | "menu" | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [takenBack, setTakenBack] = useState(0);
  const undo = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(undo.current), []);
  const say = useCallback((error: unknown) => setProblem(error instanceof Error ? error.message : "Something went wrong."), []);
  const away = useAway(chat.connection);
  const newestReply = chat.history.data?.pages[0]?.items.findLast((message) => message.role === "assistant")?.id ?? null;
  useTitle(chat.companion.data?.name, useUnseen(newestReply));
  const { select, regenerate, goOn } = chat;
  const tools: MessageTools = useMemo(
    () => ({
      picture: setPicture,
      more: setMenu,
      select: (message, alternative) => void select(message, alternative).catch(say),
      regenerate: (message) => void regenerate(message).catch(say),
      goOn: (message) => void goOn(message).catch(say),
    }),
    [select, regenerate, goOn, say],
  );

  const show = (messageId: string) => {
    setOpen(null);
    void chat
      .reveal(messageId)
      .then((there) => {
        if (!there) {
          setProblem("That message is no longer in this chat.");
          return;
        }
        // After the pages it took have been drawn.
        setTimeout(() => {
          const item = document.getElementById(`m-${messageId}`);
          item?.scrollIntoView({ block: "center" });
          item?.classList.add("animate-glow");
        }, 50);
      })
      .catch(say);
  };

  // A search hit in another chat leads here, to its message.
  const wanted = (useLocation().state as { show?: string } | null)?.show;
  const opened = chat.history.isSuccess && chat.companion.isSuccess;
  const showWanted = useEffectEvent((messageId: string) => show(messageId));
  useEffect(() => {
    if (wanted && opened) showWanted(wanted);
  }, [wanted, opened]);

  if (chat.companion.isPending || chat.history.isPending) return <Opening />;
  if (chat.companion.isError) return <Problem error={chat.companion.error} onRetry={() => void chat.companion.refetch()} />;
  if (chat.history.isError) return <Problem error={chat.history.error} onRetry={() => void chat.history.refetch()} />;
  const companion = chat.companion.data;
  const messages = [...chat.history.data.pages].reverse().flatMap((page) => page.items);
  const busy = chat.live?.status === "active";
  const latest = messages.findLast((message) => message.image)?.image ?? companion.picture;

  const takeBack = () => {
    const key = draftKey(companion.id);
    localStorage.setItem(key, [chat.outbox.pending?.text, localStorage.getItem(key)].filter(Boolean).join("\n"));
    chat.outbox.drop();
    setTakenBack((times) => times + 1); // the composer reads its draft anew
  };

  const drop = (message: Message, andAfter = false) => {
    void chat
      .removeMessage(message, andAfter)
      .then(() => {
        setDeleted({ message, andAfter });
        clearTimeout(undo.current);
        undo.current = setTimeout(() => setDeleted(null), 28_000);
      })
      .catch(say);
  };

  return (
    <div className="mx-auto grid h-dvh max-w-7xl grid-cols-[minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_21rem]">
      <div className="flex min-h-0 flex-col">
        <ChatHeader companion={companion} onOpen={setOpen} />
        <div className="px-3 pt-2.5 sm:px-5 lg:hidden">
          <SceneChips companion={companion} compact onChange={chat.setState} />
        </div>
        <div className="relative">
          {away && (
            <p role="status" className="absolute inset-x-0 top-3 z-10 mx-auto w-fit max-w-[92%] animate-rise rounded-full bg-ink px-5 py-2 text-center text-sm text-canvas shadow-soft">
              {navigator.onLine ? "Reconnecting … nothing is lost." : "You are offline. What you write is kept."}
            </p>
          )}
        </div>
        <Transcript chat={chat} companion={companion} messages={messages} busy={busy} tools={tools} onTakeBack={takeBack} onProblem={say} />
        <div className="space-y-2 px-3 pt-2 pb-[max(0.750rem,env(safe-area-inset-bottom))] sm:px-5">
          {problem && (
            <div role="alert" className="flex items-center justify-between gap-3 rounded-2xl bg-bad-soft py-1 ps-4 pe-1 text-sm text-bad">
              {problem}
              <IconButton label="Dismiss" className="text-bad" onClick={() => setProblem(null)}>
                <Icon name="close" size={16} />
              </IconButton>
            </div>
          )}
          {deleted && (
            <div role="status" className="flex items-center justify-between gap-3 rounded-2xl bg-raised px-4 py-2 text-sm">
              {deleted.andAfter ? "The story is back before that message." : "Message deleted."}
              <Button
                look="quiet"
                small
                onClick={() => {
                  setDeleted(null);
                  void chat.undelete(deleted.message).catch(say);
                }}
              >
                Undo
              </Button>
            </div>
          )}
          <Composer key={takenBack} companionId={companion.id} name={companion.name} busy={busy} waiting={chat.outbox.pending !== null} wantImage={me.data?.preferences.automatic_images ?? true} onSend={chat.outbox.send} onStop={() => chat.stop()} onProblem={say} />
        </div>
      </div>
      <aside className="hidden min-h-0 overflow-auto border-s border-line p-5 lg:block" aria-label="Scene">
        <button type="button" disabled={!latest} onClick={() => setPicture(latest)} className="mb-4 block w-full overflow-hidden rounded-3xl bg-raised shadow-soft" aria-label="Open the latest picture">
          {latest ? (
            <Picture key={latest.id} picture={latest} sizes="300px" alt={`${companion.name}: ${companion.state.action}`} className="w-full animate-rise" />
          ) : (
            <Avatar name={companion.name} picture={null} className="aspect-[3/4] w-full rounded-none! text-8xl" />
          )}
        </button>
        <SceneChips companion={companion} onChange={chat.setState} />
        <Button look="outline" className="mt-4 w-full" disabled={busy} onClick={() => void chat.draw().catch(say)}>
          <Icon name="image" /> Draw {companion.name} now
        </Button>
      </aside>
      {picture && <Lightbox picture={picture} name={companion.name} onClose={() => setPicture(null)} actions={<PictureActions companion={companion} picture={picture} onDone={() => setPicture(null)} />} />}
      {editing && <EditDialog message={editing} onClose={() => setEditing(null)} onSaved={chat.refresh} />}
      {open === "memories" && <MemoriesDialog companionId={companion.id} name={companion.name} onClose={() => setOpen(null)} onGo={show} />}
      {open === "search" && <SearchDialog companionId={companion.id} who={() => companion.name} onClose={() => setOpen(null)} onGo={(hit) => show(hit.message_id)} />}
      {open === "menu" && (
        <ChatMenu
          name={companion.name}
          busy={busy}
          onClose={() => setOpen(null)}
          onMemories={() => setOpen("memories")}
          onSearch={() => setOpen("search")}
          onDraw={() => void chat.draw().catch(say)}
          onEdit={() => void go(`/companions/${companion.id}/edit`)}
        />
      )}
      {menu && (
        <MessageMenu
          message={menu}
          busy={busy}
          onClose={() => setMenu(null)}
          onBranch={() => void chat.branch(menu).then((made) => go(`/chat/${made.id}`)).catch(say)}
          onDeleteAfter={() => drop(menu, true)}
          onPrompt={() => setPrompt(menu.turn_id)}
          onEdit={() => setEditing(menu)}
          onDelete={() => drop(menu)}
          onDraw={() => void chat.draw(menu).catch(say)}
        />
      )}
      {prompt && <PromptDialog turnId={prompt} onClose={() => setPrompt(null)} />}
    </div>
  );
}
