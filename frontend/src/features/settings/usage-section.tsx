import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Fold } from "@/components/ui/fold";
import { Section } from "@/features/settings/section";
import { get, type Usage } from "@/lib/api";
import { dollars } from "@/lib/money";

type Props = { budget: string | null; onSave: (budget: string | null) => void };

/** What was used this month and in those before, and the budget that must not be passed. */
export function UsageSection({ budget, onSave }: Props) {
  const usage = useQuery({ queryKey: ["usage"], queryFn: () => get<Usage>("me/usage") });
  const current = usage.data?.current;
  const spent = Number(current?.cost_usd ?? 0);
  return (
    <Section title="Usage">
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        <Figure label="Turns" value={current?.turns.toLocaleString()} />
        <Figure label="Pictures" value={current?.images.toLocaleString()} />
        <Figure label="Tokens" value={current && (current.input_tokens + current.output_tokens).toLocaleString()} />
        <Figure label="Cost, about" value={current && dollars(spent)} />
      </dl>
      {usage.isError && <p role="alert" className="text-sm text-bad">{usage.error.message}</p>}
      {budget !== null && (
        <div className="text-sm text-muted">
          <meter min={0} max={Math.max(Number(budget), 0.01)} value={spent} aria-label="Spent of this month's budget" className="mb-1 h-2 w-full" />
          {dollars(spent)} of {dollars(Number(budget))} spent this month
        </div>
      )}
      <BudgetForm key={budget} value={budget} onSave={onSave} />
      {usage.data && usage.data.months.length > 0 && (
        <Fold title="Month by month">
          <table className="w-full text-sm tabular-nums">
            <thead className="text-xs text-muted [&_th]:pb-1.5 [&_th]:font-semibold">
              <tr>
                <th className="text-start">Month</th>
                <th className="text-end">Turns</th>
                <th className="text-end">Pictures</th>
                <th className="text-end max-sm:hidden">Tokens</th>
                <th className="text-end">Cost</th>
              </tr>
            </thead>
            <tbody className="divide-y divide-line border-t border-line [&_td]:py-2">
              {usage.data.months.map((month) => (
                <tr key={month.month}>
                  <td>{monthName(month.month)}</td>
                  <td className="text-end">{month.turns.toLocaleString()}</td>
                  <td className="text-end">{month.images.toLocaleString()}</td>
                  <td className="text-end max-sm:hidden">{(month.input_tokens + month.output_tokens).toLocaleString()}</td>
                  <td className="text-end">{dollars(Number(month.cost_usd))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Fold>
      )}
    </Section>
  );
}

function Figure({ label, value }: { label: string; value: string | undefined }) {
  return (
    <div className="rounded-2xl bg-raised px-4 py-3">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="font-serif text-xl tabular-nums">{value ?? "…"}</dd>
    </div>
  );
}

/** "2026-11" as a month of the calendar; the server counts in UTC. */
function monthName(month: string): string {
  return new Date(`${month}-01T00:00:00Z`).toLocaleDateString(undefined, { month: "long", year: "numeric", timeZone: "UTC" });
}

function BudgetForm({ value, onSave }: { value: string | null; onSave: Props["onSave"] }) {
  const [text, setText] = useState(value ?? "");
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onSave(text.trim() === "" ? null : Number(text).toFixed(2));
  };
  return (
    <form onSubmit={submit} className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        <Field label="Monthly budget in US dollars" type="number" min={0} step="0.01" inputMode="decimal" placeholder="No limit" value={text} onChange={(e) => setText(e.target.value)} hint="Chats stop before it is passed. Empty: no limit." />
      </div>
      <Button type="submit" look="outline" className="mt-6.5" disabled={text === (value ?? "")}>
        Save
      </Button>
    </form>
  );
}
