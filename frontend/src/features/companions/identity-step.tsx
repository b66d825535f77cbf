import { Button } from "@/components/ui/button";
import { Area, Field } from "@/components/ui/field";
import { Fold } from "@/components/ui/fold";
import { Icon } from "@/components/ui/icon";
import { ChipsField } from "@/features/companions/chips-field";
import type { Draft } from "@/features/companions/draft";
import type { Catalogue } from "@/lib/api";

// What character cards bring along can be pages; nobody types more than this.
const LONG = 20_000;

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
      <Area label="Backstory" maxLength={LONG} value={identity.backstory ?? ""} onChange={(e) => set({ backstory: e.target.value })} placeholder="Where they come from, what they love, what they hide …" />
      <Area label="How they speak" maxLength={2000} value={identity.speaking_style ?? ""} onChange={(e) => set({ speaking_style: e.target.value })} placeholder="Short sentences, dry humour, never in a hurry." />
      <Area label="First message" maxLength={LONG} value={identity.greeting ?? ""} onChange={(e) => set({ greeting: e.target.value })} hint="What they say when you meet. {{user}} becomes your name, *asterisks* are actions." />
      <Fold title="More depth" hint="A scene to begin with, an example of how they talk, other first messages.">
        <div className="space-y-5">
          <Area label="Where the story begins" maxLength={LONG} value={identity.scenario ?? ""} onChange={(e) => set({ scenario: e.target.value })} placeholder="You share a cabin on the night train to Lisbon." />
          <Area label="An example of how they talk" maxLength={LONG} value={identity.example_dialogue ?? ""} onChange={(e) => set({ example_dialogue: e.target.value })} placeholder={"{{user}}: Are you awake?\n{{char}}: *without opening her eyes* That depends on who asks."} />
          <Greetings values={identity.alternate_greetings ?? []} onChange={(alternate_greetings) => set({ alternate_greetings })} />
        </div>
      </Fold>
    </>
  );
}

/** Other first messages: versions of the first one in a new chat. */
function Greetings({ values, onChange }: { values: string[]; onChange: (values: string[]) => void }) {
  return (
    <div className="space-y-3">
      {values.map((value, index) => (
        <div key={index} className="space-y-1">
          <Area label={`Another first message (${index + 1})`} maxLength={LONG} value={value} onChange={(e) => onChange(values.with(index, e.target.value))} />
          <Button look="quiet" small onClick={() => onChange(values.toSpliced(index, 1))}>
            Remove
          </Button>
        </div>
      ))}
      {values.length < 20 && (
        <Button look="outline" small onClick={() => onChange([...values, ""])}>
          <Icon name="plus" size={17} /> Another first message
        </Button>
      )}
    </div>
  );
}
