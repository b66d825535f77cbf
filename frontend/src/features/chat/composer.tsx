import { useEffect, useEffectEvent, useRef, useState, type SyntheticEvent, type KeyboardEvent } from "react";
import { Icon } from "@/components/ui/icon";
import { cn } from "@/lib/cn";

type Props = {
  companionId: string;
  name: string;
  /** The draft was put there just now: the person goes on writing it. */
  focused: boolean;
  busy: boolean;
  waiting: boolean;
  wantImage: boolean;
  onSend: (text: string, wantImage: boolean) => Promise<void>;
  onStop: () => void;
  onProblem: (error: unknown) => void;
};

const LONG_NAME = 16; // characters: what fits beside the buttons of the narrowest phone

const draftKey = (companionId: string) => `draft:${companionId}`;

/** Put a text before what is being written; the composer reads it when it is made anew. */
export function putInDraft(companionId: string, text: string): void {
  const key = draftKey(companionId);
  localStorage.setItem(key, [text, localStorage.getItem(key)].filter(Boolean).join("\n"));
}

/**
 * Where one writes.  The draft is kept per companion; Enter sends, Shift+Enter makes a line.  What is sent while a reply
 * is written (`busy`) waits for its end; while one message waits, the next stays here.
 */
export function Composer({ companionId, name, focused, busy, waiting, wantImage, onSend, onStop, onProblem }: Props) {
  const key = draftKey(companionId);
  const [text, setText] = useState(() => localStorage.getItem(key) ?? "");
  const [picture, setPicture] = useState(wantImage);
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (text) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
  }, [key, text]);
  const goOnWriting = useEffectEvent(() => {
    if (!focused || !box.current) return;
    box.current.focus();
    box.current.setSelectionRange(text.length, text.length);
  });
  useEffect(() => goOnWriting(), []);
  const ready = text.trim() !== "" && !waiting;
  const submit = (event?: SyntheticEvent) => {
    event?.preventDefault();
    const said = text.trim();
    if (!ready) return;
    setText("");
    onSend(said, picture).catch((error: unknown) => {
      setText((now) => now || said); // nothing typed is lost
      onProblem(error);
    });
    box.current?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      submit();
    }
  };
  return (
    <form onSubmit={submit} className="flex items-end gap-2 rounded-[1.750rem] border border-edge bg-surface p-1.5 shadow-soft focus-within:border-accent">
      <button
        type="button"
        aria-pressed={picture}
        aria-label="Send a picture with the reply"
        title={picture ? "A picture comes with the reply" : "No picture with the reply"}
        onClick={() => setPicture(!picture)}
        className={cn("inline-flex size-11 shrink-0 items-center justify-center rounded-full transition", picture ? "bg-accent-soft text-accent" : "text-muted hover:bg-raised", busy && ready && "max-sm:hidden")}
      >
        <Icon name="image" />
      </button>
      <textarea
        ref={box}
        id="composer"
        dir="auto"
        value={text}
        onChange={(e) => setText(e.target.value)}
        onKeyDown={onKey}
        rows={1}
        enterKeyHint="send"
        maxLength={8000}
        aria-label={`Message to ${name}`}
        placeholder={name.length > LONG_NAME ? "Write a message …" : `Write to ${name} …`}
        className={cn("field-sizing-content max-h-44 min-h-11 min-w-0 flex-1 resize-none bg-transparent py-2.5 leading-snug outline-none", busy && ready && "max-sm:ps-3")}
      />
      {busy && (
        <button type="button" onClick={onStop} aria-label="Stop" title="Stop" className="inline-flex size-11 shrink-0 items-center justify-center rounded-full bg-ink text-canvas">
          <Icon name="stop" size={18} />
        </button>
      )}
      {(!busy || ready) && (
        <button type="submit" aria-label={busy ? "Send after this reply" : "Send"} title={busy ? "Send after this reply" : "Send"} disabled={!ready} className="inline-flex size-11 shrink-0 items-center justify-center rounded-full bg-accent text-accent-ink transition disabled:opacity-40">
          <Icon name="send" />
        </button>
      )}
    </form>
  );
}
