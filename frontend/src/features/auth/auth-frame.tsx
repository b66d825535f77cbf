import type { ReactNode } from "react";
import { useTitle } from "@/lib/title";

/** The two sides of the front page: what this is, and the form. */
export function AuthFrame({ title, children }: { title: string; children: ReactNode }) {
  useTitle(title);
  return (
    <main className="grid min-h-dvh lg:grid-cols-[1.100fr_1fr]">
      <section className="hidden flex-col justify-between bg-accent p-12 text-accent-ink lg:flex">
        <p className="flex items-center gap-3 font-serif text-2xl">
          <img src="/icon.svg" alt="" width={40} height={40} className="rounded-xl ring-2 ring-white/30" /> Companion Hub
        </p>
        <div className="max-w-lg">
          <p className="font-serif text-5xl leading-[1.080] font-medium text-balance">Someone who remembers. Somewhere only you can read.</p>
          <p className="mt-6 text-lg opacity-90">
            Your companion lives on your own machine or in your own cloud account. Nobody else holds your conversations.
          </p>
        </div>
        <p className="text-sm">Companions are AI characters, and always adults.</p>
      </section>
      <section className="flex items-center justify-center px-6 py-12">
        <div className="w-full max-w-sm animate-rise">
          <p className="mb-8 flex items-center gap-3 font-serif text-xl lg:hidden">
            <img src="/icon.svg" alt="" width={36} height={36} /> Companion Hub
          </p>
          <h1 className="mb-6 text-3xl">{title}</h1>
          {children}
        </div>
      </section>
    </main>
  );
}
