import type { ReactNode } from "react";

/** A titled card of the settings. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-4 rounded-3xl bg-surface p-5 shadow-soft ring-1 ring-line/60 sm:p-6">
      <h2 className="text-xl">{title}</h2>
      {children}
    </section>
  );
}
