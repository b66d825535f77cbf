import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useNavigate } from "react-router";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Icon } from "@/components/ui/icon";
import { cn } from "@/lib/cn";
import { ApiError, call, type ImportedCompanion } from "@/lib/api";

const MAX_BYTES = 4_400_000;
const KINDS = ".png,.json,.charx,.zip,image/png,application/json,application/zip";

/** Bring a companion in from a character card; says what of the file could not be used. */
export function ImportCard({ compact }: { compact?: boolean }) {
  const queries = useQueryClient();
  const go = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const [made, setMade] = useState<ImportedCompanion | null>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const bring = useMutation({
    mutationFn: (file: File) => call<ImportedCompanion>("POST", "companions/import", { blob: file.slice(0, file.size, "application/octet-stream") }),
    onSuccess: (companion) => {
      void queries.invalidateQueries({ queryKey: ["companions"] });
      if (companion.warnings.length) setMade(companion);
      else void go(`/chat/${companion.id}`);
    },
  });
  const choose = (file: File | undefined) => {
    if (!file) return;
    setTooLarge(file.size > MAX_BYTES);
    if (file.size <= MAX_BYTES) bring.mutate(file);
  };
  const problem = tooLarge ? "A card may have 4.4 MB at most." : bring.error && reason(bring.error);
  const dismiss = () => {
    setTooLarge(false);
    bring.reset();
  };
  return (
    <>
      <input ref={input} type="file" accept={KINDS} className="sr-only" tabIndex={-1} aria-label="Character card" onChange={(event) => { choose(event.target.files?.[0]); event.target.value = ""; }} />
      <Button look="outline" busy={bring.isPending} aria-label="Import a card" title="Import a card" className={cn(compact && "max-sm:px-3")} onClick={() => input.current?.click()}>
        <Icon name="up" /> <span className={cn(compact && "max-sm:hidden")}>Import a card</span>
      </Button>
      {problem && (
        <Dialog title="The card was not imported" onClose={dismiss}>
          <p role="alert" className="mb-5 text-muted">{problem}</p>
          <div className="flex flex-wrap justify-end gap-2">
            <Button look="quiet" onClick={dismiss}>
              Never mind
            </Button>
            <Button onClick={() => input.current?.click()}>Choose another file</Button>
          </div>
        </Dialog>
      )}
      {made && (
        <Dialog title={`${made.name} is here`} onClose={() => void go(`/chat/${made.id}`)}>
          <p className="mb-3 text-sm text-muted">Not everything in the file could be used:</p>
          <ul className="mb-5 list-disc space-y-1 ps-5 text-sm">
            {made.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
          <Button className="w-full" onClick={() => void go(`/chat/${made.id}`)}>
            Say hello
          </Button>
        </Dialog>
      )}
    </>
  );
}

/** What is wrong with the file, in the server's words. */
function reason(error: Error): string {
  return (error instanceof ApiError && Object.values(error.fields).join(" ")) || error.message;
}
