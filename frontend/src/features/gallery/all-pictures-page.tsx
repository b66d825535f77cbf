import { Empty, HomeLink } from "@/components/ui/states";
import { PictureGrid } from "@/features/gallery/picture-grid";
import { useTitle } from "@/lib/title";

/** The pictures of all companions. */
export function AllPicturesPage() {
  useTitle("All pictures");
  return (
    <div className="mx-auto max-w-6xl px-5 pt-2 pb-16">
      <h1 className="mb-6 text-3xl sm:text-4xl">All pictures</h1>
      <PictureGrid
        of="all"
        empty={
          <Empty icon="image" title="No pictures yet" text="They come with the stories you tell, or when you ask for one in a chat.">
            <HomeLink />
          </Empty>
        }
      />
    </div>
  );
}
