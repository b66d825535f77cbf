import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { ShowMore, usePaged } from "@/components/paged";
import { PictureActions } from "@/components/picture-actions";
import { Lightbox } from "@/components/ui/lightbox";
import { Picture } from "@/components/ui/picture";
import { Problem, Skeletons } from "@/components/ui/states";
import { get, type Companion, type Picture as PictureData, type PicturePage } from "@/lib/api";
import { clock, dayOf } from "@/lib/times";

/** `of`: a companion's id, or "all". */
type Props = { of: string; empty: ReactNode };

/** Pictures, newest first; each opens large, with the way to the next. */
export function PictureGrid({ of, empty }: Props) {
  const [open, setOpen] = useState<PictureData | null>(null);
  const path = of === "all" ? "images" : `companions/${of}/images`;
  const { list, items: pictures } = usePaged<PicturePage>(["images", of], path, 30, { staleTime: 0 });
  if (list.isPending) return <Skeletons label="Loading pictures" className={GRID} count={10} each="aspect-[832/1216]" />;
  if (list.isError) return <Problem error={list.error} onRetry={() => void list.refetch()} />;
  if (pictures.length === 0) return empty;
  const at = pictures.findIndex((picture) => picture.id === open?.id);
  const step = (by: 1 | -1) => setOpen((now) => pictures[(at + by + pictures.length) % pictures.length] ?? now);
  return (
    <>
      <ul className={GRID}>
        {pictures.map((picture) => (
          <li key={picture.id}>
            <button type="button" onClick={() => setOpen(picture)} className="block w-full overflow-hidden rounded-2xl bg-raised shadow-soft transition hover:-translate-y-0.5" aria-label={`Open the picture of ${dayOf(picture.created_at)}, ${clock(picture.created_at)}`}>
              <Picture picture={picture} sizes="(min-width: 1024px) 220px, 45vw" alt="" className="aspect-[832/1216] w-full object-cover" />
            </button>
          </li>
        ))}
      </ul>
      <ShowMore list={list} />
      {open && <Viewer picture={open} {...(pictures.length > 1 ? { onStep: step, place: `${at + 1} of ${pictures.length}${list.hasNextPage ? "+" : ""}` } : {})} onClose={() => setOpen(null)} />}
    </>
  );
}

const GRID = "grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-5";

type ViewerProps = { picture: PictureData; onClose: () => void; onStep?: (by: 1 | -1) => void; place?: string };

function Viewer({ picture, onClose, ...steps }: ViewerProps) {
  const id = picture.companion_id;
  const companion = useQuery({ queryKey: ["companion", id], queryFn: () => get<Companion>(`companions/${id}`), placeholderData: keepPreviousData });
  // What stands in for a companion that is still on its way is the one before: its name must not be shown.
  const known = companion.data?.id === id ? companion.data : null;
  return <Lightbox {...steps} picture={picture} name={known?.name ?? ""} onClose={onClose} actions={known && <PictureActions companion={known} picture={picture} onDone={onClose} />} />;
}
