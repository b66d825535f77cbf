import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/states";
import { Section } from "@/features/settings/section";
import { get, type Readiness } from "@/lib/api";
import { cn } from "@/lib/cn";

const COLOURS: Record<Readiness["status"], string> = { healthy: "bg-good", degraded: "bg-accent", down: "bg-bad" };

/** The parts that this installation stands on, and how each is. */
export function HealthSection() {
  const health = useQuery({ queryKey: ["ready"], queryFn: () => get<Readiness>("health/ready"), retry: false });
  return (
    <Section title="What answers">
      {health.isPending && <Skeleton className="h-40" />}
      {health.isError && (
        <div role="alert" className="flex flex-wrap items-center justify-between gap-3 text-sm text-bad">
          {health.error.message}
          <Button look="outline" small onClick={() => void health.refetch()}>
            Try again
          </Button>
        </div>
      )}
      <ul className="space-y-2 empty:hidden">
        {health.data?.dependencies.map((part) => (
          <li key={part.name} className="flex items-center gap-3">
            <span className={cn("size-2.5 rounded-full", COLOURS[part.status])} aria-hidden />
            <span className="flex-1 first-letter:uppercase">{part.name.replaceAll("_", " ")}</span>
            <span className="text-sm text-muted tabular-nums">
              {part.status} · {part.latency_ms} ms
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
