import { useState } from "react";
import { Button } from "@/components/ui/button";
import { LorebookDialog } from "@/features/companions/lorebook-dialog";
import type { Companion } from "@/lib/api";

/** The way to a companion's lorebook. */
export function LorebookSection({ companion }: { companion: Companion }) {
  const [open, setOpen] = useState(false);
  return (
    <section aria-label="Lorebook" className="flex items-center gap-4 rounded-3xl bg-surface px-5 py-4 ring-1 ring-line/60">
      <div className="min-w-0 flex-1">
        <p className="font-semibold">Lorebook</p>
        <p className="mt-0.5 text-sm text-muted">People, places and customs of their world, told when they come up.</p>
      </div>
      <Button look="outline" small onClick={() => setOpen(true)}>
        Open
      </Button>
      {open && <LorebookDialog companionId={companion.id} name={companion.name} onClose={() => setOpen(false)} />}
    </section>
  );
}
