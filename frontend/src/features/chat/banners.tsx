import { Button, IconButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { useAway, type SocketState } from "@/lib/socket";

/** Says over the transcript that the page is cut off, once that lasts. */
export function Away({ connection }: { connection: SocketState }) {
  const away = useAway(connection);
  return (
    <div className="relative">
      {away && (
        <p role="status" className="absolute inset-x-0 top-3 z-10 mx-auto flex w-fit max-w-[92%] animate-rise items-center gap-2.5 rounded-full bg-ink px-5 py-2 text-sm text-canvas shadow-soft">
          <span className="size-2 shrink-0 animate-breathe rounded-full bg-current" aria-hidden />
          {navigator.onLine ? "Reconnecting … nothing is lost." : "You are offline. What you write is kept."}
        </p>
      )}
    </div>
  );
}

/** What went wrong, until it is put away. */
export function Alert({ text, onDismiss }: { text: string; onDismiss: () => void }) {
  return (
    <div role="alert" className="flex animate-rise items-center justify-between gap-3 rounded-2xl bg-bad-soft py-1 ps-4 pe-1 text-sm text-bad">
      {text}
      <IconButton label="Dismiss" className="text-bad" onClick={onDismiss}>
        <Icon name="close" size={16} />
      </IconButton>
    </div>
  );
}

/** A word about what was done, with the way back where there is one. */
export function Note({ text, onUndo }: { text: string; onUndo: (() => void) | undefined }) {
  return (
    <div role="status" className="flex min-h-12 animate-rise items-center justify-between gap-3 rounded-2xl bg-raised py-0.5 ps-4 pe-1 text-sm">
      {text}
      {onUndo && (
        <Button look="quiet" small onClick={onUndo}>
          Undo
        </Button>
      )}
    </div>
  );
}
