import { useEffect, useState } from "react";

const APP = "Companion Hub";

/** Name the page in the tab and in the history; what came while nobody looked is counted in front of it. */
export function useTitle(page: string | undefined, unseen = 0): void {
  useEffect(() => {
    const name = page ? `${page} · ${APP}` : APP;
    document.title = unseen > 0 ? `(${unseen}) ${name}` : name;
  }, [page, unseen]);
}

/** Count how often `mark` changed while the tab was hidden; back to 0 as soon as it is looked at. */
export function useUnseen(mark: string | null): number {
  const [hidden, setHidden] = useState(document.hidden);
  const [known, setKnown] = useState(mark);
  const [count, setCount] = useState(0);
  if (mark !== known) {
    setKnown(mark);
    if (hidden && mark) setCount(count + 1);
  }
  useEffect(() => {
    const look = () => {
      setHidden(document.hidden);
      if (!document.hidden) setCount(0);
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return count;
}
