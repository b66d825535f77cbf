import { useEffect, useState } from "react";
import { Dialog } from "@/components/ui/dialog";

const SHORTCUTS: [keys: string[], what: string][] = [
  [["Enter"], "Send the message"],
  [["Shift", "Enter"], "A new line"],
  [["/"], "Go to where one writes"],
  [["←", "→"], "Other versions of a reply, the next picture, the next choice"],
  [["Esc"], "Close what is open"],
  [["?"], "These keys"],
];

/** The keys of the page: `?` lists them, `/` leads to where one writes.  Both are letters while one writes. */
export function Shortcuts() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const writing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select, [contenteditable]");
      if (writing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
      if (event.key === "?") setOpen(true);
      const composer = event.key === "/" ? document.getElementById("composer") : null;
      if (event.key !== "?" && !composer) return;
      event.preventDefault();
      composer?.focus();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  if (!open) return null;
  return (
    <Dialog title="Keys" onClose={() => setOpen(false)}>
      <dl className="space-y-3">
        {SHORTCUTS.map(([keys, what]) => (
          <div key={what} className="flex items-center justify-between gap-4">
            <dt className="order-2 flex shrink-0 gap-1.5">
              {keys.map((key) => (
                <kbd key={key} className="min-w-8 rounded-lg border border-line bg-raised px-2 py-1 text-center font-sans text-sm">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd className="text-muted">{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
