import { Button } from "@/components/ui/button";
import { Empty, HomeLink } from "@/components/ui/states";
import { useTitle } from "@/lib/title";

/** Shown when a page breaks, or a part of the app cannot be loaded after an update. */
export function CrashPage() {
  useTitle("Something broke");
  return (
    <main className="grid min-h-dvh place-content-center">
      <Empty icon="heart" title="That should not have happened" text="The page broke. Your chats are safe: everything you sent is stored on the server.">
        <div className="flex flex-wrap justify-center gap-2">
          <Button onClick={() => location.reload()}>Load the page again</Button>
          <HomeLink />
        </div>
      </Empty>
    </main>
  );
}
