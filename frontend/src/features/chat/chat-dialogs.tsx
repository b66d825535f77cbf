import { useNavigate } from "react-router";
import { PictureActions } from "@/components/picture-actions";
import { SearchDialog } from "@/components/search-dialog";
import { Lightbox } from "@/components/ui/lightbox";
import { ChatMenu } from "@/features/chat/chat-menu";
import { DrawDialog, EditDialog } from "@/features/chat/dialogs";
import { MemoriesDialog } from "@/features/chat/memories-panel";
import { MessageMenu } from "@/features/chat/message-menu";
import { PromptDialog } from "@/features/chat/prompt-dialog";
import type { Chat } from "@/features/chat/use-chat";
import type { Companion, Message, Picture } from "@/lib/api";

/** What is open over the chat. */
export type Opened =
  | { kind: "memories" | "search" | "menu" | "draw" }
  | { kind: "picture"; picture: Picture }
  | { kind: "message" | "edit"; message: Message }
  | { kind: "prompt"; turnId: string };

type Props = {
  opened: Opened;
  chat: Chat;
  companion: Companion;
  busy: boolean;
  onOpen: (next: Opened | null) => void;
  onShow: (messageId: string) => void;
  onDelete: (message: Message, andAfter: boolean) => void;
  onSay: (text: string) => void;
  onProblem: (error: unknown) => void;
};

/** The one dialog that is open over the chat. */
export function ChatDialogs({ opened, chat, companion, busy, onOpen, onShow, onDelete, onSay, onProblem }: Props) {
  const go = useNavigate();
  const close = () => onOpen(null);
  const { name } = companion;
  switch (opened.kind) {
    case "memories":
      return <MemoriesDialog companionId={companion.id} name={name} onClose={close} onGo={onShow} />;
    case "search":
      return <SearchDialog companionId={companion.id} who={() => name} onClose={close} onGo={(hit) => onShow(hit.message_id)} />;
    case "menu":
      return (
        <ChatMenu
          name={name}
          model={chat.model}
          busy={busy}
          onClose={close}
          onMemories={() => onOpen({ kind: "memories" })}
          onSearch={() => onOpen({ kind: "search" })}
          onDraw={() => void chat.draw().catch(onProblem)}
          onDescribe={() => onOpen({ kind: "draw" })}
          onEdit={() => void go(`/companions/${companion.id}/edit`)}
        />
      );
    case "draw":
      return <DrawDialog name={name} onClose={close} onDraw={(prompt) => chat.draw(undefined, prompt)} />;
    case "picture":
      return <Lightbox picture={opened.picture} name={name} onClose={close} actions={<PictureActions companion={companion} picture={opened.picture} onDone={close} />} />;
    case "edit":
      return <EditDialog message={opened.message} onClose={close} onSaved={chat.refresh} />;
    case "prompt":
      return <PromptDialog turnId={opened.turnId} onClose={close} />;
    case "message": {
      const { message } = opened;
      const copy = () => void navigator.clipboard.writeText(message.text).then(() => onSay("Copied."));
      const branch = () => void chat.branch(message).then((made) => go(`/chat/${made.id}`)).catch(onProblem);
      return (
        <MessageMenu
          message={message}
          name={name}
          busy={busy}
          onClose={close}
          onCopy={copy}
          onBranch={branch}
          onDelete={(andAfter) => onDelete(message, andAfter)}
          onPrompt={(turnId) => onOpen({ kind: "prompt", turnId })}
          onEdit={() => onOpen({ kind: "edit", message })}
          onDraw={() => void chat.draw(message).catch(onProblem)}
        />
      );
    }
  }
}
