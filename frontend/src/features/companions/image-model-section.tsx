import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Fold } from "@/components/ui/fold";
import { get, patch, type Companion, type ImageModels } from "@/lib/api";

/** Which checkpoint and LoRAs of the image server draw this companion; nothing to see where there is no choice. */
export function ImageModelSection({ companion }: { companion: Companion }) {
  const queries = useQueryClient();
  const models = useQuery({ queryKey: ["image-models"], queryFn: () => get<ImageModels>("options/image-models") });
  const [checkpoint, setCheckpoint] = useState(companion.checkpoint ?? "");
  const [loras, setLoras] = useState(companion.loras);
  const save = useMutation({
    mutationFn: () => patch<Companion>(`companions/${companion.id}`, { checkpoint, loras }),
    onSuccess: (changed) => queries.setQueryData(["companion", companion.id], changed),
  });
  if (!models.data || (models.data.checkpoints.length < 2 && models.data.loras.length === 0)) return null;
  const weight = (name: string) => loras.find((lora) => lora.name === name)?.weight ?? 0;
  const setWeight = (name: string, value: number) => {
    setLoras([...loras.filter((lora) => lora.name !== name), ...(value > 0 ? [{ name, weight: value }] : [])]);
  };
  return (
    <Fold title="Image model" hint="Which checkpoint and LoRAs draw new pictures.">
      <div className="space-y-4 text-sm">
        {models.data.checkpoints.length > 1 && (
          <label className="block">
            <span className="mb-1.5 block font-semibold">Checkpoint</span>
            <select value={checkpoint} onChange={(event) => setCheckpoint(event.target.value)} className="min-h-11 w-full rounded-2xl border border-line bg-surface px-4">
              <option value="">What the server has loaded</option>
              {models.data.checkpoints.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        )}
        {models.data.loras.length > 0 && (
          <fieldset className="space-y-2">
            <legend className="mb-1.5 font-semibold">LoRAs</legend>
            {models.data.loras.map((name) => (
              <label key={name} className="grid grid-cols-[minmax(0,1fr)_8rem_2.500rem] items-center gap-3">
                <span className="truncate">{name}</span>
                <input type="range" min={0} max={1.5} step={0.1} value={weight(name)} onChange={(event) => setWeight(name, Number(event.target.value))} className="accent-accent" />
                <span className="text-end text-muted tabular-nums">{weight(name) ? weight(name).toFixed(1) : "off"}</span>
              </label>
            ))}
          </fieldset>
        )}
        {save.isError && <p role="alert" className="text-bad">{save.error.message}</p>}
        <Button look="outline" small busy={save.isPending} onClick={() => save.mutate()}>
          {save.isSuccess ? "Saved" : "Use for new pictures"}
        </Button>
      </div>
    </Fold>
  );
}
