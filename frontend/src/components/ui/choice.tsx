import type { ReactNode } from "react";
import { Icon, type IconName } from "@/components/ui/icon";
import { cn } from "@/lib/cn";

type Props = { icon: IconName; label: string; disabled?: boolean; danger?: boolean; onChoose: () => void; children?: ReactNode };

/** One line of a menu: what it does, and what that means. */
export function Choice({ icon, label, disabled, danger, onChoose, children }: Props) {
  return (
    <li>
      <button type="button" disabled={disabled} onClick={onChoose} className="flex min-h-11 w-full items-start gap-3.5 rounded-2xl px-3 py-2.5 text-start transition hover:bg-raised disabled:opacity-50">
        <span className={cn("mt-0.5", danger ? "text-bad" : "text-accent")}>
          <Icon name={icon} />
        </span>
        <span className="min-w-0">
          <span className={cn("block font-semibold", danger && "text-bad")}>{label}</span>
          {children && <span className="block text-sm text-muted">{children}</span>}
        </span>
      </button>
    </li>
  );
}
