import { useId, type ComponentProps, type ReactNode } from "react";
import { cn } from "@/lib/cn";

const BOX =
  "w-full rounded-2xl border bg-surface px-4 py-2.5 text-ink transition placeholder:text-muted/80 focus:border-accent focus:outline-none focus-visible:outline-none focus:ring-3 focus:ring-accent/25";

type Shared = { label: string; hint?: ReactNode; error?: string | undefined };

export function Field({ label, hint, error, className, ...rest }: Shared & ComponentProps<"input">) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <input
        id={id}
        {...rest}
        aria-invalid={!!error}
        aria-describedby={error || hint ? `${id}-note` : undefined}
        className={cn(BOX, error ? "border-bad" : "border-line", className)}
      />
    </Frame>
  );
}

export function Area({ label, hint, error, className, ...rest }: Shared & ComponentProps<"textarea">) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <textarea
        id={id}
        rows={3}
        {...rest}
        aria-invalid={!!error}
        aria-describedby={error || hint ? `${id}-note` : undefined}
        className={cn(BOX, "field-sizing-content min-h-20 resize-y", error ? "border-bad" : "border-line", className)}
      />
    </Frame>
  );
}

function Frame({ id, label, hint, error, children }: Shared & { id: string; children: ReactNode }) {
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="block text-sm font-semibold">
        {label}
      </label>
      {children}
      {(error ?? hint) && (
        <p id={`${id}-note`} className={cn("text-sm", error ? "text-bad" : "text-muted")} role={error ? "alert" : undefined}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}
