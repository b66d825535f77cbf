import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Message } from "@/lib/api";

/**
 * Keep a scrolling box at its end unless one reads further up.
 * `growth` changes whenever the last thing in the box may have grown; `sent` when the person sends something.
 */
export function useEnd(messages: Message[], sent: string | undefined, growth: string) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const height = useRef(0);
  const first = messages[0]?.id;
  // A chat without a word in it is read from its top.
  const begun = messages.length > 0 || sent !== undefined;
  const newest = messages.at(-1)?.seq ?? 0;
  // While one reads further up: the newest message there was when one left the end.
  const [seen, setSeen] = useState<number | null>(null);
  const toEnd = () => box.current?.scrollTo({ top: box.current.scrollHeight, behavior: "smooth" });
  // Who sends wants to see it.
  useEffect(() => {
    if (sent) atEnd.current = true;
  }, [sent]);
  useEffect(() => {
    if (begun && atEnd.current) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [begun, messages.length, growth, sent]);
  // Pictures grow when they arrive, and the box shrinks when a phone's keyboard comes up: stay at the end.
  useEffect(() => {
    const element = box.current;
    if (!element || !begun) return;
    const watcher = new ResizeObserver(() => atEnd.current && element.scrollTo({ top: element.scrollHeight }));
    for (const part of [element, ...element.children]) watcher.observe(part);
    return () => watcher.disconnect();
  }, [begun, messages.length]);
  // Older messages come in above: keep what is being read where it is.
  useLayoutEffect(() => {
    const element = box.current;
    if (element && !atEnd.current && height.current) element.scrollTop += element.scrollHeight - height.current;
    height.current = element?.scrollHeight ?? 0;
  }, [first]);
  const onScroll = () => {
    const element = box.current;
    if (!element) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 80;
    height.current = element.scrollHeight;
    setSeen((before) => (atEnd.current ? null : (before ?? newest)));
  };
  return { box, onScroll, seen, toEnd };
}
