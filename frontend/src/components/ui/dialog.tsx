import { useEffectEvent, useLayoutEffect, useRef, type ReactNode } from "react";
import { IconButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { cn } from "@/lib/cn";

type Props = { title: string; onClose: () => void; children: ReactNode; wide?: boolean; unsaved?: boolean };

/**
 * A modal dialog: native, so that focus stays inside, Escape closes it, and focus goes back to where it was.
 * `unsaved`: Escape only asks to close it, as the other ways do; `onClose` decides.
 */
export function Dialog({ title, onClose, children, wide, unsaved }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const closed = useEffectEvent(() => {
    // A dialog that was opened again meanwhile has not been closed.
    if (!ref.current?.open) onClose();
  });
  const cancelled = useEffectEvent((event: Event) => {
    if (!unsaved) return;
    event.preventDefault();
    onClose();
  });
  // In a layout effect: it must be closed while it is still in the page, or the focus is lost.
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    dialog?.addEventListener("close", closed);
    dialog?.addEventListener("cancel", cancelled);
    return () => {
      dialog?.removeEventListener("cancel", cancelled);
      dialog?.removeEventListener("close", closed);
      dialog?.close();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      aria-label={title}
      onMouseDown={(event) => event.target === ref.current && onClose()}
      className={cn(
        "m-auto max-h-[92dvh] w-[calc(100vw-1.500rem)] animate-rise overflow-auto overscroll-contain rounded-3xl bg-surface p-0 text-ink shadow-soft",
        "max-sm:mb-3 max-sm:animate-sheet",
        wide ? "max-w-4xl" : "max-w-lg",
      )}
    >
      <header className="sticky top-0 z-10 flex items-center justify-between gap-4 bg-surface/95 py-3 ps-5 pe-3 backdrop-blur sm:ps-6 sm:pe-4">
        <h2 className="min-w-0 text-xl break-words">{title}</h2>
        <IconButton label="Close" onClick={onClose}>
          <Icon name="close" />
        </IconButton>
      </header>
      <div className="px-5 pt-1 pb-5 sm:px-6 sm:pb-6">{children}</div>
    </dialog>
  );
}
