import { isAddress } from '#governance/base58.ts';
import type { Address, UnixSeconds } from '#governance/types.ts';
import { Refused } from './command.ts';

/** Text of options and arguments to values. Each throws Refused with the end of the sentence `--x "…" is …`. */

export const whole =
  (min: number, max: number) =>
  (text: string): number => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) throw new Refused(`not a whole number from ${min} to ${max}`);
    return value;
  };

const U64_END = 2n ** 64n;

export function u64(text: string): bigint {
  if (!/^\d{1,20}$/.test(text) || BigInt(text) >= U64_END) throw new Refused('not a whole number of 64 bits');
  return BigInt(text);
}

/** A council transaction's index. */
export function transactionIndex(text: string): bigint {
  const value = u64(text);
  if (value === 0n) throw new Refused('no transaction index: they start at 1');
  return value;
}

export function address(text: string): Address {
  if (!isAddress(text)) throw new Refused('no address (base58 of 32 bytes in its canonical form)');
  return text as Address;
}

const UNITS: Readonly<Record<string, bigint>> = { s: 1n, m: 60n, h: 3_600n, d: 86_400n };

/** Seconds: `600`, `10m`, `2h`, `3d`. */
export function duration(text: string): bigint {
  const [, digits, unit = 's'] = /^(\d{1,12})([smhd]?)$/.exec(text) ?? [];
  if (digits === undefined) throw new Refused('no duration such as 600, 10m, 2h or 3d');
  return BigInt(digits) * (UNITS[unit || 's'] ?? 1n);
}

/** `2026-12-15T00:00:00Z`, a day, or unix seconds. */
export function time(text: string): UnixSeconds {
  if (/^\d{1,12}$/.test(text)) return BigInt(text) as UnixSeconds;
  const full = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text;
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(full) ? Date.parse(full) : Number.NaN;
  if (Number.isNaN(ms) || new Date(ms).toISOString() !== full.replace('Z', '.000Z'))
    throw new Refused('no time such as 2026-12-15T00:00:00Z, no day and no unix seconds');
  return BigInt(ms / 1000) as UnixSeconds;
}

/** `name=value`. */
export function assignment(text: string): readonly [name: string, value: string] {
  const at = text.indexOf('=');
  if (at < 1) throw new Refused('not of the form name=value');
  return [text.slice(0, at), text.slice(at + 1)];
}
