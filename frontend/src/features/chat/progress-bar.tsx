import type { Live } from "@/features/chat/chat-stream";
import type { Step } from "@/lib/api";

const NAMES: Record<Step, string> = {
  AnalyzeContext: "Reading your message",
  GenerateReply: "Writing",
  ReanalyzeContext: "Noticing what changed",
  UpdateState: "Remembering",
  GenerateImage: "Drawing a picture",
};

/** The five steps of a turn as one line: where it is, and what it is doing. */
export function ProgressBar({ live }: { live: Live }) {
  const label = live.step ? NAMES[live.step] : "Starting";
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
