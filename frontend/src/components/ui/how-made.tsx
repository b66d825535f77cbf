import { Copy } from "@/components/ui/copy";
import type { Picture } from "@/lib/api";

/** What the image server was told: prompt, seed and settings, each to be copied. */
export function HowMade({ picture }: { picture: Picture }) {
  const { steps, cfg_scale, sampler_name } = picture.settings as Record<string, string | number | undefined>;
  const settings = [
    picture.model,
    `${picture.width} × ${picture.height}`,
    steps && `${steps} steps`,
    cfg_scale && `CFG ${cfg_scale}`,
    sampler_name,
  ].filter(Boolean);
  return (
    <dl className="space-y-3 break-words">
      <Row label="Prompt" text={picture.prompt} />
      <Row label="Left out" text={picture.negative_prompt} />
      <Row label="Seed" text={picture.seed === null ? null : String(picture.seed)} />
      <div>
        <dt className="font-semibold">Settings</dt>
        <dd className="mt-1 text-muted">{settings.join(" · ")}</dd>
      </div>
    </dl>
  );
}

function Row({ label, text }: { label: string; text: string | null }) {
  if (!text) return null;
  return (
    <div>
      <dt className="flex items-center justify-between font-semibold">
        {label}
        <Copy text={text} label={`Copy the ${label.toLowerCase()}`} className="-my-1.5 size-9 pointer-coarse:size-11" />
      </dt>
      <dd className="mt-1 text-muted">{text}</dd>
    </div>
  );
}
