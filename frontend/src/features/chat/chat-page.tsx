import { useParams } from "react-router";
import { ChatView } from "@/features/chat/chat-view";

/** One chat per companion: a new one starts with a clean slate of its own. */
export function ChatPage() {
  const { companionId = "" } = useParams();
  return <ChatView key={companionId} companionId={companionId} />;
}
