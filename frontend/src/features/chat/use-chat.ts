import { useInfiniteQuery, useQuery, useQueryClient, type InfiniteData } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { get, persistently, post, remove, type Companion, type CompanionState, type Message, type MessagePage, type SentMessage, type StartedTurn, type Turn } from "@/lib/api";
import { useModel } from "@/features/chat/use-model";
import { useOutbox, type Pending } from "@/features/chat/use-outbox";
import { useTurn } from "@/features/chat/use-turn";
import { socket } from "@/lib/socket";

/** Everything the chat page shows and does: history, the turn in progress, and the message tools. */
export function useChat(companionId: string) {
  const queries = useQueryClient();
  const companion = useQuery({ queryKey: ["companion", companionId], queryFn: () => get<Companion>(`companions/${companionId}`) });
  const history = useInfiniteQuery({
    queryKey: ["messages", companionId],
    queryFn: ({ pageParam }) => get<MessagePage>(`companions/${companionId}/messages?limit=40${pageParam ? `&before=${pageParam}` : ""}`),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });
  const refresh = useCallback(() => {
    void queries.invalidateQueries({ queryKey: ["messages", companionId] });
    void queries.invalidateQueries({ queryKey: ["companion", companionId] });
    void queries.invalidateQueries({ queryKey: ["companions"] });
  }, [queries, companionId]);

  const newest = history.data?.pages[0]?.items.at(-1);
  const { live, active, connection, follow, clear } = useTurn({
    companionId,
    activeTurn: companion.data?.active_turn_id,
    unanswered: newest?.role === "user" ? newest.turn_id : null,
    onChange: refresh,
  });

  useEffect(
    () =>
      socket.listen((frame) => {
        if (frame.type === "state" && frame.companion_id === companionId) {
          queries.setQueryData<Companion>(["companion", companionId], (old) =>
            old && { ...old, state: { ...old.state, outfit: frame.outfit, location: frame.location, action: frame.action } },
          );
        }
        if (frame.type === "message" && frame.message.companion_id === companionId) {
          queries.setQueryData<InfiniteData<MessagePage>>(["messages", companionId], (old) => withMessage(old, frame.message));
        }
      }),
    [companionId, queries],
  );

  const deliver = useCallback(
    async (message: Pending) => {
      const sent = await persistently(() =>
        post<SentMessage>(`companions/${companionId}/messages`, { client_message_id: message.id, text: message.text, want_image: message.wantImage }),
      );
      queries.setQueryData<InfiniteData<MessagePage>>(["messages", companionId], (old) => withMessage(old, sent.message));
      follow(sent.turn);
    },
    [companionId, follow, queries],
  );
  const outbox = useOutbox({ companionId, busy: active, failed: live?.status === "failed", deliver, onBusy: refresh });

  const start = useCallback(
    async (path: string, body: unknown = {}) => {
      const { turn } = await persistently(() => post<StartedTurn>(path, body));
      follow(turn);
    },
    [follow],
  );

  const regenerate = useCallback((message: Message) => start(`messages/${message.id}/regenerate`), [start]);
  const goOn = useCallback((message: Message) => start(`messages/${message.id}/continue`), [start]);
  const select = useCallback(
    async (message: Message, alternative: number) => {
      const changed = await post<Message>(`messages/${message.id}/select`, { alternative });
      queries.setQueryData<InfiniteData<MessagePage>>(["messages", companionId], (old) => withMessage(old, changed));
      refresh();
    },
    [queries, companionId, refresh],
  );

  const model = useModel(companionId, active || outbox.pending !== null);

  return {
    companion,
    model,
    history,
    live,
    outbox,
    connection,
    stop: () => live && void post<Turn>(`turns/${live.turnId}/cancel`).catch(() => undefined),
    retry: async () => {
      if (live) await start(`turns/${live.turnId}/retry`);
    },
    regenerate,
    goOn,
    select,
    draw: (message?: Message, prompt?: string) => start(`companions/${companionId}/images`, { ...(message && { message_id: message.id }), ...(prompt && { prompt }) }),
    removeMessage: async (message: Message, andAfter: boolean) => {
      await remove(`messages/${message.id}${andAfter ? "?and_after=true" : ""}`);
      clear();
      refresh();
    },
    undelete: async (message: Message) => {
      await post(`messages/${message.id}/undelete`);
      refresh();
    },
    branch: (message: Message) => post<Companion>(`messages/${message.id}/branch`),
    /** Load older pages until a message is there; false when it is not in this chat (any more). */
    reveal: async (messageId: string): Promise<boolean> => {
      let pages = history.data?.pages ?? [];
      while (!pages.some((page) => page.items.some((item) => item.id === messageId))) {
        if (!pages.at(-1)?.next) return false;
        pages = (await history.fetchNextPage()).data?.pages ?? [];
      }
      return true;
    },
    setState: (state: CompanionState) =>
      queries.setQueryData<Companion>(["companion", companionId], (old) => old && { ...old, state }),
    refresh,
  };
}

export type Chat = ReturnType<typeof useChat>;

/** Put a new or changed message into the cached pages (newest page first, each page oldest first). */
function withMessage(old: InfiniteData<MessagePage> | undefined, message: Message): InfiniteData<MessagePage> | undefined {
  if (!old) return old;
  const known = old.pages.some((page) => page.items.some((item) => item.id === message.id));
  const pages = old.pages.map((page, index) => ({
    ...page,
    items: known
      ? page.items.map((item) => (item.id === message.id ? message : item))
      : index === 0
        ? [...page.items, message].sort((a, b) => a.seq - b.seq)
        : page.items,
  }));
  return { ...old, pages };
}
