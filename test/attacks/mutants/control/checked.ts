/** Not part of the product: one bound that its test guards, and one that it does not. */
export function mayPass(votes: number, seconds: number): boolean {
  if (votes < 2) return false;
  return seconds >= 60;
}

export const neverAsked = (votes: number): boolean => votes > 2;
