import { useEffect } from "react";

type Theme = "system" | "light" | "dark";

export const THEME_KEY = "theme";

/** Show the theme this browser saw last, before anything is drawn. */
export function recallTheme(): void {
  show(localStorage.getItem(THEME_KEY));
}

/** Show the page in the chosen theme, "system" being what the device says; undefined while nobody knows it. */
export function useTheme(theme: Theme | undefined): void {
  useEffect(() => {
    if (!theme) return;
    localStorage.setItem(THEME_KEY, theme);
    show(theme);
  }, [theme]);
}

function show(theme: string | null): void {
  const root = document.documentElement;
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  else delete root.dataset.theme;
}
