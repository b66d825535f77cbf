/** US dollars as one says them: what is less than a cent, but not nothing, is said so. */
export function dollars(amount: number): string {
  if (amount > 0 && amount < 0.01) return "less than 1¢";
  return amount.toLocaleString("en-US", { style: "currency", currency: "USD" });
}
