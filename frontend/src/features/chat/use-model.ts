import { useEffect, useRef, useState } from "react";
import { post, type Prepared } from "@/lib/api";

/**
 * Name the model that answers, and have a slow one read the chat ahead: when the chat opens and after each turn, while
 * the person reads and writes.  A fast model says once that it gains nothing by it and is not asked again.
 */
export function useModel(companionId: string, busy: boolean): string | null {
  const [model, setModel] = useState<string | null>(null);
  const gains = useRef(true);
  useEffect(() => {
    if (busy || !gains.current) return;
    void post<Prepared>(`companions/${companionId}/prepare`)
      .then((answer) => {
        gains.current = answer.prepared;
        setModel(answer.model);
      })
      .catch(() => undefined); // the message itself will say what is wrong
  }, [companionId, busy]);
  return model;
}
