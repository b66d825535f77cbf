import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { patch, post, remove, type Companion, type Picture, type StartedTurn, type UpdateCompanion } from "@/lib/api";

type Props = { companion: Companion; picture: Picture; onDone: () => void };

/** What one does with a picture: draw it again, keep its face, make it the profile picture, delete it. */
export function PictureActions({ companion, picture, onDone }: Props) {
  const queries = useQueryClient();
  const go = useNavigate();
  const finish = () => {
    onDone();
    for (const key of [["images"], ["companion", companion.id], ["messages", companion.id], ["companions"]]) {
      void queries.invalidateQueries({ queryKey: key });
    }
  };
  const [sure, setSure] = useState(false);
  const change = useMutation({ mutationFn: (values: UpdateCompanion) => patch<Companion>(`companions/${companion.id}`, values), onSuccess: finish });
  const destroy = useMutation({ mutationFn: () => remove(`images/${picture.id}`), onSuccess: finish });
  const again = useMutation({
    mutationFn: () =>
      post<StartedTurn>(`companions/${companion.id}/images`, {
        seed: crypto.getRandomValues(new Uint32Array(1))[0],
        ...(picture.message_id ? { message_id: picture.message_id } : {}),
      }),
    onSuccess: () => {
      finish();
      void go(`/chat/${companion.id}`);
    },
  });
  const problem = change.error ?? destroy.error ?? again.error;
  const otherFace = picture.seed !== null && picture.seed !== companion.image_seed;
  return (
    <>
      <Button look="outline" small busy={again.isPending} onClick={() => again.mutate()}>
        <Icon name="again" size={17} /> Draw again
      </Button>
      {companion.picture?.id !== picture.id && (
        <Button look="outline" small busy={change.isPending} onClick={() => change.mutate({ picture_id: picture.id })}>
          Use as profile picture
        </Button>
      )}
      {otherFace && (
        <Button look="outline" small busy={change.isPending} title="Pictures to come use this one's seed" onClick={() => change.mutate({ image_seed: picture.seed })}>
          Keep this face
        </Button>
      )}
      <Button look={sure ? "final" : "danger"} small busy={destroy.isPending} onBlur={() => setSure(false)} onClick={() => (sure ? destroy.mutate() : setSure(true))}>
        <Icon name="trash" size={17} /> {sure ? "Really delete?" : "Delete"}
      </Button>
      {problem && <p role="alert" className="w-full text-bad">{problem.message}</p>}
    </>
  );
}
