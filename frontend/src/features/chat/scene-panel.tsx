import { useMutation } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Icon, type IconName } from "@/components/ui/icon";
import { patch, type Companion, type CompanionState } from "@/lib/api";
import { cn } from "@/lib/cn";

type FieldName = "outfit" | "location" | "action";
const FIELDS: { name: FieldName; label: string; icon: IconName }[] = [
  { name: "outfit", label: "Wearing", icon: "shirt" },
  { name: "location", label: "Where", icon: "place" },
  { name: "action", label: "Doing", icon: "spark" },
];

type Props = { companion: Companion; compact?: boolean; onChange: (state: CompanionState) => void };

/** Outfit, place and activity; each glows when the story changes it, and can be edited and locked by hand. */
export function SceneChips({ companion, compact, onChange }: Props) {
  const [editing, setEditing] = useState<FieldName | null>(null);
  return (
    <>
      <ul className={cn(compact ? "flex scroll-px-3 gap-2 overflow-x-auto px-3 pb-1 [scrollbar-width:none] sm:px-5" : "space-y-2.5")} aria-label="Scene">
        {FIELDS.map(({ name, label, icon }) => (
          <li key={name} className={compact ? "shrink-0" : ""}>
            <button
              type="button"
              // A new key restarts the glow when the story changes the value.
              key={companion.state[name]}
              onClick={() => setEditing(name)}
              title={`${label}: ${companion.state[name] || "unknown"}. Click to change.`}
              className={cn(
                "flex w-full animate-glow items-center gap-2.5 border border-line bg-surface text-start text-sm transition hover:border-accent",
                compact ? "min-h-9 max-w-64 rounded-full px-3 py-1.5 pointer-coarse:min-h-11" : "rounded-2xl px-3.5 py-2.5",
              )}
            >
              <span className="text-accent">
                <Icon name={icon} size={compact ? 16 : 19} />
              </span>
              <span className="min-w-0 flex-1">
                {!compact && <span className="block text-xs text-muted">{label}</span>}
                <span className={cn("block", compact && "truncate")}>{companion.state[name] || "—"}</span>
              </span>
              {companion.state.locked.includes(name) && <Icon name="lock" size={15} />}
            </button>
          </li>
        ))}
      </ul>
      {editing && <SceneDialog companion={companion} focus={editing} onClose={() => setEditing(null)} onChange={onChange} />}
    </>
  );
}

function SceneDialog({ companion, focus, onClose, onChange }: { companion: Companion; focus: FieldName; onClose: () => void; onChange: (state: CompanionState) => void }) {
  const [form, setForm] = useState({ ...companion.state });
  const save = useMutation({
    mutationFn: () =>
      patch<Companion>(`companions/${companion.id}`, {
        state: { outfit: form.outfit, location: form.location, action: form.action, locked: form.locked },
      }),
    onSuccess: (changed) => {
      onChange(changed.state);
      onClose();
    },
  });
  const toggle = (name: FieldName) =>
    setForm({ ...form, locked: form.locked.includes(name) ? form.locked.filter((field) => field !== name) : [...form.locked, name] });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog title="The scene" onClose={onClose}>
      <form onSubmit={submit} className="space-y-4">
        {FIELDS.map(({ name, label }) => (
          <div key={name} className="flex items-end gap-2">
            <div className="flex-1">
              <Field label={label} value={form[name]} maxLength={200} autoFocus={name === focus} onChange={(e) => setForm({ ...form, [name]: e.target.value })} />
            </div>
            <IconButton label={form.locked.includes(name) ? `Unlock: the story may change it again` : `Lock: the story cannot change it`} aria-pressed={form.locked.includes(name)} className={cn("size-11", form.locked.includes(name) && "bg-accent-soft text-accent")} onClick={() => toggle(name)}>
              <Icon name={form.locked.includes(name) ? "lock" : "unlock"} />
            </IconButton>
          </div>
        ))}
        {save.isError && <p role="alert" className="text-sm text-bad">{save.error.message}</p>}
        <Button type="submit" busy={save.isPending} className="w-full">
          Save
        </Button>
      </form>
    </Dialog>
  );
}
