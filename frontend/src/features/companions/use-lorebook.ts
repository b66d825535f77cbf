import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Book } from "@/features/companions/lorebook";
import { ApiError, get, patch, type CompanionLorebook } from "@/lib/api";

/** A companion's lorebook, and the way to change it: one change after the other, each upon the book as it is by then. */
export function useLorebook(companionId: string) {
  const queries = useQueryClient();
  const path = `companions/${companionId}/lorebook`;
  const queryKey = ["lorebook", companionId];
  const book = useQuery({ queryKey, queryFn: () => get<CompanionLorebook>(path), staleTime: 0 });
  const change = useMutation({
    scope: { id: path },
    mutationFn: (edit: (book: Book) => Book) => {
      const now = queries.getQueryData<CompanionLorebook>(queryKey);
      return now ? patch<CompanionLorebook>(path, { version: now.version, lorebook: edit(now.lorebook) }) : get<CompanionLorebook>(path);
    },
    onSuccess: (saved) => queries.setQueryData(queryKey, saved),
    onError: (error) => {
      if (error instanceof ApiError && error.status === 409) void queries.invalidateQueries({ queryKey });
    },
  });
  return { book, change };
}
