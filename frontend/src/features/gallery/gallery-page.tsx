import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { Button } from "@/components/ui/button";
import { PictureActions } from "@/components/picture-actions";
import { Lightbox } from "@/components/ui/lightbox";
import { Picture } from "@/components/ui/picture";
import { Problem, Skeletons } from "@/components/ui/states";
import { clock, dayOf } from "@/lib/times";
import { useTitle } from "@/lib/title";
import { get, type Companion, type Picture as PictureData, type PicturePage } from "@/lib/api";

export function GalleryPage() {
  const { companionId = "" } = useParams();
  const [open, setOpen] = useState<PictureData | null>(null);
  const companion = useQuery({ queryKey: ["companion", companionId], queryFn: () => get<Companion>(`companions/${companionId}`) });
  const list = useInfiniteQuery({
    queryKey: ["images", companionId],
    queryFn: ({ pageParam }) => get<PicturePage>(`companions/${companionId}/images?limit=30${pageParam ? `&before=${pageParam}` : ""}`),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });
  useTitle(companion.data && `Pictures of ${companion.data.name}`);
  if (companion.isPending || list.isPending) return <Skeletons label="Loading pictures" className="mx-auto grid max-w-6xl grid-cols-2 gap-3 px-5 pt-24 sm:grid-cols-3 lg:grid-cols-5" count={10} each="aspect-[832/1216]" />;
  if (companion.isError) return <Problem error={companion.error} />;
  if (list.isError) return <Problem error={list.error} onRetry={() => void list.refetch()} />;
  const pictures = list.data.pages.flatMap((page) => page.items);
  const { name } = companion.data;
  const at = pictures.findIndex((picture) => picture.id === open?.id);
  const step = (by: 1 | -1) => setOpen((now) => pictures[(at + by + pictures.length) % pictures.length] ?? now);
  return (
    <div className="mx-auto max-w-6xl px-5 pb-16">
      <Link to={`/chat/${companionId}`} className="inline-flex min-h-11 items-center text-sm text-muted hover:text-ink">
        ← Back to the chat
      </Link>
      <h1 className="mt-2 mb-6 text-3xl sm:text-4xl">Pictures of {name}</h1>
      {pictures.length === 0 && <p className="mx-auto max-w-md py-16 text-center text-muted">No pictures yet. They come with the story, or when you ask {name} for one.</p>}
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-5">
        {pictures.map((picture) => (
          <li key={picture.id}>
            <button type="button" onClick={() => setOpen(picture)} className="block w-full overflow-hidden rounded-2xl shadow-soft transition hover:-translate-y-0.5" aria-label={`Open the picture of ${dayOf(picture.created_at)}, ${clock(picture.created_at)}`}>
              <Picture picture={picture} sizes="(min-width: 1024px) 220px, 45vw" alt="" className="aspect-[832/1216] w-full object-cover" />
            </button>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <div className="mt-8 text-center">
          <Button look="outline" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
      {open && (
        <Lightbox key="viewer" picture={open} {...(pictures.length > 1 ? { onStep: step, place: `${at + 1} of ${pictures.length}` } : {})} name={name} onClose={() => setOpen(null)} actions={<PictureActions companion={companion.data} picture={open} onDone={() => setOpen(null)} />} />
      )}
    </div>
  );
}
