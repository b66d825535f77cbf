import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";

export function Loading({ label = "Loading" }: { label?: string }) {
  return (
    <div role="status" className="flex items-center justify-center gap-1.5 p-12 text-muted">
      <span className="sr-only">{label}</span>
      {[0, 1, 2].map((dot) => (
        <span key={dot} className="size-2.5 animate-breathe rounded-full bg-accent" style={{ animationDelay: `${dot * 160}ms` }} />
      ))}
    </div>
  );
}

export function Problem({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  return (
    <div role="alert" className="mx-auto my-10 max-w-md rounded-3xl bg-bad-soft p-6 text-center">
      <p className="text-bad">{error instanceof Error ? error.message : "Something went wrong."}</p>
      {onRetry && (
        <Button look="outline" className="mt-4" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

export function Empty({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className="mx-auto max-w-md animate-rise px-6 py-16 text-center">
      <h2 className="text-2xl">{title}</h2>
      <p className="mt-3 mb-6 text-muted">{text}</p>
      {children}
    </div>
  );
}

export function Notice({ text }: { text: string | null }) {
  return (
    <p role="status" aria-live="polite" className="text-sm text-good empty:hidden">
      {text}
    </p>
  );
}
