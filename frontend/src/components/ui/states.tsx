import type { ReactNode } from "react";
import { Link } from "react-router";
import { Button, OUTLINE_LINK } from "@/components/ui/button";
import { Icon, type IconName } from "@/components/ui/icon";
import { ApiError } from "@/lib/api";
import { cn } from "@/lib/cn";

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

/** The place that something will take, so that nothing jumps when it comes. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn("animate-pulse rounded-3xl bg-raised", className)} />;
}

/** A whole page's worth of places, and the word for those who do not see them. */
export function Skeletons({ label, className, count, each }: { label: string; className: string; count: number; each: string }) {
  return (
    <div role="status" className={className}>
      <span className="sr-only">{label}</span>
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} className={each} />
      ))}
    </div>
  );
}

/** What went wrong with a page, and the way on. */
export function Problem({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const gone = error instanceof ApiError && error.status === 404;
  if (gone) {
    return (
      <Empty icon="search" title="Not here (any more)" text="This page leads to something that was deleted, or that never was.">
        <HomeLink />
      </Empty>
    );
  }
  return (
    <div role="alert" className="mx-auto my-10 w-[calc(100%-2.500rem)] max-w-md rounded-3xl bg-bad-soft p-6 text-center">
      <p className="text-bad">{error instanceof Error ? error.message : "Something went wrong."}</p>
      <div className="mt-4 flex flex-wrap justify-center gap-2">
        {onRetry && (
          <Button look="outline" onClick={onRetry}>
            Try again
          </Button>
        )}
        <HomeLink />
      </div>
    </div>
  );
}

export function HomeLink() {
  return (
    <Link to="/" className={OUTLINE_LINK}>
      All companions
    </Link>
  );
}

type EmptyProps = { title: string; text: string; icon?: IconName; children?: ReactNode };

/** Nothing is here: why, and what to do about it. */
export function Empty({ title, text, icon, children }: EmptyProps) {
  return (
    <div className="mx-auto max-w-md animate-rise px-6 py-16 text-center">
      {icon && (
        <span className="mb-5 inline-flex size-20 items-center justify-center rounded-full bg-accent-soft text-accent">
          <Icon name={icon} size={34} />
        </span>
      )}
      <h1 className="text-2xl">{title}</h1>
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
