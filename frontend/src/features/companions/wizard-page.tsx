import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { Loading, Problem } from "@/components/ui/states";
import { draftOf, EMPTY } from "@/features/companions/draft";
import { Wizard } from "@/features/companions/wizard";
import { get, type Companion } from "@/lib/api";
import { useCatalogue, useMe } from "@/lib/session";

export function WizardPage() {
  const { companionId } = useParams();
  const me = useMe();
  const catalogue = useCatalogue();
  const companion = useQuery({
    queryKey: ["companion", companionId],
    queryFn: () => get<Companion>(`companions/${companionId ?? ""}`),
    enabled: !!companionId,
  });
  if (catalogue.isPending || (companionId && companion.isPending)) return <Loading />;
  if (catalogue.isError) return <Problem error={catalogue.error} onRetry={() => void catalogue.refetch()} />;
  if (companion.isError) return <Problem error={companion.error} onRetry={() => void companion.refetch()} />;
  const existing = companion.data ?? null;
  return (
    <Wizard
      key={companionId ?? "new"}
      catalogue={catalogue.data}
      companion={existing}
      storageKey={`wizard:${me.data?.id ?? ""}:${companionId ?? "new"}`}
      initial={existing ? draftOf(existing) : EMPTY}
    />
  );
}
