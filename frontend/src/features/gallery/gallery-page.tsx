import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "react-router";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Empty, Problem, Skeleton } from "@/components/ui/states";
import { PictureGrid } from "@/features/gallery/picture-grid";
import { get, post, type Companion, type StartedTurn } from "@/lib/api";
import { useTitle } from "@/lib/title";

/** The pictures of one companion. */
export function GalleryPage() {
  const { companionId = "" } = useParams();
  const companion = useQuery({ queryKey: ["companion", companionId], queryFn: () => get<Companion>(`companions/${companionId}`) });
  useTitle(companion.data && `Pictures of ${companion.data.name}`);
  if (companion.isError) return <Problem error={companion.error} />;
  const name = companion.data?.name;
  return (
    <div className="mx-auto max-w-6xl px-5 pb-16">
      <Link to={`/chat/${companionId}`} className="-ms-1 inline-flex min-h-11 items-center gap-1 text-sm text-muted hover:text-ink">
        <Icon name="back" size={18} /> Back to the chat
      </Link>
      {name ? <h1 className="mt-2 mb-6 text-3xl sm:text-4xl">Pictures of {name}</h1> : <Skeleton className="mt-2 mb-6 h-9 w-64 rounded-full sm:h-11" />}
      <PictureGrid
        of={companionId}
        empty={
          <Empty icon="image" title="No pictures yet" text={`They come with the story, or when you ask ${name ?? "for one"}.`}>
            {companion.data && <FirstPicture companion={companion.data} />}
          </Empty>
        }
      />
    </div>
  );
}

function FirstPicture({ companion }: { companion: Companion }) {
  const go = useNavigate();
  const draw = useMutation({
    mutationFn: () => post<StartedTurn>(`companions/${companion.id}/images`),
    onSuccess: () => void go(`/chat/${companion.id}`), // where one sees it being drawn
  });
  return (
    <>
      <Button busy={draw.isPending} onClick={() => draw.mutate()}>
        <Icon name="image" /> Draw {companion.name} now
      </Button>
      {draw.isError && <p role="alert" className="mt-3 text-sm text-bad">{draw.error.message}</p>}
    </>
  );
}
