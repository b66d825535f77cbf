import { Avatar } from "@/components/ui/picture";
import type { Companion } from "@/lib/api";

type Props = {
  companion: Companion;
  model: string | null;
  /** Nothing has been said yet. */
  isFirst: boolean;
};

/** What stands above the first message: who this is, that it is an AI, and which model answers. */
export function Welcome({ companion, model, isFirst }: Props) {
  return (
    <>
      {isFirst && (
        <div className="flex animate-rise flex-col items-center gap-3 pt-8 pb-6 text-center">
          <Avatar name={companion.name} picture={companion.picture} className="size-28 text-5xl shadow-soft" />
          <h2 className="text-2xl">Say hello to {companion.name}</h2>
          <p className="max-w-xs text-muted">What you write sets the scene: where you are, what you do, what {companion.name} wears.</p>
        </div>
      )}
      <p className="mx-auto mb-6 max-w-md text-center text-sm text-pretty break-words text-muted">
        {companion.name} is an AI character. What it says can be wrong, and it is no substitute for people or professional help.
        {model && <ModelNote model={model} />}
      </p>
    </>
  );
}

const OPENERS = ["Where are you right now?", "*sits down next to you* Long day?", "Let's go for a walk by the sea."];

/** Something to begin with, for who does not know what to write; it goes to where one writes, not out. */
export function Openers({ onChoose }: { onChoose: (text: string) => void }) {
  return (
    <ul className="mt-6 flex animate-rise flex-wrap justify-center gap-2" aria-label="Something to begin with">
      {OPENERS.map((text) => (
        <li key={text}>
          <button type="button" onClick={() => onChoose(text)} className="min-h-11 rounded-full border border-line bg-surface px-4 text-sm transition hover:border-accent">
            {text}
          </button>
        </li>
      ))}
    </ul>
  );
}

const LOCAL = "local/";

/** Which model plays the companion, in honest words. */
function ModelNote({ model }: { model: string }) {
  if (!model.startsWith(LOCAL)) return <> Played by {model}.</>;
  return (
    <>
      {" "}
      Played by a small model on this computer ({model.slice(LOCAL.length)}): it forgets and repeats itself. A larger one talks much better; the README says how to set one.
    </>
  );
}
