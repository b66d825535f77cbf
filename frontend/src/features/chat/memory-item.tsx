import { IconButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import type { Memory } from "@/lib/api";
import { cn } from "@/lib/cn";
import { shortly } from "@/lib/times";

export type MemoryChange = Partial<Pick<Memory, "text" | "kind" | "importance" | "pinned">>;
type Props = { memory: Memory; onChange: (values: MemoryChange) => void; onForget: () => void; onGo: (messageId: string) => void };

const KINDS: Record<Memory["kind"], string> = { fact: "Fact", preference: "Taste", promise: "Promise", event: "Event", relationship: "You two" };
const WEIGHTS = ["Trifle", "Minor", "Of note", "Important", "Vital"];
const PICK = "field-sizing-content min-h-9 min-w-0 cursor-pointer rounded-full bg-transparent px-2 text-muted transition hover:bg-surface hover:text-ink pointer-coarse:min-h-11";

/** One memory: corrected where it stands, pinned, forgotten, and followed to where it was said. */
export function MemoryItem({ memory, onChange, onForget, onGo }: Props) {
  const source = memory.source_message_ids[0];
  return (
    <li className="rounded-2xl bg-raised p-1.5 ps-4">
      <textarea
        key={memory.text}
        defaultValue={memory.text}
        aria-label="Memory"
        rows={1}
        maxLength={500}
        className="field-sizing-content w-full resize-none rounded-lg bg-transparent pt-1.5 pe-2 leading-snug focus:outline-none focus-visible:ring-2 focus-visible:ring-accent"
        onKeyDown={(event) => {
          if (event.key === "Enter") {
            event.preventDefault();
            event.currentTarget.blur();
          }
        }}
        onBlur={(event) => {
          const value = event.target.value.trim();
          if (value && value !== memory.text) onChange({ text: value });
          else event.target.value = memory.text;
        }}
      />
      <div className="flex items-center justify-between">
        <span className="-ms-3 flex min-w-0 items-center text-xs text-muted">
          <select aria-label="Kind" value={memory.kind} onChange={(event) => onChange({ kind: event.target.value as Memory["kind"] })} className={PICK}>
            {Object.entries(KINDS).map(([kind, label]) => (
              <option key={kind} value={kind}>
                {label}
              </option>
            ))}
          </select>
          <select aria-label="Importance" value={memory.importance} onChange={(event) => onChange({ importance: Number(event.target.value) })} className={PICK}>
            {WEIGHTS.map((label, index) => (
              <option key={label} value={index + 1}>
                {label}
              </option>
            ))}
          </select>
          <span className="truncate ps-2 max-sm:hidden">{shortly(memory.created_at)}</span>
        </span>
        <span className="flex shrink-0">
          {source && (
            <IconButton label="Where this was said" onClick={() => onGo(source)}>
              <Icon name="speech" size={18} />
            </IconButton>
          )}
          <IconButton label={memory.pinned ? "Unpin" : "Pin: always remembered"} aria-pressed={memory.pinned} className={cn(memory.pinned && "bg-accent-soft text-accent")} onClick={() => onChange({ pinned: !memory.pinned })}>
            <Icon name="pin" size={18} />
          </IconButton>
          <IconButton label="Forget" onClick={onForget}>
            <Icon name="trash" size={18} />
          </IconButton>
        </span>
      </div>
    </li>
  );
}
