import { onArrows } from "@/lib/arrows";
import { cn } from "@/lib/cn";

type ChoiceProps<T extends string> = { label: string; hint?: string; value: T; options: [T, string][]; onChange: (value: T) => void };

/** One of a few, side by side. */
export function Choice<T extends string>({ label, hint, value, options, onChange }: ChoiceProps<T>) {
  return (
    <div>
      <fieldset className="flex flex-wrap items-center justify-between gap-2">
        <legend className="float-start">{label}</legend>
        <div role="radiogroup" aria-label={label} onKeyDown={onArrows} className="flex flex-wrap rounded-3xl bg-raised p-1">
          {options.map(([id, text]) => (
            <button key={id} type="button" role="radio" aria-checked={value === id} tabIndex={value === id ? 0 : -1} onClick={() => onChange(id)} className={cn("min-h-9 rounded-full px-4 text-sm transition pointer-coarse:min-h-11", value === id ? "bg-accent-soft font-semibold ring-1 ring-accent" : "text-muted hover:text-ink")}>
              {text}
            </button>
          ))}
        </div>
      </fieldset>
      {hint && <p className="mt-1.5 text-sm text-muted">{hint}</p>}
    </div>
  );
}

type ToggleProps = { label: string; hint?: string | false; value: boolean; onChange: (value: boolean) => void };

export function Toggle({ label, hint, value, onChange }: ToggleProps) {
  return (
    <label className="flex min-h-11 items-center justify-between gap-4">
      <span>
        {label}
        {hint && <span className="block text-sm text-muted">{hint}</span>}
      </span>
      <Switch value={value} onChange={onChange} />
    </label>
  );
}

type SwitchProps = { label?: string; value: boolean; disabled?: boolean; onChange: (value: boolean) => void };

/** On or off, at once.  `label` where no text stands beside it. */
export function Switch({ label, value, disabled, onChange }: SwitchProps) {
  return (
    <input
      type="checkbox"
      role="switch"
      aria-label={label}
      checked={value}
      disabled={disabled}
      onChange={(e) => onChange(e.target.checked)}
      className="relative h-7 w-12 shrink-0 cursor-pointer appearance-none rounded-full border border-muted bg-raised transition before:absolute before:start-0.5 before:top-0.5 before:size-5.5 before:rounded-full before:bg-muted before:transition checked:border-accent checked:bg-accent checked:before:translate-x-5 checked:before:bg-accent-ink"
    />
  );
}
