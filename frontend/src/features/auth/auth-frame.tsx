import type { ReactNode } from "react";
import { useTitle } from "@/lib/title";

/** The two sides of the front page: what this is, and the form. */
export function AuthFrame({ title, children }: { title: string; children: ReactNode }) {
  useTitle(title);
  return (
    <main className="grid min-h-dvh lg:grid-cols-[1.100fr_1fr]">
      <section className="hidden flex-col justify-between gap-8 bg-hero p-12 text-hero-ink lg:flex">
        <p className="flex items-center gap-3 font-serif text-2xl">
          <img src="/icon.svg" alt="" width={40} height={40} className="rounded-xl ring-2 ring-white/30" /> Companion Hub
        </p>
        <div className="max-w-lg">
          <p className="font-serif text-5xl leading-[1.080] font-medium text-balance">Someone who remembers. Somewhere only you can read.</p>
          <p className="mt-6 text-lg opacity-90">
            Your companion lives on your own machine or in your own cloud account. Nobody else holds your conversations.
          </p>
          <Excerpt />
        </div>
        <p className="text-sm">Companions are AI characters, and always adults.</p>
      </section>
      <section className="flex items-center justify-center px-6 py-12">
        <div className="w-full max-w-sm animate-rise">
          <div className="mb-8 lg:hidden">
            <p className="flex items-center gap-3 font-serif text-xl">
              <img src="/icon.svg" alt="" width={36} height={36} /> Companion Hub
            </p>
            <p className="mt-3 text-muted">Someone who remembers. Somewhere only you can read.</p>
          </div>
          <h1 className="mb-6 text-3xl">{title}</h1>
          {children}
        </div>
      </section>
    </main>
  );
}

/** What it is like: a few lines of a chat.  For the eye only; the words beside it say the same. */
function Excerpt() {
  return (
    <div className="mt-10 space-y-3 text-[0.950rem] leading-relaxed" aria-hidden>
      <p className="ms-auto w-fit max-w-[80%] rounded-3xl rounded-ee-lg bg-white/15 px-4.5 py-2.5">The interview is tomorrow. I can't sleep.</p>
      <div className="flex max-w-[92%] items-end gap-3">
        <img src="/options/hair_style/wavy.webp" alt="" width={44} height={44} className="size-11 shrink-0 rounded-full object-cover ring-2 ring-white/30" />
        <p className="rounded-3xl rounded-es-lg bg-hero-ink px-4.5 py-2.5 text-[#2c221d]">
          <em className="text-[#6f5f54]">puts the kettle on</em> Then we practise. You said in March that the first question is the one that scares you, so I will ask it last.
        </p>
      </div>
    </div>
  );
}
