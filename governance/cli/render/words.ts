import { renderAmount } from '#governance/actions/values.ts';
import type { SandboxInfo } from '#governance/sandbox/info.ts';
import type { Address } from '#governance/types.ts';

/** Short forms for tables; whatever must be compared or copied is printed whole somewhere else. */

/** Signatures, keys: `5xYz…9Qab`. */
export const short = (text: string): string =>
  text.length <= 11 ? text : `${text.slice(0, 4)}…${text.slice(-4)}`;

export const shortDigest = (digest: string): string => `${digest.slice(0, 10)}…`;

export const solText = (lamports: bigint): string => `${grouped(renderAmount(lamports, 9))} SOL`;

/** `1234567.5` → `1,234,567.5`; words stay. */
export function grouped(decimal: string): string {
  const [whole = '', fraction] = decimal.split('.');
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? text : `${text}.${fraction}`;
}

export const amountText = (baseUnits: bigint, decimals: number): string =>
  grouped(renderAmount(baseUnits, decimals));

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** One line of at most so many characters. */
export function cut(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, width - 1).join('')}…`;
}

/** Lines of at most `width` characters, broken at blanks; a word longer than that stays whole. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** What a key is called. */
export type NameOf = (key: Address) => string;

/** On the embedded network its seat, elsewhere its ends. */
export function namesOn(sandbox: SandboxInfo | null): NameOf {
  if (sandbox === null) return short;
  const names = new Map<Address, string>([
    ...sandbox.members.map(({ publicKey }, seat) => [publicKey, `seat ${seat}`] as const),
    [sandbox.epochAdmin.publicKey, 'epoch admin'],
    [sandbox.guardian.publicKey, 'guardian'],
    [sandbox.gatekeeper.publicKey, 'gatekeeper'],
    [sandbox.depositor.publicKey, 'depositor'],
  ]);
  return (key) => names.get(key) ?? short(key);
}

/** Keys of which any one can take a step; empty is anyone. */
export function whoText(keys: readonly Address[], nameOf: NameOf): string {
  if (keys.length === 0) return 'anyone';
  const names = keys.map(nameOf);
  const seats = names.flatMap((name) => /^seat (\d+)$/.exec(name)?.[1] ?? []).map(Number);
  if (seats.length === names.length && seats.length > 1) return `seats ${runsOf(seats)}`;
  return names.length <= 2 ? names.join(', ') : `${names.length} members`;
}

/** 0, 1, 2, 4 → `0–2, 4` */
function runsOf(numbers: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && run[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(', ');
}
