import { useState } from "react";
import type { Appearance, OptionGroup } from "@/lib/api";
import { onArrows } from "@/lib/arrows";
import { cn } from "@/lib/cn";

type Props = {
  group: OptionGroup;
  appearance: Appearance;
  /** What is not chosen is what the catalogue calls usual, and is shown so. */
  usual?: boolean;
  onChange: (appearance: Appearance) => void;
};

/** What is no look: shown as words (scripts/option_thumbnails.py draws everything else). */
const WORDS = new Set(["ethnicity"]);

/** A question of the catalogue as tiles one can see: a colour, a picture, or a word. */
export function OptionTiles({ group, appearance, usual, onChange }: Props) {
  const look = WORDS.has(group.id) ? "word" : group.options.some((option) => option.swatch) ? "colour" : "picture";
  const chosen = appearance[group.id] ?? (usual ? group.default : null);
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
        className={GRIDS[look]}
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
            className={cn(TILES[look], look !== "colour" && (has(option.id) ? "border-accent bg-accent-soft" : "border-transparent bg-surface ring-1 ring-line hover:ring-accent"))}
          >
            {option.swatch && <Swatch colour={option.swatch} chosen={has(option.id)} />}
            {look === "picture" && <Thumbnail group={group.id} id={option.id} label={option.label} />}
            <span className={cn(look === "picture" && "pb-0.5", look === "colour" && has(option.id) && "font-semibold")}>{option.label}</span>
          </button>
        ))}
      </div>
    </fieldset>
  );
}

const GRIDS = {
  word: "flex flex-wrap gap-2",
  colour: "grid grid-cols-[repeat(auto-fill,minmax(4rem,1fr))] gap-x-1 gap-y-2",
  picture: "grid grid-cols-[repeat(auto-fill,minmax(5.500rem,1fr))] gap-2.5",
};
const TILES = {
  word: "min-h-11 rounded-full border-2 px-4 text-sm transition",
  colour: "group flex flex-col items-center gap-1.5 rounded-2xl pt-1.5 pb-1 text-center text-xs leading-tight",
  picture: "flex flex-col items-center gap-1.5 rounded-2xl border-2 p-1.5 text-center text-xs leading-tight transition",
};

function Swatch({ colour, chosen }: { colour: string; chosen: boolean }) {
  return (
    <span
      className={cn("size-11 rounded-full ring-1 ring-ink/15 outline-3 outline-offset-2 transition", chosen ? "outline-accent" : "outline-transparent group-hover:outline-line")}
      style={{ backgroundColor: colour }}
    />
  );
}

function Thumbnail({ group, id, label }: { group: string; id: string; label: string }) {
  const [missing, setMissing] = useState(false);
  if (missing) {
    return (
      <span className="flex aspect-square w-full items-center justify-center rounded-xl bg-raised font-serif text-2xl text-muted" aria-hidden>
        {label[0]}
      </span>
    );
  }
  return <img src={`/options/${group}/${id}.webp`} alt="" loading="lazy" width={96} height={96} onError={() => setMissing(true)} className="aspect-square w-full rounded-xl bg-raised object-cover" />;
}
