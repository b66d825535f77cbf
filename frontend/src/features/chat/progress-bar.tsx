import { useEffect, useState } from "react";
import type { Live } from "@/features/chat/chat-stream";
import type { Step } from "@/lib/api";

const NAMES: Record<Step, string> = {
  AnalyzeContext: "Reading your message",
  GenerateReply: "Writing",
  ReanalyzeContext: "Noticing what changed",
  UpdateState: "Remembering",
  GenerateImage: "Drawing a picture",
};

const PATIENCE_MS = 8_000;

/** True when `mark` has stayed the same for some seconds: no word of the reply has come.  A mark of null never is. */
function useSilence(mark: string | null): boolean {
  const [silent, setSilent] = useState<string | null>(null);
  useEffect(() => {
    if (mark === null) return;
    const timer = setTimeout(() => setSilent(mark), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [mark]);
  return mark !== null && silent === mark;
}

/** Where each step ends, in percent; where no picture is wanted, the last one is skipped. */
const ENDS = [30, 70, 80, 85, 100];

/** The five steps of a turn as one line: where it is, and what it is doing. */
export function ProgressBar({ live }: { live: Live }) {
  const slow = useSilence(live.step === "GenerateReply" ? `${live.attempt} ${live.text.length}` : null);
  const label = slow ? "The model is busy or slow, still trying" : live.step ? NAMES[live.step] : "Starting";
  const progress = Math.max(4, live.progress);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
      <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={live.progress} className="flex h-1.5 w-36 gap-0.5">
        {ENDS.map((end, index) => {
          const start = ENDS[index - 1] ?? 0;
          const filled = Math.min(1, Math.max(0, (progress - start) / (end - start)));
          return (
            <span key={end} className="overflow-hidden rounded-full bg-line" style={{ flexGrow: end - start }}>
              <span className="block h-full rounded-full bg-accent transition-[width] duration-500" style={{ width: `${filled * 100}%` }} />
            </span>
          );
        })}
      </div>
      <span>
        {label} … <span className="tabular-nums">{live.progress} %</span>
      </span>
    </div>
  );
}
