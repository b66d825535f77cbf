import type { Picture as PictureData } from "@/lib/api";
import { cn } from "@/lib/cn";

type Props = { picture: PictureData; sizes: string; alt: string; className?: string; eager?: boolean };

/** A stored picture in the best format and size the browser takes. */
export function Picture({ picture, sizes, alt, className, eager }: Props) {
  const of = (type: string) =>
    picture.sources
      .filter((source) => source.type === type)
      .map((source) => `${source.url} ${source.width}w`)
      .join(", ");
  const jpeg = picture.sources.filter((source) => source.type === "image/jpeg");
  return (
    <picture className="contents">
      <source type="image/avif" srcSet={of("image/avif")} sizes={sizes} />
      <img
        src={jpeg.at(-1)?.url}
        srcSet={of("image/jpeg")}
        sizes={sizes}
        width={picture.width}
        height={picture.height}
        alt={alt}
        loading={eager ? "eager" : "lazy"}
        className={className}
      />
    </picture>
  );
}

const TINTS = ["bg-[#b2533a]", "bg-[#7d6a3c]", "bg-[#4d6f62]", "bg-[#5e5a86]", "bg-[#8a4a63]", "bg-[#3f6a86]"];

/** A companion's face, or its initial on a colour of its own. */
export function Avatar({ name, picture, className }: { name: string; picture: PictureData | null; className?: string }) {
  if (picture) {
    return <Picture picture={picture} sizes="128px" alt="" className={cn("rounded-full object-cover object-[50%_18%]", className)} />;
  }
  const tint = TINTS[Array.from(name).reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % TINTS.length];
  return (
    <span className={cn("inline-flex items-center justify-center rounded-full font-serif text-white", tint, className)} aria-hidden>
      {Array.from(name)[0]?.toUpperCase()}
    </span>
  );
}
