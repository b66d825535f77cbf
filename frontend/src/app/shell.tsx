import { Link, Navigate, Outlet, useLocation } from "react-router";
import { Icon } from "@/components/ui/icon";
import { Loading, Problem } from "@/components/ui/states";
import { useMe } from "@/lib/session";
import { useTheme } from "@/lib/theme";

/** The frame of every page behind the login. */
export function Shell() {
  const me = useMe();
  const location = useLocation();
  useTheme(me.data?.preferences.theme ?? "system");
  if (me.isPending) return <Loading label="Waking up" />;
  if (me.isError) return <Problem error={me.error} onRetry={() => void me.refetch()} />;
  if (!me.data) return <Navigate to={`/login?next=${encodeURIComponent(location.pathname)}`} replace />;
  const inChat = location.pathname.startsWith("/chat/");
  return (
    <>
      <a href="#main" className="sr-only focus:not-sr-only focus:fixed focus:z-50 focus:m-2 focus:rounded-full focus:bg-accent focus:px-4 focus:py-2 focus:text-accent-ink">
        Skip to content
      </a>
      {!inChat && (
        <header className="mx-auto flex max-w-6xl items-center justify-between px-5 py-4">
          <Link to="/" className="flex items-center gap-2.5 rounded-full font-serif text-xl">
            <img src="/icon.svg" alt="" width={34} height={34} /> Companion Hub
          </Link>
          <Link
            to="/settings"
            aria-label="Settings"
            className="inline-flex size-11 items-center justify-center rounded-full text-muted transition hover:bg-raised hover:text-ink"
          >
            <Icon name="gear" size={22} />
          </Link>
        </header>
      )}
      <main id="main">
        <Outlet />
      </main>
    </>
  );
}
