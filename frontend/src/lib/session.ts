import { useQuery } from "@tanstack/react-query";
import { ApiError, get, type Catalogue, type User } from "@/lib/api";
import { THEME_KEY } from "@/lib/theme";

/** Who is logged in: null when nobody is. */
export function useMe() {
  return useQuery({
    queryKey: ["me"],
    queryFn: async (): Promise<User | null> => {
      try {
        const value = await get<User | { user: User }>("me");
        return "user" in value ? value.user : value;
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) return null;
        throw error;
      }
    },
    staleTime: 5 * 60 * 1000,
  });
}

/** The wizard's catalogue; it changes only with a release. */
export function useCatalogue() {
  return useQuery({ queryKey: ["options"], queryFn: () => get<Catalogue>("options"), staleTime: Infinity });
}

/** Remove what this browser keeps of a person: drafts, and messages not yet sent.  The theme stays. */
export function forgetOnThisDevice(): void {
  for (const key of Object.keys(localStorage)) {
    if (key !== THEME_KEY) localStorage.removeItem(key);
  }
}
