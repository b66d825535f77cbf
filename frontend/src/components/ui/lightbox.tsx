import { useEffect, useEffectEvent, type ReactNode } from "react";
import { IconButton, OUTLINE_LINK } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Fold } from "@/components/ui/fold";
import { Icon } from "@/components/ui/icon";
import { HowMade } from "@/components/ui/how-made";
import { Picture } from "@/components/ui/picture";
import type { Picture as PictureData } from "@/lib/api";
import { cn } from "@/lib/cn";
import { clock, dayOf } from "@/lib/times";

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
    <Dialog title={name || "Picture"} onClose={onClose} wide>
      <div className="grid gap-6 md:grid-cols-[minmax(0,1fr)_18rem]">
        <div>
          <Picture picture={picture} sizes="(min-width: 768px) 560px, 92vw" alt={name ? `Picture of ${name}` : "Picture"} key={picture.id} className="mx-auto h-auto max-h-[74dvh] w-auto max-w-full rounded-2xl bg-raised" eager />
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
        <div className="space-y-5 text-sm">
          <p className="text-muted">
            {dayOf(picture.created_at)}, {clock(picture.created_at)}
          </p>
          <div className="flex flex-wrap gap-2">
            {jpeg && (
              <a href={jpeg.url} download={`${name || "picture"}.jpg`} className={cn(OUTLINE_LINK, "min-h-9 px-3.5 pointer-coarse:min-h-11")}>
                <Icon name="save" size={17} /> Download
              </a>
            )}
            {actions}
          </div>
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
            <Fold title="How it was made">
              <HowMade picture={picture} />
            </Fold>
          )}
        </div>
      </div>
    </Dialog>
  );
}
