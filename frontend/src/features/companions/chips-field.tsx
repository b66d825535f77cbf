import { useState } from "react";
import { onArrows } from "@/lib/arrows";
import { cn } from "@/lib/cn";

type Props = { label: string; values: string[]; suggestions: string[]; limit?: number; onChange: (values: string[]) => void };

/** Several words at once: tap suggestions, or write one's own and press Enter. */
export function ChipsField({ label, values, suggestions, limit = 12, onChange }: Props) {
  const [text, setText] = useState("");
  const toggle = (word: string) =>
    onChange(values.includes(word) ? values.filter((value) => value !== word) : values.length < limit ? [...values, word] : values);
  const add = () => {
    const word = text.trim().slice(0, 60);
    if (word && !values.includes(word) && values.length < limit) onChange([...values, word]);
    setText("");
  };
  return (
    <fieldset className="space-y-2.5">
      <legend className="font-semibold">{label}</legend>
      <div className="flex flex-wrap gap-2" onKeyDown={onArrows}>
        {[...values.filter((value) => !suggestions.includes(value)), ...suggestions].map((word) => (
          <button
            key={word}
            type="button"
            role="checkbox"
            aria-checked={values.includes(word)}
            onClick={() => toggle(word)}
            className={cn(
              "min-h-9 rounded-full border px-3.5 pointer-coarse:min-h-11 text-sm transition",
              values.includes(word) ? "border-accent bg-accent text-accent-ink" : "border-line bg-surface hover:border-accent",
            )}
          >
            {word}
          </button>
        ))}
      </div>
      <input
        value={text}
        aria-label={`Add to ${label.toLowerCase()}`}
        placeholder="Something else …"
        onChange={(e) => setText(e.target.value)}
        onBlur={add}
        onKeyDown={(e) => {
          if (e.key === "Enter") {
            e.preventDefault();
            add();
          }
        }}
        className="min-h-11 w-56 max-w-full rounded-full border border-line bg-surface px-4 text-sm focus:border-accent focus:outline-none"
      />
    </fieldset>
  );
}
