import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { EMPTY, useDraft, type Draft } from "@/features/companions/draft";
import { FinishStep } from "@/features/companions/finish-step";
import { IdentityStep } from "@/features/companions/identity-step";
import { surprise } from "@/features/companions/surprise";
import { OptionTiles } from "@/components/option-tiles";
import { call, patch, persistently, post, type Catalogue, type Companion, type StartedTurn } from "@/lib/api";
import { useTitle } from "@/lib/title";
import { cn } from "@/lib/cn";

const STEPS = [
  { id: "style", label: "Style", title: "In which style do you see them?" },
  { id: "look", label: "Look", title: "How do they look?" },
  { id: "body", label: "Body", title: "Which build?" },
  { id: "identity", label: "Identity", title: "Who are they?" },
  { id: "finish", label: "Finish", title: "The finishing touches" },
] as const;

type Props = { catalogue: Catalogue; companion: Companion | null; storageKey: string; initial: Draft };

export function Wizard({ catalogue, companion, storageKey, initial }: Props) {
  const { draft, setDraft, clear } = useDraft(storageKey, initial);
  const [index, setIndex] = useState(0);
  const [photo, setPhoto] = useState<Blob | null>(null);
  const [draw, setDraw] = useState(!companion);
  const [nameless, setNameless] = useState(false);
  useTitle(companion ? `Edit ${companion.name}` : "New companion");
  const navigate = useNavigate();
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: async () => {
      const body = { ...draft, name: draft.name.trim(), identity: clean(draft.identity) };
      const saved = companion ? await patch<Companion>(`companions/${companion.id}`, body) : await persistently(() => post<Companion>("companions", body));
      if (photo) await call("POST", `companions/${saved.id}/picture`, { blob: photo });
      else if (draw) await post<StartedTurn>(`companions/${saved.id}/images`, {}).catch(() => undefined);
      return saved;
    },
    onSuccess: (saved) => {
      clear();
      void queries.invalidateQueries({ queryKey: ["companions"] });
      queries.removeQueries({ queryKey: ["companion", saved.id] });
      void navigate(`/chat/${saved.id}`, { replace: true });
    },
  });
  const step = STEPS[index] ?? STEPS[0];
  const presentation = typeof draft.appearance.presentation === "string" ? draft.appearance.presentation : "feminine";
  const groups = catalogue.groups.filter((group) => group.step === step.id && (group.only_for.length === 0 || group.only_for.includes(presentation)));
  const move = (to: number) => {
    setIndex(Math.max(0, Math.min(STEPS.length - 1, to)));
    window.scrollTo({ top: 0 });
  };
  const finish = () => {
    if (draft.name.trim()) {
      save.mutate();
      return;
    }
    setNameless(true);
    move(STEPS.findIndex(({ id }) => id === "identity"));
  };
  const startOver = () => {
    setDraft(EMPTY);
    move(0);
  };
  return (
    <div className="mx-auto max-w-3xl px-5 pb-28">
      <div className="mb-2 flex items-center justify-between">
        <Link to={companion ? `/chat/${companion.id}` : "/"} className="-ms-1 inline-flex min-h-11 items-center gap-1 text-sm text-muted hover:text-ink">
          <Icon name="back" size={18} /> Leave
        </Link>
        {!companion && JSON.stringify(draft) !== JSON.stringify(EMPTY) && (
          <button type="button" className="min-h-11 text-sm text-muted hover:text-ink" onClick={startOver}>
            Start over
          </button>
        )}
      </div>
      <ol className="mb-8 grid grid-cols-5 gap-1.5" aria-label="Steps">
        {STEPS.map(({ id, label }, position) => (
          <li key={id}>
            <button type="button" onClick={() => move(position)} aria-current={position === index ? "step" : undefined} className="min-h-11 w-full truncate text-start text-xs sm:text-sm">
              <span className={cn("mb-1.5 block h-1.5 rounded-full transition-colors", position <= index ? "bg-accent" : "bg-line")} />
              <span className={position === index ? "font-semibold" : "text-muted"}>{label}</span>
            </button>
          </li>
        ))}
      </ol>
      <div className="mb-6 flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-3xl sm:text-4xl">{step.title}</h1>
        {groups.length > 0 && (
          <Button look="outline" small onClick={() => setDraft({ ...draft, appearance: surprise(groups, draft.appearance) })}>
            <Icon name="dice" size={18} /> Surprise me
          </Button>
        )}
      </div>
      <div className="animate-rise space-y-8" key={step.id}>
        {groups.map((group) => (
          <OptionTiles key={group.id} group={group} usual appearance={draft.appearance} onChange={(appearance) => setDraft({ ...draft, appearance })} />
        ))}
        {step.id === "identity" && <IdentityStep draft={draft} catalogue={catalogue} nameless={nameless && !draft.name.trim()} onChange={setDraft} />}
        {step.id === "finish" && <FinishStep draft={draft} catalogue={catalogue} companion={companion} photo={photo} draw={draw} onChange={setDraft} onPhoto={setPhoto} onDraw={setDraw} />}
        {save.isError && (
          <p role="alert" className="rounded-2xl bg-bad-soft px-4 py-3 text-bad">
            {save.error.message}
          </p>
        )}
      </div>
      <footer className="fixed inset-x-0 bottom-0 border-t border-line bg-canvas/95 pt-3 pb-[max(0.750rem,env(safe-area-inset-bottom))] backdrop-blur">
        <div className="mx-auto flex max-w-3xl items-center justify-between gap-3 px-5">
          <Button look="quiet" disabled={index === 0} onClick={() => move(index - 1)}>
            <Icon name="back" size={18} /> Back
          </Button>
          {index < STEPS.length - 1 ? (
            <Button onClick={() => move(index + 1)}>
              Next <Icon name="next" size={18} />
            </Button>
          ) : (
            <Button busy={save.isPending} onClick={finish}>
              {companion ? "Save" : `Meet ${draft.name.trim() || "them"}`}
            </Button>
          )}
        </div>
      </footer>
    </div>
  );
}

function clean(identity: Draft["identity"]): Draft["identity"] {
  const greetings = identity.alternate_greetings?.filter((greeting) => greeting.trim());
  // An emptied field would travel as null; JSON leaves out what is undefined.
  return JSON.parse(JSON.stringify({ ...identity, alternate_greetings: greetings })) as Draft["identity"];
}
