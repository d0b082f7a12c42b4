/** Numbers and times for people. Times are the chain's. */

/** Narrow, and no line breaks at it. */
const THIN = '\u202f';

/** `1 234.5` from base units; trailing zeros of the fraction go. */
export function amountText(baseUnits: string, decimals: number): string {
  const padded = baseUnits.padStart(decimals + 1, '0');
  const whole = padded.slice(0, padded.length - decimals);
  const fraction = decimals === 0 ? '' : padded.slice(-decimals).replace(/0+$/, '');
  return fraction === '' ? grouped(whole) : `${grouped(whole)}.${fraction}`;
}

export const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, THIN);

/** SOL from lamports. */
export const solText = (lamports: string): string => `${amountText(lamports, 9)} SOL`;

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

/** `3 h 40 min`: the two largest neighbouring units. */
export function durationText(seconds: number): string {
  let left = Math.abs(Math.trunc(seconds));
  const first = UNITS.findIndex(([, size]) => left >= size);
  if (first < 0) return '0 s';
  const parts: string[] = [];
  for (const [unit, size] of UNITS.slice(first, first + 2)) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.join(' ');
}

/** `in 3 h 40 min`, `2 d ago`. */
export function distanceText(unix: number, now: number): string {
  if (unix === now) return 'now';
  return unix > now ? `in ${durationText(unix - now)}` : `${durationText(now - unix)} ago`;
}

/** `24 Nov 2026, 14:20 UTC` */
export function momentText(unix: number): string {
  const text = new Date(unix * 1000).toUTCString();
  const [, day, month, year, time] = text.split(' ');
  return `${Number(day)} ${month} ${year}, ${time?.slice(0, 5)} UTC`;
}

/** Groups of four, the whole of it. */
export const groupsOf = (text: string): readonly string[] => text.match(/.{1,4}/g) ?? [];

/** The number of a document by its name: `sip-0012-…`. */
export const numberIn = (fileName: string): number => Number(fileName.slice(4, 8));

/** Of words that stand behind others elsewhere. */
export const sentenceOf = (words: string): string => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`;
