import { Dialog } from "@/components/ui/dialog";
import { Picture } from "@/components/ui/picture";
import type { Picture as PictureData } from "@/lib/api";
import type { ReactNode } from "react";

type Props = { picture: PictureData; name: string; onClose: () => void; actions?: ReactNode };

/** A picture large, with how it was made and why each garment is in it or not. */
export function Lightbox({ picture, name, onClose, actions }: Props) {
  const jpeg = picture.sources.filter((source) => source.type === "image/jpeg").at(-1);
  return (
    <Dialog title={name} onClose={onClose} wide>
      <div className="grid gap-6 md:grid-cols-[minmax(0,1fr)_18rem]">
        <div>
          <Picture picture={picture} sizes="(min-width: 768px) 560px, 92vw" alt={`Picture of ${name}`} className="mx-auto max-h-[74dvh] w-auto rounded-2xl" eager />
        </div>
        <div className="space-y-4 text-sm">
          {picture.why.length > 0 && (
            <section>
              <h3 className="mb-2 text-base">Why this outfit</h3>
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
              <summary className="font-semibold">Prompt</summary>
              <p className="mt-2 break-words text-muted">{picture.prompt}</p>
              <p className="mt-2 text-muted">Seed {picture.seed} · {picture.model}</p>
            </details>
          )}
          <div className="flex flex-wrap gap-2">
            {actions}
            {jpeg && (
              <a href={jpeg.url} download={`${name}.jpg`} className="inline-flex min-h-9 items-center rounded-full border border-line px-3.5 font-semibold hover:bg-raised">
                Download
              </a>
            )}
          </div>
        </div>
      </div>
    </Dialog>
  );
}
