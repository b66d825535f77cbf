import { useEffect, useState } from "react";
import type { Appearance, Companion, Identity } from "@/lib/api";

export type Draft = {
  name: string;
  appearance: Appearance;
  identity: Partial<Identity>;
  visual_prompt: string;
  negative_prompt: string;
  system_prompt: string;
};

export const EMPTY: Draft = { name: "", appearance: {}, identity: { age: 25, personality: [], hobbies: [] }, visual_prompt: "", negative_prompt: "", system_prompt: "" };

/** The wizard's draft: survives a reload until it is finished or thrown away. */
export function useDraft(key: string, initial: Draft) {
  const [draft, setDraft] = useState<Draft>(() => {
    try {
      return { ...initial, ...(JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Draft>) };
    } catch {
      return initial;
    }
  });
  useEffect(() => localStorage.setItem(key, JSON.stringify(draft)), [key, draft]);
  return { draft, setDraft, clear: () => localStorage.removeItem(key) };
}

export function draftOf(companion: Companion): Draft {
  const { name, appearance, identity, visual_prompt, negative_prompt, system_prompt } = companion;
  return { name, appearance, identity, visual_prompt, negative_prompt, system_prompt };
}
