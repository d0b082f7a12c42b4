const LAMPORTS_DIGITS = 9;

/** Lamports as SOL, with no more fraction than there is: `0.5`. */
export function inSol(lamports: bigint): string {
  const digits = lamports.toString().padStart(LAMPORTS_DIGITS + 1, '0');
  const fraction = digits.slice(-LAMPORTS_DIGITS).replace(/0+$/, '');
  return `${digits.slice(0, -LAMPORTS_DIGITS)}${fraction === '' ? '' : `.${fraction}`}`;
}
