import { useQuery } from "@tanstack/react-query";
import { Dialog } from "@/components/ui/dialog";
import { Loading, Problem } from "@/components/ui/states";
import { get, type PromptView } from "@/lib/api";
import { dollars } from "@/lib/money";

const PARTS: Record<string, string> = {
  safety: "Rules",
  persona: "Who they are",
  style: "How to write",
  scene: "The scene",
  memories: "Memories",
  lorebook: "Background",
  summary: "What happened before",
  history: "The conversation",
  instructions: "Last instructions",
};
const ROLES: Record<string, string> = { system: "Instructions", user: "You", assistant: "Companion" };
const CALLS: Record<PromptView["usage"][number]["kind"], string> = { reply: "Reply", analysis: "What changed", summary: "Summary", image: "Picture" };

/** The prompt of a turn: its parts with their size, what the turn used, and the messages as they are sent. */
export function PromptDialog({ turnId, onClose }: { turnId: string; onClose: () => void }) {
  const prompt = useQuery({ queryKey: ["prompt", turnId], queryFn: () => get<PromptView>(`turns/${turnId}/prompt`), staleTime: 0 });
  const total = prompt.data?.parts.reduce((sum, part) => sum + part.tokens, 0) ?? 0;
  return (
    <Dialog title="What the model was told" onClose={onClose} wide>
      {prompt.isPending && <Loading />}
      {prompt.isError && <Problem error={prompt.error} onRetry={() => void prompt.refetch()} />}
      {prompt.data && (
        <div className="space-y-6 text-sm">
          <Used view={prompt.data} />
          <section>
            <h3 className="text-lg">The prompt</h3>
            <p className="mt-1 mb-3 text-muted">
              Built again from what is stored now, for {prompt.data.model}. About {total.toLocaleString()} tokens.
            </p>
            <ul className="space-y-1.5" aria-label="Parts">
              {prompt.data.parts.map((part) => (
                <li key={part.name} className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 sm:grid-cols-[10rem_minmax(0,1fr)_4rem]">
                  <span className="max-sm:order-1">{PARTS[part.name] ?? part.name}</span>
                  <meter min={0} max={Math.max(total, 1)} value={part.tokens} aria-label={`${part.name}: ${part.tokens} tokens`} className="h-2 w-full max-sm:order-3 max-sm:col-span-2" />
                  <span className="text-end text-muted tabular-nums max-sm:order-2">{part.tokens.toLocaleString()}</span>
                </li>
              ))}
            </ul>
          </section>
          <ol className="space-y-3" aria-label="Messages">
            {prompt.data.messages.map((message, index) => (
              <li key={index} className="rounded-2xl bg-raised px-4 py-3">
                <p className="mb-1 text-xs font-semibold text-muted">{ROLES[message.role] ?? message.role}</p>
                <p dir="auto" className="break-words whitespace-pre-wrap">
                  {message.content}
                </p>
              </li>
            ))}
          </ol>
        </div>
      )}
    </Dialog>
  );
}

/** What the turn used, call by call. */
function Used({ view }: { view: PromptView }) {
  if (view.usage.length === 0) return null;
  const cost = view.usage.reduce((sum, call) => sum + Number(call.cost_usd), 0);
  return (
    <section>
      <h3 className="text-lg">What this turn used</h3>
      <p className="mt-1 mb-3 text-muted">
        Cost: {dollars(cost)}. {view.first_token_ms !== null && `The first word came after ${seconds(view.first_token_ms)}.`}
      </p>
      <table className="w-full text-start tabular-nums [&_.text-end]:ps-3 [&_.text-end]:whitespace-nowrap">
        <thead className="text-xs text-muted [&_th]:pb-1.5 [&_th]:font-semibold">
          <tr>
            <th className="text-start">Call</th>
            <th className="text-end">Tokens in</th>
            <th className="text-end">out</th>
            <th className="text-end">Cost</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line border-t border-line [&_td]:py-2">
          {view.usage.map((call, index) => (
            <tr key={index}>
              <td className="max-w-32 break-words sm:max-w-none">
                {CALLS[call.kind]} <span className="block text-xs text-muted sm:inline">{call.model}</span>
              </td>
              <td className="text-end">{call.kind === "image" ? "–" : call.input_tokens.toLocaleString()}</td>
              <td className="text-end">{call.kind === "image" ? "–" : call.output_tokens.toLocaleString()}</td>
              <td className="text-end">{dollars(Number(call.cost_usd))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function seconds(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toLocaleString(undefined, { maximumFractionDigits: 1 })} s`;
}
