import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

type Props = ComponentProps<"button"> & { look?: "primary" | "quiet" | "outline" | "danger" | "final"; small?: boolean; busy?: boolean };

const LOOKS = {
  primary: "bg-accent text-accent-ink hover:brightness-110 shadow-soft",
  quiet: "text-ink hover:bg-raised",
  outline: "border border-line bg-surface text-ink hover:bg-raised",
  danger: "bg-bad-soft text-bad hover:brightness-95",
  /** What cannot be taken back, where one says so. */
  final: "bg-bad text-bad-ink hover:brightness-110",
};

export function Button({ look = "primary", small, busy, className, children, disabled, ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled || busy}
      aria-busy={busy ?? undefined}
      className={cn(
        "inline-flex items-center justify-center gap-2 rounded-full font-semibold transition active:scale-[0.98] disabled:opacity-55",
        small ? "min-h-9 px-3.5 text-sm pointer-coarse:min-h-11" : "min-h-11 px-5",
        LOOKS[look],
        className,
      )}
    >
      {busy && <span className="size-2 animate-breathe rounded-full bg-current" aria-hidden />}
      {children}
    </button>
  );
}

type IconProps = ComponentProps<"button"> & { label: string };

/** How a link looks that stands where an icon button could. */
export const ICON_LINK = "inline-flex size-11 shrink-0 items-center justify-center rounded-full text-muted transition hover:bg-raised hover:text-ink";
/** How a link looks that stands where an outlined button could. */
export const OUTLINE_LINK = "inline-flex min-h-11 items-center gap-2 rounded-full border border-line bg-surface px-5 font-semibold transition hover:bg-raised";

export function IconButton({ label, className, children, ...rest }: IconProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={cn(
        "inline-flex size-11 shrink-0 items-center justify-center rounded-full text-muted transition hover:bg-raised hover:text-ink disabled:opacity-40",
        className,
      )}
    >
      {children}
    </button>
  );
}
