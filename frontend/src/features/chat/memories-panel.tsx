import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Icon } from "@/components/ui/icon";
import { Problem, Skeletons } from "@/components/ui/states";
import { MemoryItem, type MemoryChange } from "@/features/chat/memory-item";
import { get, patch, post, remove, type Memory, type MemoryPage } from "@/lib/api";
import { cn } from "@/lib/cn";

type Props = { companionId: string; name: string; onClose: () => void; onGo: (messageId: string) => void };

const LINE = "min-h-11 rounded-full border border-line bg-surface px-4 focus:border-accent focus:ring-3 focus:ring-accent/25 focus:outline-none";

/** What the companion remembers: read, search, add, correct, pin, forget, take along. */
export function MemoriesDialog({ companionId, name, onClose, onGo }: Props) {
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const [words, setWords] = useState("");
  const path = (limit: number, before: string, q: string) =>
    `companions/${companionId}/memories?limit=${limit}${before && `&before=${before}`}${q && `&q=${encodeURIComponent(q)}`}`;
  const query = words.trim();
  const list = useInfiniteQuery({
    queryKey: ["memories", companionId, query],
    queryFn: ({ pageParam }) => get<MemoryPage>(path(50, pageParam, query)),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const done = () => void queries.invalidateQueries({ queryKey: ["memories", companionId] });
  const add = useMutation({
    mutationFn: () => post<Memory>(`companions/${companionId}/memories`, { text: text.trim() }),
    onSuccess: () => {
      setText("");
      done();
    },
  });
  const change = useMutation({ mutationFn: ({ id, ...values }: { id: string } & MemoryChange) => patch<Memory>(`memories/${id}`, values), onSettled: done });
  const forget = useMutation({ mutationFn: (memory: Memory) => remove(`memories/${memory.id}`), onSettled: done });
  // Forgetting is real at once; to undo it is to be told again.
  const tellAgain = useMutation({
    mutationFn: ({ text, kind, importance, pinned, source_message_ids }: Memory) =>
      post<Memory>(`companions/${companionId}/memories`, { text, kind, importance, pinned, source_message_ids }),
    onSuccess: () => {
      forget.reset();
      done();
    },
  });
  const takeAlong = useMutation({
    mutationFn: async () => {
      const all: Memory[] = [];
      for (let next: string | null = ""; next !== null; ) {
        const page: MemoryPage = await get<MemoryPage>(path(100, next, ""));
        all.push(...page.items);
        next = page.next;
      }
      download(`${name} - memories.json`, JSON.stringify(all, null, 2));
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (text.trim()) add.mutate();
  };
  const found = list.data?.pages.flatMap((page) => page.items) ?? [];
  const shown = found.toSorted((a, b) => Number(b.pinned) - Number(a.pinned));
  const problem = add.error ?? change.error ?? forget.error ?? tellAgain.error ?? takeAlong.error;
  return (
    <Dialog title={`What ${name} remembers`} onClose={onClose}>
      <form onSubmit={submit} className="mb-3 flex gap-2">
        <input value={text} maxLength={500} onChange={(e) => setText(e.target.value)} aria-label="Something to remember" placeholder="Something to remember …" className={cn(LINE, "min-w-0 flex-1")} />
        <Button type="submit" busy={add.isPending} disabled={!text.trim()}>
          Add
        </Button>
      </form>
      {(shown.length > 5 || query) && (
        <input type="search" value={words} onChange={(e) => setWords(e.target.value)} aria-label="Search memories" placeholder="Search …" className={cn(LINE, "mb-3 w-full")} />
      )}
      {problem && <p role="alert" className="mb-2 text-sm text-bad">{problem.message}</p>}
      {forget.isSuccess && (
        <p role="status" className="sticky top-18 z-10 mb-3 flex items-center justify-between gap-3 rounded-2xl bg-accent-soft py-1 ps-4 pe-1 text-sm">
          Forgotten.
          <Button look="quiet" small busy={tellAgain.isPending} onClick={() => tellAgain.mutate(forget.variables)}>
            Undo
          </Button>
        </p>
      )}
      {list.isPending && <Skeletons label="Loading memories" className="space-y-2" count={3} each="h-16" />}
      {list.isError && <Problem error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && shown.length === 0 && (
        <p className="px-4 py-8 text-center text-muted">{query ? "Nothing found." : `Nothing yet. ${name} learns as you talk: your name, what you love, what you promised each other.`}</p>
      )}
      <ul className="space-y-2">
        {shown.map((memory) => (
          <MemoryItem key={memory.id} memory={memory} onChange={(values) => change.mutate({ id: memory.id, ...values })} onForget={() => forget.mutate(memory)} onGo={onGo} />
        ))}
      </ul>
      <div className="mt-4 flex flex-wrap justify-center gap-2">
        {list.hasNextPage && (
          <Button look="outline" small busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show more
          </Button>
        )}
        {shown.length > 0 && (
          <Button look="quiet" small busy={takeAlong.isPending} onClick={() => takeAlong.mutate()}>
            <Icon name="down" size={17} /> Download all
          </Button>
        )}
      </div>
    </Dialog>
  );
}

function download(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
