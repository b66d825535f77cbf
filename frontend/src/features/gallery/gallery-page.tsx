import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { Button } from "@/components/ui/button";
import { PictureActions } from "@/components/picture-actions";
import { Lightbox } from "@/components/ui/lightbox";
import { Picture } from "@/components/ui/picture";
import { Empty, Loading, Problem } from "@/components/ui/states";
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
  if (companion.isPending || list.isPending) return <Loading label="Loading pictures" />;
  if (companion.isError) return <Problem error={companion.error} />;
  if (list.isError) return <Problem error={list.error} onRetry={() => void list.refetch()} />;
  const pictures = list.data.pages.flatMap((page) => page.items);
  const { name } = companion.data;
  return (
    <div className="mx-auto max-w-6xl px-5 pb-16">
      <Link to={`/chat/${companionId}`} className="text-sm text-muted hover:text-ink">
        ← Back to the chat
      </Link>
      <h1 className="mt-2 mb-6 text-3xl sm:text-4xl">Pictures of {name}</h1>
      {pictures.length === 0 && <Empty title="No pictures yet" text={`They come with the story, or when you ask ${name} for one.`} />}
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-5">
        {pictures.map((picture) => (
          <li key={picture.id}>
            <button type="button" onClick={() => setOpen(picture)} className="block w-full overflow-hidden rounded-2xl shadow-soft transition hover:-translate-y-0.5" aria-label={`Open picture of ${new Date(picture.created_at).toLocaleString()}`}>
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
        <Lightbox picture={open} name={name} onClose={() => setOpen(null)} actions={<PictureActions companion={companion.data} picture={open} onDone={() => setOpen(null)} />} />
      )}
    </div>
  );
}
