import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { get, type SearchHit } from "@/lib/api";
import { clock, dayOf } from "@/lib/times";

type SearchProps = { companionId?: string; who: (companionId: string) => string; onClose: () => void; onGo: (hit: SearchHit) => void };

/** Search one chat, or all of them; a hit leads to its message. */
export function SearchDialog({ companionId, who, onClose, onGo }: SearchProps) {
  const [query, setQuery] = useState("");
  const hits = useQuery({
    queryKey: ["search", companionId ?? "all", query],
    queryFn: () => get<{ items: SearchHit[] }>(`${companionId ? `companions/${companionId}/` : ""}messages/search?q=${encodeURIComponent(query)}`),
    placeholderData: keepPreviousData,
    enabled: query.trim().length > 1,
  });
  return (
    <Dialog title="Search" onClose={onClose}>
      <Field label="Words to find" type="search" autoFocus value={query} onChange={(e) => setQuery(e.target.value)} />
      <ul className="mt-4 space-y-2" aria-live="polite">
        {hits.data?.items.map((hit) => (
          <li key={hit.message_id}>
            <button type="button" onClick={() => onGo(hit)} className="block w-full rounded-2xl bg-raised px-4 py-3 text-start text-sm transition hover:ring-1 hover:ring-accent">
            <span className="mb-1 block text-xs text-muted">
              {hit.role === "user" ? (companionId ? "You" : `You to ${who(hit.companion_id)}`) : who(hit.companion_id)} · {dayOf(hit.created_at)}, {clock(hit.created_at)}
            </span>
            {hit.snippet.split(/(«[^»]*»)/).map((part, index) => (part.startsWith("«") ? <mark key={index} className="rounded bg-accent-soft px-0.5 text-ink">{part.slice(1, -1)}</mark> : part))}
            </button>
          </li>
        ))}
        {hits.isError && <li role="alert" className="py-6 text-center text-bad">{hits.error.message}</li>}
        {hits.data?.items.length === 0 && <li className="py-6 text-center text-muted">Nothing found.</li>}
      </ul>
    </Dialog>
  );
}
