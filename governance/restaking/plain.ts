import { PublicKey } from '@solana/web3.js';
import BN from 'bn.js';

/**
 * The coder's shapes against ours. Coder: snake_case keys, BN, PublicKey, `{ InviteOnly: {} }`.
 * Ours: camelCase keys, bigint for every integer of 64 bits, base58 strings, `'invite-only'`, Uint8Array.
 */
export type Plain =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | readonly Plain[]
  | { readonly [key: string]: Plain };

const camel = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const kebab = (variant: string) => variant.replace(/(?<=.)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
const pascal = (word: string) =>
  word.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

function isVariant(value: object): boolean {
  const [name, ...others] = Object.keys(value);
  return name !== undefined && others.length === 0 && /^[A-Z]/.test(name);
}

export function toPlain(value: unknown): Plain {
  if (value === null || value === undefined) return null;
  if (BN.isBN(value)) return BigInt(value.toString());
  if (value instanceof PublicKey) return value.toBase58();
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value === 'object') {
    if (isVariant(value)) return kebab(Object.keys(value)[0] as string);
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [camel(key), toPlain(inner)]));
  }
  return value as Plain;
}

/** A field of an enum type cannot be told from text by its value, so enum words are wrapped by the caller. */
export class Variant {
  constructor(readonly word: string) {}
}

export function fromPlain(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return new BN(value.toString());
  if (value instanceof Variant) return { [pascal(value.word)]: {} };
  if (value instanceof PublicKey) return value;
  if (value instanceof Uint8Array) return [...value];
  if (Array.isArray(value)) return value.map(fromPlain);
  if (typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [snake(key), fromPlain(inner)]));
  }
  return value;
}
