import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Loading, Notice } from "@/components/ui/states";
import { AccountSection } from "@/features/settings/account-section";
import { Choice, Toggle } from "@/components/ui/controls";
import { HealthSection } from "@/features/settings/health-section";
import { LeaveSection } from "@/features/settings/leave-section";
import { OwnLook } from "@/features/settings/own-look";
import { Section } from "@/features/settings/section";
import { UsageSection } from "@/features/settings/usage-section";
import { patch, type Preferences, type User } from "@/lib/api";
import { useMe } from "@/lib/session";
import { useTitle } from "@/lib/title";

const RATINGS: Record<Preferences["content_rating"], string> = {
  safe: "Affection is fine; nothing sexual, nothing graphic, in words or pictures.",
  suggestive: "Romance and desire may show; words and pictures fade out before they become explicit.",
  explicit: "Between adults nothing is left out, as far as the models go along.",
};

export function SettingsPage() {
  const me = useMe();
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: (preferences: Partial<Preferences>) => patch<User | { user: User }>("me", { preferences }),
    // What was chosen shows at once; what the server says comes after.
    onMutate: (preferences) => queries.setQueryData<User | null>(["me"], (old) => old && { ...old, preferences: { ...old.preferences, ...preferences } }),
    onSuccess: (value) => queries.setQueryData(["me"], "user" in value ? value.user : value),
    onError: () => void queries.invalidateQueries({ queryKey: ["me"] }),
  });
  useTitle("Settings");
  if (!me.data) return <Loading />;
  const { preferences, appearance } = me.data;
  const faceless = preferences.include_me_in_pictures && Object.keys(appearance).length === 0;
  return (
    <div className="mx-auto max-w-3xl space-y-6 px-5 pt-2 pb-20">
      <h1 className="text-3xl sm:text-4xl">Settings</h1>
      <Section title="Look and pictures">
        <Choice label="Theme" value={preferences.theme} options={[["system", "As the device"], ["light", "Light"], ["dark", "Dark"]]} onChange={(theme) => save.mutate({ theme })} />
        <Choice label="Content" hint={RATINGS[preferences.content_rating]} value={preferences.content_rating} options={[["safe", "Safe"], ["suggestive", "Romantic"], ["explicit", "Adult"]]} onChange={(content_rating) => save.mutate({ content_rating })} />
        <Toggle label="A picture comes with replies" value={preferences.automatic_images} onChange={(automatic_images) => save.mutate({ automatic_images })} />
        <Toggle
          label="I may be in pictures when we are together"
          hint={faceless && "Say how you look, below, and pictures of both of you can show you."}
          value={preferences.include_me_in_pictures}
          onChange={(include_me_in_pictures) => save.mutate({ include_me_in_pictures })}
        />
        {save.isError && <p role="alert" className="text-sm text-bad">{save.error.message}</p>}
        <Notice text={save.isSuccess ? "Saved." : null} />
      </Section>
      <OwnLook user={me.data} />
      <AccountSection user={me.data} />
      <UsageSection budget={preferences.monthly_budget_usd} onSave={(monthly_budget_usd) => save.mutate({ monthly_budget_usd })} />
      <HealthSection />
      <LeaveSection />
    </div>
  );
}
