import { useMutation } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Area } from "@/components/ui/field";
import { patch, type Message } from "@/lib/api";

export function EditDialog({ message, onClose, onSaved }: { message: Message; onClose: () => void; onSaved: () => void }) {
  const [text, setText] = useState(message.text);
  const save = useMutation({
    mutationFn: () => patch<Message>(`messages/${message.id}`, { text }),
    onSuccess: () => {
      onSaved();
      onClose();
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog title="Edit message" onClose={onClose}>
      <form onSubmit={submit} className="space-y-4">
        <Area label="Text" value={text} required maxLength={8000} autoFocus onChange={(e) => setText(e.target.value)} error={save.error?.message} />
        <Button type="submit" busy={save.isPending} disabled={!text.trim()} className="w-full">
          Save
        </Button>
      </form>
    </Dialog>
  );
}

type DrawProps = { name: string; onClose: () => void; onDraw: (prompt: string) => Promise<void> };

/** A picture in one's own words: they are added to how the companion looks and what the scene is. */
export function DrawDialog({ name, onClose, onDraw }: DrawProps) {
  const [prompt, setPrompt] = useState("");
  const draw = useMutation({ mutationFn: () => onDraw(prompt.trim()), onSuccess: onClose });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    draw.mutate();
  };
  return (
    <Dialog title={`Draw ${name}`} onClose={onClose}>
      <form onSubmit={submit} className="space-y-4">
        <Area label="What else is in the picture?" value={prompt} maxLength={500} autoFocus placeholder="sunset behind the pier, laughing, holding two ice creams" hint={`How ${name} looks, the outfit and the place come from the story.`} onChange={(e) => setPrompt(e.target.value)} error={draw.error?.message} />
        <Button type="submit" busy={draw.isPending} disabled={!prompt.trim()} className="w-full">
          Draw it
        </Button>
      </form>
    </Dialog>
  );
}
