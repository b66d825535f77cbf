import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { ImportCard } from "@/features/companions/import-card";
import { ShowMore, usePaged } from "@/components/paged";
import { SearchDialog } from "@/components/search-dialog";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Avatar, Picture } from "@/components/ui/picture";
import { Empty, Problem, Skeletons } from "@/components/ui/states";
import type { Companion, CompanionPage } from "@/lib/api";
import { plain } from "@/lib/markdown";
import { useMe } from "@/lib/session";
import { shortly } from "@/lib/times";
import { useTitle } from "@/lib/title";

export function CompanionsPage() {
  const me = useMe();
  const go = useNavigate();
  const [searching, setSearching] = useState(false);
  useTitle("Your companions");
  const { list, items: companions } = usePaged<CompanionPage>(["companions"], "companions", 24);
  if (list.isPending) return <Skeletons label="Loading companions" className="mx-auto grid max-w-6xl grid-cols-2 gap-4 px-5 pt-20 sm:grid-cols-3 lg:grid-cols-4" count={4} each="aspect-[4/6]" />;
  if (list.isError) return <Problem error={list.error} onRetry={() => void list.refetch()} />;
  if (companions.length === 0) {
    return (
      <>
      <p className="-mb-10 flex justify-center -space-x-5 pt-10" aria-hidden>
        {["wavy", "side_part", "curly"].map((style) => (
          <img key={style} src={`/options/hair_style/${style}.webp`} alt="" width={96} height={96} className="size-24 rounded-full bg-raised object-cover shadow-soft ring-4 ring-canvas odd:translate-y-2" />
        ))}
      </p>
      <Empty title={`Hello, ${me.data?.name ?? "you"}`} text="There is nobody here yet. Make a companion: how they look, who they are, how they speak. It takes two minutes, and everything can be changed later.">
        <div className="flex flex-wrap justify-center gap-2">
          <NewLink label="Make your first companion" />
          <ImportCard />
        </div>
      </Empty>
      </>
    );
  }
  return (
    <div className="mx-auto max-w-6xl px-5 pb-16">
      <div className="mb-6 flex flex-wrap items-end justify-between gap-4 pt-2">
        <h1 className="text-3xl sm:text-4xl">Your companions</h1>
        <div className="flex flex-wrap gap-1.5 sm:gap-2">
          <Button look="outline" aria-label="Search" title="Search all chats" className="max-sm:px-3" onClick={() => setSearching(true)}>
            <Icon name="search" /> <span className="max-sm:hidden">Search</span>
          </Button>
          <ImportCard compact />
          <NewLink label="New companion" />
        </div>
      </div>
      <ul className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-4">
        {companions.map((companion) => (
          <Card key={companion.id} companion={companion} />
        ))}
      </ul>
      <ShowMore list={list} />
      {searching && (
        <SearchDialog
          who={(id) => companions.find((companion) => companion.id === id)?.name ?? "Companion"}
          onClose={() => setSearching(false)}
          onGo={(hit) => void go(`/chat/${hit.companion_id}`, { state: { show: hit.message_id } })}
        />
      )}
    </div>
  );
}

function NewLink({ label }: { label: string }) {
  return (
    <Link to="/companions/new" className="inline-flex min-h-11 items-center gap-2 rounded-full bg-accent px-5 font-semibold text-accent-ink shadow-soft transition hover:brightness-110">
      <Icon name="plus" /> {label}
    </Link>
  );
}

function Card({ companion }: { companion: Companion }) {
  return (
    <li className="group animate-rise">
      <Link to={`/chat/${companion.id}`} className="block overflow-hidden rounded-3xl bg-surface shadow-soft ring-1 ring-line/60 transition hover:-translate-y-0.5">
        <div className="aspect-[4/5] overflow-hidden bg-raised">
          {companion.picture ? (
            <Picture picture={companion.picture} sizes="(min-width: 1024px) 280px, 45vw" alt="" className="size-full object-cover object-[50%_15%] transition duration-500 motion-safe:group-hover:scale-[1.030]" />
          ) : (
            <Avatar name={companion.name} picture={null} className="size-full rounded-none! text-7xl" />
          )}
        </div>
        <div className="p-4">
          <div className="flex items-baseline gap-2">
            <h2 className="min-w-0 flex-1 truncate text-lg">{companion.name}</h2>
            {companion.last_message && (
              <time dateTime={companion.last_message.created_at} className="shrink-0 text-xs text-muted tabular-nums max-sm:hidden">
                {shortly(companion.last_message.created_at)}
              </time>
            )}
          </div>
          <p className="mt-1 line-clamp-2 min-h-10 text-sm text-muted">
            {companion.last_message ? plain(companion.last_message.text) : `${companion.state.location || "Waiting"} · say hello`}
          </p>
        </div>
      </Link>
    </li>
  );
}

