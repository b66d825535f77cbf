import { useEffect } from "react";
import { Link, Navigate, Outlet, useLocation } from "react-router";
import { Shortcuts } from "@/components/shortcuts";
import { ICON_LINK } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Loading, Problem } from "@/components/ui/states";
import { useWaking } from "@/lib/api";
import { useMe } from "@/lib/session";
import { useTheme } from "@/lib/theme";

/** The frame of every page behind the login. */
export function Shell() {
  const me = useMe();
  const location = useLocation();
  useTheme(me.data?.preferences.theme);
  const waking = useWaking();
  const isIn = !!me.data;
  useEffect(() => {
    // Where most people go next: it is there before they tap.
    if (isIn) void import("@/features/chat/chat-page").catch(() => undefined);
  }, [isIn]);
  if (me.isPending) return (
      <main>
        <h1 className="sr-only">Companion Hub</h1>
        {waking && <WakingUp />}
        <Loading label="Opening" />
      </main>
    );
  if (me.isError) return <Problem error={me.error} onRetry={() => void me.refetch()} />;
  if (!me.data) return <Navigate to={`/login?next=${encodeURIComponent(location.pathname)}`} replace />;
  const inChat = location.pathname.startsWith("/chat/");
  return (
    <>
      <a href="#main" className="sr-only focus:not-sr-only focus:fixed focus:z-50 focus:m-2 focus:rounded-full focus:bg-accent focus:px-4 focus:py-2 focus:text-accent-ink">
        Skip to content
      </a>
      {waking && <WakingUp />}
      {!inChat && (
        <header className="mx-auto flex max-w-6xl items-center justify-between px-5 pt-[max(1rem,env(safe-area-inset-top))] pb-4">
          <Link to="/" className="flex min-h-11 items-center gap-2.5 rounded-full font-serif text-xl">
            <img src="/icon.svg" alt="" width={34} height={34} /> Companion Hub
          </Link>
          <nav className="-me-2.5 flex" aria-label="Pages">
            <Link to="/gallery" aria-label="All pictures" title="All pictures" className={ICON_LINK}>
              <Icon name="image" size={22} />
            </Link>
            <Link to="/settings" aria-label="Settings" title="Settings" className={ICON_LINK}>
              <Icon name="settings" size={22} />
            </Link>
          </nav>
        </header>
      )}
      <main id="main">
        <Outlet />
      </main>
      <Shortcuts />
    </>
  );
}

/** The database sleeps when nobody is there; requests are sent again until it is up. */
function WakingUp() {
  return (
    <p role="status" className="fixed inset-x-3 top-3 z-40 mx-auto flex max-w-sm animate-rise items-center justify-center gap-2.5 rounded-full bg-ink px-5 py-2.5 text-sm text-canvas shadow-soft">
      <span className="size-2 shrink-0 animate-breathe rounded-full bg-current" aria-hidden />
      Waking up, this can take half a minute. Nothing is lost.
    </p>
  );
}
