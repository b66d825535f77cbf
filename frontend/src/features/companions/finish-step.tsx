import { useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Area } from "@/components/ui/field";
import { Fold } from "@/components/ui/fold";
import { Avatar } from "@/components/ui/picture";
import { ImageModelSection } from "@/features/companions/image-model-section";
import { LeaveSection } from "@/features/companions/leave-section";
import { LorebookSection } from "@/features/companions/lorebook-section";
import { CropDialog } from "@/features/companions/crop-dialog";
import type { Draft } from "@/features/companions/draft";
import type { Catalogue, Companion } from "@/lib/api";

type Props = {
  draft: Draft;
  catalogue: Catalogue;
  companion: Companion | null;
  photo: Blob | null;
  draw: boolean;
  onChange: (draft: Draft) => void;
  onPhoto: (photo: Blob | null) => void;
  onDraw: (draw: boolean) => void;
};

export function FinishStep({ draft, catalogue, companion, photo, draw, onChange, onPhoto, onDraw }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const preview = useMemo(() => (photo ? URL.createObjectURL(photo) : null), [photo]);
  const words = catalogue.groups.flatMap((group) => {
    const chosen = draft.appearance[group.id];
    const labels = group.options.filter((option) => (Array.isArray(chosen) ? chosen.includes(option.id) : chosen === option.id)).map((option) => option.label.toLowerCase());
    return labels.length > 0 ? [{ label: group.label, chosen: labels.join(", ") }] : [];
  });
  return (
    <>
      <section className="flex flex-col gap-5 rounded-3xl bg-surface p-5 shadow-soft ring-1 ring-line/60 sm:flex-row">
        <div className="mx-auto size-40 shrink-0 overflow-hidden rounded-3xl bg-raised sm:mx-0">
          {preview ? <img src={preview} alt="Profile picture" className="size-full object-cover" /> : <Avatar name={draft.name || "?"} picture={companion?.picture ?? null} className="size-full rounded-none! text-6xl" />}
        </div>
        <div className="min-w-0 flex-1">
          <h2 className="text-2xl">{draft.name || "No name yet"}</h2>
          <p className="mt-1 text-muted">
            {[`${draft.identity.age ?? 25}`, draft.identity.occupation, ...(draft.identity.personality ?? [])].filter(Boolean).join(" · ")}
          </p>
          {words.length > 0 && (
            <ul className="mt-3 flex flex-wrap gap-1.5 text-xs" aria-label="Look">
              {words.map(({ label, chosen }) => (
                <li key={label} className="rounded-full bg-raised px-2.5 py-1">
                  <span className="text-muted">{label}</span> {chosen}
                </li>
              ))}
            </ul>
          )}
          <div className="mt-4 flex flex-wrap gap-2">
            <input ref={input} type="file" accept="image/jpeg,image/png,image/webp,image/avif" className="sr-only" aria-label="Choose a profile picture" onChange={(e) => setFile(e.target.files?.[0] ?? null)} />
            <Button look="outline" small onClick={() => input.current?.click()}>
              {photo ? "Another picture" : "Upload a picture"}
            </Button>
            {photo && (
              <Button look="quiet" small onClick={() => onPhoto(null)}>
                Remove
              </Button>
            )}
          </div>
          {!photo && (
            <label className="mt-3 flex min-h-11 items-center gap-2.5 text-sm">
              <input type="checkbox" checked={draw} onChange={(e) => onDraw(e.target.checked)} className="size-5 accent-(--c-accent)" />
              {companion ? "Draw a new picture from the look" : "Draw a first picture from the look"}
            </label>
          )}
        </div>
      </section>
      <div className="grid gap-4 sm:grid-cols-2">
        <Area label="Always in pictures" maxLength={2000} value={draft.visual_prompt} placeholder="a scar on the chin, a silver ring" onChange={(e) => onChange({ ...draft, visual_prompt: e.target.value })} hint="Added to every picture's prompt." />
        <Area label="Never in pictures" maxLength={2000} value={draft.negative_prompt} placeholder="hats, sunglasses" onChange={(e) => onChange({ ...draft, negative_prompt: e.target.value })} hint="Added to what every picture leaves out." />
      </div>
      {companion && <LorebookSection companion={companion} />}
      <Fold title="Own system prompt" hint="For those who write prompts themselves.">
        <Area label="System prompt" value={draft.system_prompt} onChange={(e) => onChange({ ...draft, system_prompt: e.target.value })} hint="Goes before everything else. {{char}}, {{user}} and {{original}} are filled in." />
      </Fold>
      {file && (
        <CropDialog
          file={file}
          onClose={() => setFile(null)}
          onDone={(blob) => {
            onPhoto(blob);
            setFile(null);
          }}
        />
      )}
      {companion && <ImageModelSection companion={companion} />}
      {companion && <LeaveSection companion={companion} />}
    </>
  );
}
