import { useId, useState, type ComponentProps, type ReactNode } from "react";
import { IconButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { cn } from "@/lib/cn";

const BOX =
  "w-full rounded-2xl border bg-surface px-4 py-2.5 text-ink transition focus:border-accent focus:outline-none focus-visible:outline-none focus:ring-3 focus:ring-accent/25";

type Shared = { label: string; hint?: ReactNode; error?: string | undefined };

export function Field({ label, hint, error, className, ...rest }: Shared & ComponentProps<"input">) {
  const id = useId();
  const [plain, setPlain] = useState(false);
  const secret = rest.type === "password";
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <div className="relative">
        <input
          id={id}
          {...rest}
          type={secret && plain ? "text" : rest.type}
          aria-invalid={!!error}
          aria-describedby={error || hint ? `${id}-note` : undefined}
          className={cn(BOX, "min-h-11", secret && "pe-12", error ? "border-bad" : "border-edge", className)}
        />
        {secret && (
          <IconButton label={plain ? "Hide what is typed" : "Show what is typed"} aria-pressed={plain} className="absolute end-0.5 top-1/2 -translate-y-1/2" onClick={() => setPlain(!plain)}>
            <Icon name={plain ? "hide" : "eye"} size={18} />
          </IconButton>
        )}
      </div>
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
        className={cn(BOX, "field-sizing-content min-h-20 resize-y", error ? "border-bad" : "border-edge", className)}
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
