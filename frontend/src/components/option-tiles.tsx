import { useState } from "react";
import type { Appearance, OptionGroup } from "@/lib/api";
import { onArrows } from "@/lib/arrows";
import { cn } from "@/lib/cn";

type Props = { group: OptionGroup; appearance: Appearance; onChange: (appearance: Appearance) => void };

/** What is no look: shown as words (scripts/option_thumbnails.py draws everything else). */
const WORDS = new Set(["ethnicity"]);

/** A question of the catalogue as tiles one can see: a colour, a picture, or a word. */
export function OptionTiles({ group, appearance, onChange }: Props) {
  const inWords = WORDS.has(group.id);
  const chosen = appearance[group.id];
  const has = (id: string) => (Array.isArray(chosen) ? chosen.includes(id) : chosen === id);
  const nothing = !group.options.some((option) => has(option.id));
  const pick = (id: string) => {
    const rest = Object.fromEntries(Object.entries(appearance).filter(([key]) => key !== group.id));
    if (group.multiple) {
      const now = Array.isArray(chosen) ? chosen : [];
      const next = now.includes(id) ? now.filter((other) => other !== id) : [...now, id];
      onChange(next.length ? { ...rest, [group.id]: next } : rest);
    } else {
      onChange(has(id) ? rest : { ...rest, [group.id]: id });
    }
  };
  return (
    <fieldset>
      <legend className="mb-2.5 font-semibold">
        {group.label}
        {group.multiple && <span className="ms-2 text-sm font-normal text-muted">any number</span>}
      </legend>
      <div
        role={group.multiple ? undefined : "radiogroup"}
        aria-label={group.multiple ? undefined : group.label}
        onKeyDown={onArrows}
        className={cn(inWords ? "flex flex-wrap gap-2" : "grid gap-2.5", !inWords && "grid-cols-[repeat(auto-fill,minmax(5.500rem,1fr))]")}
      >
        {group.options.map((option, index) => (
          <button
            key={option.id}
            type="button"
            role={group.multiple ? "checkbox" : "radio"}
            aria-checked={has(option.id)}
            // One stop of the Tab key per question: arrow keys go on from there.
            tabIndex={group.multiple || has(option.id) || (nothing && index === 0) ? 0 : -1}
            onClick={() => pick(option.id)}
            className={cn(
              inWords ? "min-h-11 rounded-full border-2 px-4 text-sm transition" : "flex flex-col items-center gap-1.5 rounded-2xl border-2 p-1.5 text-center text-xs leading-tight transition",
              has(option.id) ? "border-accent bg-accent-soft" : "border-transparent bg-surface ring-1 ring-line hover:ring-accent",
            )}
          >
            {!inWords && <Thumbnail group={group.id} id={option.id} label={option.label} swatch={option.swatch ?? null} />}
            <span className={cn(!inWords && "pb-0.5")}>{option.label}</span>
          </button>
        ))}
      </div>
    </fieldset>
  );
}

function Thumbnail({ group, id, label, swatch }: { group: string; id: string; label: string; swatch: string | null }) {
  const [missing, setMissing] = useState(false);
  if (swatch) return <span className="aspect-square w-full rounded-xl" style={{ backgroundColor: swatch }} />;
  if (missing) {
    return (
      <span className="flex aspect-square w-full items-center justify-center rounded-xl bg-raised font-serif text-2xl text-muted" aria-hidden>
        {label[0]}
      </span>
    );
  }
  return <img src={`/options/${group}/${id}.webp`} alt="" loading="lazy" width={96} height={96} onError={() => setMissing(true)} className="aspect-square w-full rounded-xl bg-raised object-cover" />;
}
