import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Loading, Notice } from "@/components/ui/states";
import { OwnLook } from "@/features/settings/own-look";
import { AccountSection } from "@/features/settings/account-section";
import { LeaveSection } from "@/features/settings/leave-section";
import { Section } from "@/features/settings/section";
import { get, patch, type Preferences, type Readiness, type Usage, type User } from "@/lib/api";
import { cn } from "@/lib/cn";
import { onArrows } from "@/lib/arrows";
import { useMe } from "@/lib/session";
import { useTitle } from "@/lib/title";

export function SettingsPage() {
  const me = useMe();
  const queries = useQueryClient();
  const usage = useQuery({ queryKey: ["usage"], queryFn: () => get<Usage>("me/usage") });
  const health = useQuery({ queryKey: ["ready"], queryFn: () => get<Readiness>("health/ready"), retry: false });
  const save = useMutation({
    mutationFn: (preferences: Partial<Preferences>) => patch<User | { user: User }>("me", { preferences }),
    onSuccess: (value) => queries.setQueryData(["me"], "user" in value ? value.user : value),
  });
  useTitle("Settings");
  if (!me.data) return <Loading />;
  const { preferences } = me.data;
  return (
    <div className="mx-auto max-w-3xl space-y-6 px-5 pb-20">
      <h1 className="text-3xl sm:text-4xl">Settings</h1>
      <Section title="Look and pictures">
        <Choice label="Theme" value={preferences.theme} options={[["system", "As the device"], ["light", "Light"], ["dark", "Dark"]]} onChange={(theme) => save.mutate({ theme })} />
        <Choice label="Content" value={preferences.content_rating} options={[["safe", "Safe"], ["suggestive", "Romantic"], ["explicit", "Adult"]]} onChange={(content_rating) => save.mutate({ content_rating })} />
        <Toggle label="A picture comes with replies" value={preferences.automatic_images} onChange={(automatic_images) => save.mutate({ automatic_images })} />
        <Toggle label="I may be in pictures when we are together" value={preferences.include_me_in_pictures} onChange={(include_me_in_pictures) => save.mutate({ include_me_in_pictures })} />
        {preferences.include_me_in_pictures && Object.keys(me.data.appearance).length === 0 && <p className="text-sm text-muted">Say how you look, below, and pictures of both of you can show you.</p>}
        {save.isError && <p role="alert" className="text-sm text-bad">{save.error.message}</p>}
        <Notice text={save.isSuccess ? "Saved." : null} />
      </Section>
      <OwnLook user={me.data} />
      <AccountSection user={me.data} />
      <Section title="Usage">
        <p>
          This month: <strong>{usage.data?.current.turns ?? 0}</strong> turns, <strong>{usage.data?.current.images ?? 0}</strong> pictures, about{" "}
          <strong>${Number(usage.data?.current.cost_usd ?? 0).toFixed(2)}</strong>.
        </p>
        <BudgetForm value={preferences.monthly_budget_usd ?? null} onSave={(monthly_budget_usd) => save.mutate({ monthly_budget_usd: monthly_budget_usd?.toFixed(2) ?? null })} />
      </Section>
      <Section title="What answers">
        <ul className="space-y-2">
          {health.data?.dependencies.map((part) => (
            <li key={part.name} className="flex items-center gap-3">
              <span className={cn("size-2.5 rounded-full", part.status === "healthy" ? "bg-good" : part.status === "degraded" ? "bg-accent" : "bg-bad")} aria-hidden />
              <span className="flex-1 first-letter:uppercase">{part.name.replaceAll("_", " ")}</span>
              <span className="text-sm text-muted">
                {part.status} · {part.latency_ms} ms
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <LeaveSection />
    </div>
  );
}

function Choice<T extends string>({ label, value, options, onChange }: { label: string; value: T; options: [T, string][]; onChange: (value: T) => void }) {
  return (
    <fieldset className="flex flex-wrap items-center justify-between gap-2">
      <legend className="float-start">{label}</legend>
      <div role="radiogroup" aria-label={label} onKeyDown={onArrows} className="flex flex-wrap rounded-3xl bg-raised p-1">
        {options.map(([id, text]) => (
          <button key={id} type="button" role="radio" aria-checked={value === id} tabIndex={value === id ? 0 : -1} onClick={() => onChange(id)} className={cn("min-h-9 rounded-full px-4 text-sm transition pointer-coarse:min-h-11", value === id ? "bg-surface font-semibold shadow-soft" : "text-muted")}>
            {text}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

function Toggle({ label, value, onChange }: { label: string; value: boolean; onChange: (value: boolean) => void }) {
  return (
    <label className="flex min-h-11 items-center justify-between gap-4">
      {label}
      <input
        type="checkbox"
        role="switch"
        checked={value}
        onChange={(e) => onChange(e.target.checked)}
        className="relative h-7 w-12 shrink-0 cursor-pointer appearance-none rounded-full border border-muted bg-raised transition before:absolute before:start-0.5 before:top-0.5 before:size-5.5 before:rounded-full before:bg-muted before:transition checked:border-accent checked:bg-accent checked:before:translate-x-5 checked:before:bg-accent-ink"
      />
    </label>
  );
}

function BudgetForm({ value, onSave }: { value: number | string | null; onSave: (value: number | null) => void }) {
  const [text, setText] = useState(value === null ? "" : String(value));
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onSave(text.trim() === "" ? null : Number(text));
  };
  return (
    <form onSubmit={submit} className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        <Field label="Monthly budget in US dollars" type="number" min={0} step="0.01" inputMode="decimal" placeholder="No limit" value={text} onChange={(e) => setText(e.target.value)} hint="Chats stop before it is passed." />
      </div>
      <Button type="submit" look="outline" className="mt-6.5">
        Save
      </Button>
    </form>
  );
}
