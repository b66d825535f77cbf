import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import { cn } from "@/lib/cn";

type Props = { title: ReactNode; hint?: string; children: ReactNode; className?: string };

/** A part of a page that most people never need: its title, and the rest on demand. */
export function Fold({ title, hint, children, className }: Props) {
  return (
    <details className={cn("group rounded-3xl bg-surface ring-1 ring-line/60", className)}>
      <summary className="flex min-h-11 items-center gap-4 rounded-3xl px-5 py-4">
        <span className="min-w-0 flex-1">
          <span className="block font-semibold">{title}</span>
          {hint && <span className="mt-0.5 block text-sm text-muted">{hint}</span>}
        </span>
        <span className="shrink-0 text-muted transition-transform group-open:rotate-180">
          <Icon name="unfold" />
        </span>
      </summary>
      <div className="px-5 pb-5">{children}</div>
    </details>
  );
}
