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
