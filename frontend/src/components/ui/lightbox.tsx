import { Dialog } from "@/components/ui/dialog";
import { Picture } from "@/components/ui/picture";
import type { Picture as PictureData } from "@/lib/api";
import { useEffect, useEffectEvent, type ReactNode } from "react";
import { IconButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { dayOf, clock } from "@/lib/times";

type Props = { picture: PictureData; name: string; onClose: () => void; actions?: ReactNode; onStep?: (by: 1 | -1) => void; place?: string };

/** A picture large, with how it was made and why each garment is in it or not. */
export function Lightbox({ picture, name, onClose, actions, onStep, place }: Props) {
  const jpeg = picture.sources.filter((source) => source.type === "image/jpeg").at(-1);
  const step = useEffectEvent((event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement) return;
    if (event.key === "ArrowLeft") onStep?.(-1);
    if (event.key === "ArrowRight") onStep?.(1);
  });
  useEffect(() => {
    window.addEventListener("keydown", step);
    return () => window.removeEventListener("keydown", step);
  }, []);
  return (
    <Dialog title={name} onClose={onClose} wide>
      <div className="grid gap-6 md:grid-cols-[minmax(0,1fr)_18rem]">
        <div>
          <Picture picture={picture} sizes="(min-width: 768px) 560px, 92vw" alt={`Picture of ${name}`} key={picture.id} className="mx-auto h-auto max-h-[74dvh] w-auto max-w-full rounded-2xl bg-raised" eager />
          {onStep && (
            <div className="mt-2 flex items-center justify-center gap-3 text-sm text-muted tabular-nums">
              <IconButton label="Previous picture" onClick={() => onStep(-1)}>
                <Icon name="back" />
              </IconButton>
              <span aria-live="polite">{place}</span>
              <IconButton label="Next picture" onClick={() => onStep(1)}>
                <Icon name="next" />
              </IconButton>
            </div>
          )}
        </div>
        <div className="space-y-4 text-sm">
          <p className="text-muted">
            {dayOf(picture.created_at)}, {clock(picture.created_at)}
          </p>
          {picture.why.length > 0 && (
            <section>
              <h3 className="mb-2 text-lg">Why this outfit</h3>
              <ul className="space-y-1.5">
                {picture.why.map((garment, index) => (
                  <li key={index}>
                    <span className={garment.drawn ? "font-semibold" : "text-muted line-through"}>{garment.garment}</span>
                    <span className="text-muted"> · {garment.reason}</span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          {picture.prompt && (
            <details>
              <summary className="min-h-11 py-2.5 font-semibold">How it was made</summary>
              <dl className="space-y-2 break-words text-muted [&_dt]:font-semibold [&_dt]:text-ink">
                <dt>Prompt</dt>
                <dd>{picture.prompt}</dd>
                {picture.negative_prompt && (
                  <>
                    <dt>Kept out</dt>
                    <dd>{picture.negative_prompt}</dd>
                  </>
                )}
                <dt>Settings</dt>
                <dd>
                  Seed {picture.seed} · {picture.model} · {picture.width} × {picture.height}
                </dd>
              </dl>
            </details>
          )}
          <div className="flex flex-wrap gap-2">
            {actions}
            {jpeg && (
              <a href={jpeg.url} download={`${name}.jpg`} className="inline-flex min-h-9 items-center rounded-full border border-line px-3.5 font-semibold hover:bg-raised pointer-coarse:min-h-11">
                Download
              </a>
            )}
          </div>
        </div>
      </div>
    </Dialog>
  );
}
