import { Link } from "react-router";
import { ICON_LINK, IconButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Avatar } from "@/components/ui/picture";
import { Skeleton } from "@/components/ui/states";
import type { Companion } from "@/lib/api";
import { cn } from "@/lib/cn";

type Props = { companion: Companion; onOpen: (next: { kind: "memories" | "search" | "menu" }) => void };

/** Who one talks with, where they are, and the ways on; where it is narrow most of them are in the menu. */
export function ChatHeader({ companion, onOpen }: Props) {
  return (
    <header className="flex items-center gap-1.5 border-b border-line px-2 pt-[max(0.500rem,env(safe-area-inset-top))] pb-2 sm:gap-2 sm:px-5">
      <Link to="/" aria-label="All companions" title="All companions" className={ICON_LINK}>
        <Icon name="back" />
      </Link>
      <Avatar name={companion.name} picture={companion.picture} className="size-11 shrink-0 text-lg" />
      <div className="ms-1 min-w-0 flex-1">
        <h1 className="truncate text-lg">{companion.name}</h1>
        <p className="truncate text-sm text-muted">{companion.state.location || "somewhere"}</p>
      </div>
      <IconButton label="Search this chat" className="max-sm:hidden" onClick={() => onOpen({ kind: "search" })}>
        <Icon name="search" />
      </IconButton>
      <IconButton label={`What ${companion.name} remembers`} className="max-sm:hidden" onClick={() => onOpen({ kind: "memories" })}>
        <Icon name="heart" />
      </IconButton>
      <Link to={`/gallery/${companion.id}`} aria-label="Pictures" title="Pictures" className={ICON_LINK}>
        <Icon name="image" />
      </Link>
      <Link to={`/companions/${companion.id}/edit`} aria-label={`Edit ${companion.name}`} title="Edit" className={cn(ICON_LINK, "max-sm:hidden")}>
        <Icon name="edit" />
      </Link>
      <IconButton label="Menu" aria-haspopup="dialog" className="lg:hidden" onClick={() => onOpen({ kind: "menu" })}>
        <Icon name="more" />
      </IconButton>
    </header>
  );
}

/** The chat's places, while it comes. */
export function Opening() {
  return (
    <div role="status" className="mx-auto flex h-dvh max-w-7xl flex-col">
      <span className="sr-only">Opening the chat</span>
      <div className="flex items-center gap-3 border-b border-line px-3 py-2 sm:px-5">
        <Skeleton className="size-11 rounded-full" />
        <Skeleton className="h-5 w-32 rounded-full" />
      </div>
      <div className="flex flex-1 flex-col justify-end gap-5 px-3 py-5 sm:px-5">
        <Skeleton className="h-20 w-3/5 max-w-md" />
        <Skeleton className="h-12 w-2/5 max-w-xs self-end" />
        <Skeleton className="h-24 w-2/3 max-w-lg" />
        <Skeleton className="h-14 w-full rounded-full" />
      </div>
    </div>
  );
}
