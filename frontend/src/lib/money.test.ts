import { expect, it } from "vitest";
import { dollars } from "@/lib/money";

it.each([
  [0, "$0.00"],
  [0.000001, "less than 1¢"],
  [0.01, "$0.01"],
  [1234.5, "$1,234.50"],
])("says %s dollars as %s", (amount, said) => expect(dollars(amount)).toBe(said));
