import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Area, Field } from "@/components/ui/field";
import { get, patch, type Message, type SearchHit } from "@/lib/api";

export function EditDialog({ message, onClose, onSaved }: { message: Message; onClose: () => void; onSaved: () => void }) {
  const [text, setText] = useState(message.text);
  const save = useMutation({
    mutationFn: () => patch<Message>(`messages/${message.id}`, { text }),
    onSuccess: () => {
      onSaved();
      onClose();
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog title="Edit message" onClose={onClose}>
      <form onSubmit={submit} className="space-y-4">
        <Area label="Text" value={text} required maxLength={8000} autoFocus onChange={(e) => setText(e.target.value)} error={save.error?.message} />
        <Button type="submit" busy={save.isPending} disabled={!text.trim()} className="w-full">
          Save
        </Button>
      </form>
    </Dialog>
  );
}

export function SearchDialog({ companionId, name, onClose }: { companionId: string; name: string; onClose: () => void }) {
  const [query, setQuery] = useState("");
  const hits = useQuery({
    queryKey: ["search", companionId, query],
    queryFn: () => get<{ items: SearchHit[] }>(`companions/${companionId}/messages/search?q=${encodeURIComponent(query)}`),
    enabled: query.trim().length > 1,
  });
  return (
    <Dialog title="Search" onClose={onClose}>
      <Field label="Words to find" type="search" autoFocus value={query} onChange={(e) => setQuery(e.target.value)} />
      <ul className="mt-4 space-y-2" aria-live="polite">
        {hits.data?.items.map((hit) => (
          <li key={hit.message_id} className="rounded-2xl bg-raised px-4 py-3 text-sm">
            <p className="mb-1 text-xs text-muted">
              {hit.role === "user" ? "You" : name} · {new Date(hit.created_at).toLocaleString()}
            </p>
            {hit.snippet.split(/(«[^»]*»)/).map((part, index) => (part.startsWith("«") ? <mark key={index} className="rounded bg-accent-soft px-0.5 text-ink">{part.slice(1, -1)}</mark> : part))}
          </li>
        ))}
        {hits.data?.items.length === 0 && <li className="py-6 text-center text-muted">Nothing found.</li>}
      </ul>
    </Dialog>
  );
}
