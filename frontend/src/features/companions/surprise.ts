import type { Appearance, OptionGroup } from "@/lib/api";

/** How likely one of several marks, piercings or tattoos is. */
const SOMETIMES = 0.15;
/** Where somebody's family comes from is told, not thrown with dice. */
const TOLD = new Set(["ethnicity"]);

/** A look thrown with dice: every question of `groups` answered anew, all others as they were.  `dice` gives 0 up to 1. */
export function surprise(groups: OptionGroup[], appearance: Appearance, dice: () => number = Math.random): Appearance {
  const thrown = groups
    .filter(({ id }) => !TOLD.has(id))
    .map(({ id, multiple, options }) => {
      const ids = options.map((option) => option.id);
      return [id, multiple ? ids.filter(() => dice() < SOMETIMES) : (ids[Math.floor(dice() * ids.length)] ?? "")] as const;
    });
  const answers = Object.entries({ ...appearance, ...Object.fromEntries(thrown) });
  return Object.fromEntries(answers.filter(([, choice]) => choice.length > 0));
}
