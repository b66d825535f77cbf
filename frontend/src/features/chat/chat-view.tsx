import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { useLocation } from "react-router";
import { Problem } from "@/components/ui/states";
import { Alert, Away, Note } from "@/features/chat/banners";
import { ChatDialogs, type Opened } from "@/features/chat/chat-dialogs";
import { ChatHeader, Opening } from "@/features/chat/chat-header";
import { Composer, putInDraft } from "@/features/chat/composer";
import type { MessageTools } from "@/features/chat/message-bubble";
import { SceneAside } from "@/features/chat/scene-aside";
import { SceneChips } from "@/features/chat/scene-panel";
import { Transcript } from "@/features/chat/transcript";
import { useChat } from "@/features/chat/use-chat";
import type { Message } from "@/lib/api";
import { useMe } from "@/lib/session";
import { useTitle, useUnseen } from "@/lib/title";

/** A word about what was just done; `undo` takes it back for as long as it stands there. */
type Said = { text: string; undo?: () => void };

const WORD_MS = 2_500;
const UNDO_MS = 28_000; // the server lets half a minute

export function ChatView({ companionId }: { companionId: string }) {
  const me = useMe();
  const chat = useChat(companionId);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // Counts what was put into the draft from outside: the composer reads it anew.
  const [drafts, setDrafts] = useState(0);
  const fading = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(fading.current), []);
  const complain = useCallback((error: unknown) => setProblem(error instanceof Error ? error.message : "Something went wrong."), []);
  const say = (word: Said | null) => {
    clearTimeout(fading.current);
    setSaid(word);
    if (word) fading.current = setTimeout(() => setSaid(null), word.undo ? UNDO_MS : WORD_MS);
  };
  const newestReply = chat.history.data?.pages[0]?.items.findLast((message) => message.role === "assistant")?.id ?? null;
  useTitle(chat.companion.data?.name, useUnseen(newestReply));
  const { select, regenerate, goOn } = chat;
  const tools: MessageTools = useMemo(
    () => ({
      picture: (picture) => setOpened({ kind: "picture", picture }),
      more: (message) => setOpened({ kind: "message", message }),
      select: (message, alternative) => void select(message, alternative).catch(complain),
      regenerate: (message) => void regenerate(message).catch(complain),
      goOn: (message) => void goOn(message).catch(complain),
    }),
    [select, regenerate, goOn, complain],
  );

  const show = (messageId: string) => {
    setOpened(null);
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
      .catch(complain);
  };

  // A search hit in another chat leads here, to its message.
  const wanted = (useLocation().state as { show?: string } | null)?.show;
  const isThere = chat.history.isSuccess && chat.companion.isSuccess;
  const showWanted = useEffectEvent((messageId: string) => show(messageId));
  useEffect(() => {
    if (wanted && isThere) showWanted(wanted);
  }, [wanted, isThere]);

  if (chat.companion.isPending || chat.history.isPending) return <Opening />;
  if (chat.companion.isError) return <Problem error={chat.companion.error} onRetry={() => void chat.companion.refetch()} />;
  if (chat.history.isError) return <Problem error={chat.history.error} onRetry={() => void chat.history.refetch()} />;
  const companion = chat.companion.data;
  const messages = [...chat.history.data.pages].reverse().flatMap((page) => page.items);
  const busy = chat.live?.status === "active";

  const write = (text: string) => {
    putInDraft(companion.id, text);
    setDrafts((times) => times + 1);
  };
  const takeBack = () => {
    write(chat.outbox.pending?.text ?? "");
    chat.outbox.drop();
  };
  const drop = (message: Message, andAfter: boolean) => {
    const undo = () => {
      say(null);
      void chat.undelete(message).catch(complain);
    };
    void chat
      .removeMessage(message, andAfter)
      .then(() => say({ text: andAfter ? "The story is back before that message." : "Message deleted.", undo }))
      .catch(complain);
  };

  return (
    <div data-still className="mx-auto grid h-dvh max-w-7xl grid-cols-[minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_21rem]">
      <div className="flex min-h-0 flex-col">
        <ChatHeader companion={companion} onOpen={setOpened} />
        <div className="pt-2.5 lg:hidden">
          <SceneChips companion={companion} compact onChange={chat.setState} />
        </div>
        <Away connection={chat.connection} />
        <Transcript chat={chat} companion={companion} messages={messages} busy={busy} tools={tools} onWrite={write} onTakeBack={takeBack} onProblem={complain} />
        <div className="space-y-2 px-3 pt-2 pb-[max(0.750rem,env(safe-area-inset-bottom))] sm:px-5">
          {problem && <Alert text={problem} onDismiss={() => setProblem(null)} />}
          {said && <Note text={said.text} onUndo={said.undo} />}
          <Composer key={drafts} focused={drafts > 0} companionId={companion.id} name={companion.name} busy={busy} waiting={chat.outbox.pending !== null} wantImage={me.data?.preferences.automatic_images ?? true} onSend={chat.outbox.send} onStop={() => chat.stop()} onProblem={complain} />
        </div>
      </div>
      <SceneAside chat={chat} companion={companion} messages={messages} busy={busy} onOpen={setOpened} onProblem={complain} />
      {opened && <ChatDialogs opened={opened} chat={chat} companion={companion} busy={busy} onOpen={setOpened} onShow={show} onDelete={drop} onSay={(text) => say({ text })} onProblem={complain} />}
    </div>
  );
}
