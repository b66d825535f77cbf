import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { remove, type Companion } from "@/lib/api";

const FORMATS = [
  { format: "png", label: "Picture", text: "for other apps" },
  { format: "json", label: "Text", text: "JSON" },
  { format: "charx", label: "Archive", text: "CHARX" },
];

/** Take a companion along as a character card, or let it go. */
export function LeaveSection({ companion }: { companion: Companion }) {
  const queries = useQueryClient();
  const go = useNavigate();
  const [memories, setMemories] = useState(false);
  const [asking, setAsking] = useState(false);
  const destroy = useMutation({
    mutationFn: () => remove(`companions/${companion.id}`),
    onSuccess: () => {
      queries.removeQueries({ queryKey: ["companion", companion.id] });
      void queries.invalidateQueries({ queryKey: ["companions"] });
      void go("/");
    },
  });
  return (
    <section className="mt-12 space-y-4 border-t border-line pt-8" aria-label="Export and delete">
      <h2 className="text-xl">Take {companion.name} along</h2>
      <p className="text-sm text-muted">A character card holds looks, character, greetings and background. Other programs can read it, and you can import it here again.</p>
      <label className="flex min-h-11 items-center gap-2.5 text-sm">
        <input type="checkbox" className="size-4.5 accent-accent" checked={memories} onChange={(event) => setMemories(event.target.checked)} />
        With what {companion.name} remembers about me
      </label>
      <div className="flex flex-wrap gap-2">
        {FORMATS.map(({ format, label, text }) => (
          <a key={format} download href={`/api/companions/${companion.id}/card?format=${format}&memories=${memories}`} className="inline-flex min-h-11 items-center gap-2 rounded-full border border-line bg-surface px-5 font-semibold hover:bg-raised">
            {label} <span className="text-sm font-normal text-muted">{text}</span>
          </a>
        ))}
      </div>
      <Button look="danger" onClick={() => setAsking(true)}>
        Delete {companion.name}
      </Button>
      {asking && (
        <Dialog title={`Delete ${companion.name}?`} onClose={() => setAsking(false)}>
          <p className="mb-5 text-muted">The whole chat, all memories and all pictures go with {companion.name}. This cannot be undone.</p>
          {destroy.isError && <p role="alert" className="mb-3 text-sm text-bad">{destroy.error.message}</p>}
          <div className="flex justify-end gap-2">
            <Button look="quiet" onClick={() => setAsking(false)}>
              Keep {companion.name}
            </Button>
            <Button look="final" busy={destroy.isPending} onClick={() => destroy.mutate()}>
              Delete for good
            </Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}
