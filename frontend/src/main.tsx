import "@/styles.css";
import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import { router } from "@/app/routes";
import { ApiError, isPassing, pauseS } from "@/lib/api";
import { recallTheme } from "@/lib/theme";

recallTheme();

const queries = new QueryClient({
  // A session that ended while the page was open leads back to the login, and from there to the same page.
  queryCache: new QueryCache({
    onError: (error) => {
      if (error instanceof ApiError && error.code === "unauthenticated") queries.setQueryData(["me"], null);
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A database that paused needs up to half a minute to wake.
      retry: (count, error) => count < (isPassing(error) ? 8 : 3) && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
      retryDelay: (count, error) => pauseS(error, count + 1) * 1000,
    },
  },
});

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
}
