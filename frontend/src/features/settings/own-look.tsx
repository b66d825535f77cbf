import { useMutation, useQueryClient } from "@tanstack/react-query";
import { OptionTiles } from "@/components/option-tiles";
import { Fold } from "@/components/ui/fold";
import { patch, type Appearance, type User } from "@/lib/api";
import { useCatalogue } from "@/lib/session";

/** How the person looks in pictures of both; folded, since most never open it. */
export function OwnLook({ user }: { user: User }) {
  const queries = useQueryClient();
  const catalogue = useCatalogue();
  const save = useMutation({
    mutationFn: (appearance: Appearance) => patch<User | { user: User }>("me", { appearance }),
    // The tile reacts at once; what the server says comes after.
    onMutate: (appearance) => queries.setQueryData<User | null>(["me"], (old) => old && { ...old, appearance }),
    onSuccess: (value) => queries.setQueryData(["me"], "user" in value ? value.user : value),
    onError: () => void queries.invalidateQueries({ queryKey: ["me"] }),
  });
  const presentation = typeof user.appearance.presentation === "string" ? user.appearance.presentation : "feminine";
  const groups = catalogue.data?.groups.filter(
    (group) => (group.step === "look" || group.step === "body" || group.id === "presentation") && (group.only_for.length === 0 || group.only_for.includes(presentation)),
  );
  return (
    <Fold title={<span className="font-serif text-xl font-[560]">How you look</span>} hint="For pictures that show you together. What you leave open is left to the picture." className="shadow-soft sm:px-1">
      <div className="space-y-8">
        {groups?.map((group) => (
          <OptionTiles key={group.id} group={group} appearance={user.appearance} onChange={(appearance) => save.mutate(appearance)} />
        ))}
        {save.isError && <p role="alert" className="text-sm text-bad">{save.error.message}</p>}
      </div>
    </Fold>
  );
}
