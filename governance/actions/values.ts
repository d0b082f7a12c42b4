import { z } from 'zod';
import { isAddress } from '../base58.ts';
import { UNLIMITED_BASE_UNITS } from '../restaking/accounts.ts';
import { parseTime } from '../times.ts';
import type { Address, UnixSeconds } from '../types.ts';

/** Values of a SIP's block: each accepts one canonical form only, so that building and decoding are inverse. */

/** Keys that are no account of a user or a protocol: native programs, sysvars, the default key. */
const NATIVE = new Set([
  '11111111111111111111111111111111',
  'Vote111111111111111111111111111111111111111',
  'Stake11111111111111111111111111111111111111',
  'Config1111111111111111111111111111111111111',
  'ComputeBudget111111111111111111111111111111',
  'AddressLookupTab1e1111111111111111111111111',
  'BPFLoader1111111111111111111111111111111111',
  'BPFLoader2111111111111111111111111111111111',
  'BPFLoaderUpgradeab1e11111111111111111111111',
  'LoaderV411111111111111111111111111111111111',
  'NativeLoader1111111111111111111111111111111',
  'Ed25519SigVerify111111111111111111111111111',
  'KeccakSecp256k11111111111111111111111111111',
  'Secp256r1SigVerify1111111111111111111111111',
  'Feature111111111111111111111111111111111111',
  'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA',
  'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb',
  'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL',
]);
export const isNative = (address: string): boolean => NATIVE.has(address) || address.startsWith('Sysvar');

export const address = z
  .string({ error: 'an address is base58 text' })
  .refine(isAddress, { error: 'not the canonical base58 form of 32 bytes' })
  .transform((text) => text as Address);

export const mint = address.refine((key) => !isNative(key), {
  error: 'a native program, a sysvar or the default key is not a mint',
});

/** A key that will hold a role or sign: no program, no sysvar, not the default key. */
export const wallet = address.refine((key) => !isNative(key), {
  error: 'a native program, a sysvar or the default key cannot sign',
});
export const walletOrNone = z.union([z.literal('none'), wallet], {
  error: 'neither "none" nor the canonical base58 form of 32 bytes of a usable key',
});

export const symbol = z
  .string({ error: 'a symbol is text' })
  .regex(/^[A-Za-z0-9]{1,12}$/, { error: 'a symbol is 1 to 12 letters or digits' });

export const decimals = z
  .int({ error: 'decimals are a whole number' })
  .min(0, { error: 'decimals are at least 0' })
  .max(18, { error: 'decimals are at most 18' });

export const whole = (min: number, max: number) =>
  z
    .int({ error: `a whole number from ${min} to ${max}` })
    .min(min, { error: `at least ${min}` })
    .max(max, { error: `at most ${max}` });

export const epochIndex = whole(0, 65_535);

const AMOUNT = /^(?:0|[1-9][0-9]{0,19})(?:\.[0-9]*[1-9])?$/;

const isAmount = (text: string) => text === 'unlimited' || AMOUNT.test(text);

/** Whole tokens as a plain decimal in quotes without needless zeros, or `unlimited`. */
export const amount = z
  .string({ error: 'an amount is a plain decimal in quotes, such as "250000" or "0.5", or unlimited' })
  .refine(isAmount, {
    error: 'an amount is a plain decimal without signs, exponents or needless zeros, or unlimited',
  });

/** Null where the text has more digits than `decimals` or does not fit below u64::MAX. */
export function parseAmount(text: string, decimalPlaces: number): bigint | null {
  if (text === 'unlimited') return UNLIMITED_BASE_UNITS;
  const [units = '0', fraction = ''] = text.split('.');
  if (fraction.length > decimalPlaces) return null;
  const baseUnits = BigInt(units + fraction.padEnd(decimalPlaces, '0'));
  return baseUnits < UNLIMITED_BASE_UNITS ? baseUnits : null;
}

export function renderAmount(baseUnits: bigint, decimalPlaces: number): string {
  if (baseUnits === UNLIMITED_BASE_UNITS) return 'unlimited';
  const digits = baseUnits.toString().padStart(decimalPlaces + 1, '0');
  const units = digits.slice(0, digits.length - decimalPlaces);
  const fraction = digits.slice(digits.length - decimalPlaces).replace(/0+$/, '');
  return fraction === '' ? units : `${units}.${fraction}`;
}

/**
 * Refines an object that holds `cap` and `decimals`: the amount must be exact in the mint's units. It is asked even
 * where a field breaks its own rule; that has been said then, and only what both rules allow is turned into a number.
 */
export const capFits = {
  check: (value: { cap: string; decimals: number }) =>
    !isAmount(value.cap) ||
    !decimals.safeParse(value.decimals).success ||
    parseAmount(value.cap, value.decimals) !== null,
  options: {
    path: ['cap'],
    error: 'more fraction digits than the mint has decimals, or too large for 64 bits',
  },
};

export function capBaseUnits(value: { cap: string; decimals: number }): bigint {
  const baseUnits = parseAmount(value.cap, value.decimals);
  if (baseUnits === null) throw new Error('the schema lets no such cap pass');
  return baseUnits;
}

/** A moment after 1970 that exists. */
const isTime = (text: string) => (parseTime(text) ?? 0n) > 0n;

export const time = z
  .string({ error: 'a time is text such as 2026-12-15T00:00:00Z' })
  .refine(isTime, { error: 'a time is YYYY-MM-DDTHH:MM:SSZ and must exist' });
export const timeOrNone = z.union([z.literal('none'), time], {
  error: 'neither "none" nor an existing time such as 2026-12-15T00:00:00Z',
});

export function unixOf(text: string): UnixSeconds {
  const seconds = parseTime(text);
  if (seconds === undefined) throw new Error('the schema lets no such time pass');
  return seconds;
}

export const operatorName = z.string({ error: 'a name is text' }).regex(/^[!-~](?:[ -~]{0,30}[!-~])?$/, {
  error: 'a name is 1 to 32 printable ASCII characters without blanks at its ends',
});

export const hash32 = z
  .string({ error: 'a hash is text' })
  .regex(/^[0-9a-f]{64}$/, { error: 'a hash is 64 lower-case hexadecimal digits' });
