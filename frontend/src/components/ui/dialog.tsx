import { useEffect, useRef, type ReactNode } from "react";
import { IconButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { cn } from "@/lib/cn";

type Props = { title: string; onClose: () => void; children: ReactNode; wide?: boolean };

/** A modal dialog: native, so that focus stays inside and Escape closes it. */
export function Dialog({ title, onClose, children, wide }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => event.target === ref.current && onClose()}
      className={cn(
        "m-auto max-h-[92dvh] w-[calc(100vw-1.500rem)] animate-rise overflow-auto rounded-3xl bg-surface p-0 text-ink shadow-soft",
        wide ? "max-w-4xl" : "max-w-lg",
      )}
    >
      <div className="p-5 sm:p-6">
        <header className="mb-4 flex items-center justify-between gap-4">
          <h2 className="text-xl">{title}</h2>
          <IconButton label="Close" onClick={onClose}>
            <Icon name="close" />
          </IconButton>
        </header>
        {children}
      </div>
    </dialog>
  );
}
