import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { get } from "@/lib/api";

type AnyPage = { items: unknown[]; next?: string | null };

/** A list that comes page by page; `items` are all that came so far. */
export function usePaged<Page extends AnyPage>(queryKey: readonly string[], path: string, limit: number, options: { staleTime?: number } = {}) {
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => get<Page>(`${path}?limit=${limit}${pageParam ? `&before=${pageParam}` : ""}`),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    ...options,
  });
  const items: Page["items"][number][] = list.data?.pages.flatMap((page) => page.items) ?? [];
  return { list, items };
}

type Props = { list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown } };

export function ShowMore({ list }: Props) {
  if (!list.hasNextPage) return null;
  return (
    <div className="mt-8 text-center">
      <Button look="outline" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        Show more
      </Button>
    </div>
  );
}
