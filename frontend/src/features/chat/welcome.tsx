import { Avatar } from "@/components/ui/picture";
import type { Companion } from "@/lib/api";

type Props = { companion: Companion; model: string | null; isFirst: boolean };

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
      <p className="mx-auto mb-6 max-w-md text-center text-sm break-words text-muted">
        {companion.name} is an AI character. What it says can be wrong, and it is no substitute for people or professional help.
        {model && <ModelNote model={model} />}
      </p>
    </>
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
