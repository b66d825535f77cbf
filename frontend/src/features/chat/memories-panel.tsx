import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Icon } from "@/components/ui/icon";
import { Loading, Problem } from "@/components/ui/states";
import { get, patch, post, remove, type Memory, type MemoryPage } from "@/lib/api";
import { cn } from "@/lib/cn";

type Props = { companionId: string; name: string; onClose: () => void; onGo: (messageId: string) => void };

/** What the companion remembers: read, add, correct, pin, forget. */
export function MemoriesDialog({ companionId, name, onClose, onGo }: Props) {
  const queries = useQueryClient();
  const key = ["memories", companionId];
  const list = useQuery({ queryKey: key, queryFn: () => get<MemoryPage>(`companions/${companionId}/memories?limit=100`), staleTime: 0 });
  const [text, setText] = useState("");
  const [words, setWords] = useState("");
  const done = () => void queries.invalidateQueries({ queryKey: key });
  const add = useMutation({
    mutationFn: () => post<Memory>(`companions/${companionId}/memories`, { text }),
    onSuccess: () => {
      setText("");
      done();
    },
  });
  const change = useMutation({ mutationFn: ({ id, ...values }: { id: string; pinned?: boolean; text?: string }) => patch<Memory>(`memories/${id}`, values), onSettled: done });
  const forget = useMutation({ mutationFn: (id: string) => remove(`memories/${id}`), onSettled: done });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (text.trim()) add.mutate();
  };
  const all = list.data?.items ?? [];
  const shown = all.filter((memory) => words.toLowerCase().split(/\s+/).every((word) => memory.text.toLowerCase().includes(word)));
  return (
    <Dialog title={`What ${name} remembers`} onClose={onClose}>
      <form onSubmit={submit} className="mb-4 flex gap-2">
        <input value={text} maxLength={500} onChange={(e) => setText(e.target.value)} aria-label="Something to remember" placeholder="Something to remember …" className="min-h-11 min-w-0 flex-1 rounded-full border border-line bg-surface px-4 focus:border-accent focus:outline-none" />
        <Button type="submit" busy={add.isPending} disabled={!text.trim()}>
          Add
        </Button>
      </form>
      {list.isPending && <Loading />}
      {list.isError && <Problem error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <p className="py-6 text-center text-muted">Nothing yet. {name} learns as you talk.</p>}
      {all.length > 5 && (
        <input type="search" value={words} onChange={(e) => setWords(e.target.value)} aria-label="Search memories" placeholder="Search …" className="mb-3 min-h-10 w-full rounded-full border border-line bg-surface px-4 text-sm focus:border-accent focus:outline-none" />
      )}
      {all.length > 0 && shown.length === 0 && <p className="py-4 text-center text-muted">Nothing found.</p>}
      {change.isError && <p role="alert" className="mb-2 text-sm text-bad">{change.error.message}</p>}
      <ul className="space-y-2">
        {shown.map(({ source_message_ids: [source], ...memory }) => (
          <li key={memory.id} className="flex items-start gap-2 rounded-2xl bg-raised px-4 py-2.5">
            <input
              defaultValue={memory.text}
              aria-label="Memory"
              maxLength={500}
              className="min-w-0 flex-1 bg-transparent py-2 focus:outline-none"
              onBlur={(e) => {
                const value = e.target.value.trim();
                if (value && value !== memory.text) change.mutate({ id: memory.id, text: value });
              }}
            />
            {source && (
              <IconButton label="Where this was said" onClick={() => onGo(source)}>
                <Icon name="eye" size={18} />
              </IconButton>
            )}
            <IconButton label={memory.pinned ? "Unpin" : "Pin: always remembered"} aria-pressed={memory.pinned} className={cn(memory.pinned && "text-accent")} onClick={() => change.mutate({ id: memory.id, pinned: !memory.pinned })}>
              <Icon name="pin" size={18} />
            </IconButton>
            <IconButton label="Forget" onClick={() => forget.mutate(memory.id)}>
              <Icon name="trash" size={18} />
            </IconButton>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
