import { Area, Field } from "@/components/ui/field";
import { ChipsField } from "@/features/companions/chips-field";
import type { Draft } from "@/features/companions/draft";
import type { Catalogue } from "@/lib/api";

type Props = { draft: Draft; catalogue: Catalogue; nameless: boolean; onChange: (draft: Draft) => void };

export function IdentityStep({ draft, catalogue, nameless, onChange }: Props) {
  const { identity } = draft;
  const set = (values: Draft["identity"]) => onChange({ ...draft, identity: { ...identity, ...values } });
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-[1fr_8rem]">
        <Field label="Name" required maxLength={50} value={draft.name} error={nameless ? "A name is all that is needed." : undefined} autoFocus onChange={(e) => onChange({ ...draft, name: e.target.value })} />
        <Field label="Age" type="number" min={18} max={120} value={identity.age ?? 25} hint="18 or older" error={(identity.age ?? 25) < 18 ? "Companions are adults." : undefined} onChange={(e) => set({ age: Number(e.target.value) })} />
      </div>
      <ChipsField label="Personality" values={identity.personality ?? []} suggestions={catalogue.personality} onChange={(personality) => set({ personality })} />
      <ChipsField label="Hobbies" values={identity.hobbies ?? []} suggestions={catalogue.hobbies} onChange={(hobbies) => set({ hobbies })} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Occupation" list="occupations" maxLength={200} value={identity.occupation ?? ""} onChange={(e) => set({ occupation: e.target.value })} />
        <Field label="To you they are" list="relationships" maxLength={200} value={identity.relationship ?? ""} onChange={(e) => set({ relationship: e.target.value })} placeholder="a friend, a partner, …" />
      </div>
      <datalist id="occupations">{catalogue.occupations.map((word) => <option key={word} value={word} />)}</datalist>
      <datalist id="relationships">{catalogue.relationships.map((word) => <option key={word} value={word} />)}</datalist>
      <Area label="Backstory" maxLength={8000} value={identity.backstory ?? ""} onChange={(e) => set({ backstory: e.target.value })} placeholder="Where they come from, what they love, what they hide …" />
      <Area label="How they speak" maxLength={2000} value={identity.speaking_style ?? ""} onChange={(e) => set({ speaking_style: e.target.value })} placeholder="Short sentences, dry humour, never in a hurry." />
      <Area label="First message" maxLength={2000} value={identity.greeting ?? ""} onChange={(e) => set({ greeting: e.target.value })} hint="What they say when you meet. {{user}} becomes your name, *asterisks* are actions." />
    </>
  );
}
