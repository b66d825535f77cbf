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

/** The five steps of a turn as one line: where it is, and what it is doing. */
export function ProgressBar({ live }: { live: Live }) {
  const slow = useSilence(live.step === "GenerateReply" ? `${live.attempt} ${live.text.length}` : null);
  const label = slow ? "The model is busy or slow, still trying" : live.step ? NAMES[live.step] : "Starting";
  return (
    <div className="flex items-center gap-3 text-sm text-muted">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={live.progress}
        className="h-1.5 w-28 overflow-hidden rounded-full bg-raised"
      >
        <div className="h-full rounded-full bg-accent transition-[width] duration-500" style={{ width: `${Math.max(6, live.progress)}%` }} />
      </div>
      <span>{label} …</span>
    </div>
  );
}
