import type { ReactNode } from 'react';
import { grouped, momentText } from '../format.ts';
import { Address } from './parts.tsx';

/** A key, a digest, a moment, a number of five digits or more; a hash before a key, since hex digits are base58 too. */
const PARTS =
  /(?<![0-9A-Za-z])(?:([0-9a-f]{64}|[1-9A-HJ-NP-Za-km-z]{32,44})|(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)|(\d{5,})(?![-:]))(?![0-9A-Za-z])/g;

/** A sentence of the library: keys whole and in groups, times and numbers as everywhere in the window. */
export function Sentence({ text }: { readonly text: string }) {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const match of text.matchAll(PARTS)) {
    const [whole, key, moment, digits] = match;
    parts.push(text.slice(at, match.index));
    if (key) parts.push(<Address key={match.index} value={key} />);
    else if (moment) parts.push(momentText(Date.parse(moment) / 1000));
    else if (digits) parts.push(grouped(digits));
    at = match.index + whole.length;
  }
  parts.push(text.slice(at));
  return <>{parts}</>;
}
