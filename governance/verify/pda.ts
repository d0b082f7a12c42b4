import { sha256 } from '@noble/hashes/sha2';
import type { Address } from '../types.ts';
import { ascii, concat, fromAddress, hex, leBytes, toAddress } from './bytes.ts';

/** Squads v4 on mainnet and devnet. */
export const SQUADS_PROGRAM = 'SQDS4ep65T869zMMBKyuUq6aD6EgTu8psMjkvj52pCf' as Address;
export const SYSTEM_PROGRAM = '11111111111111111111111111111111' as Address;

/** The field of edwards25519 and the curve's constant d (RFC 8032, section 5.1). */
const P = 2n ** 255n - 19n;
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;

/** Whether a, below P, is a square over P, as 0 is: its Jacobi symbol, since P is prime. */
function isSquare(a: bigint): boolean {
  let top = a;
  let bottom = P;
  let square = true;
  while (top !== 0n) {
    const low = Number(top & 0xffff_ffffn);
    // Trailing zeros of the low word at once: BigInt operations are what this costs.
    const twos = low === 0 ? 32 : 31 - Math.clz32(low & -low);
    top >>= BigInt(twos);
    if (low === 0) continue;
    const below = Number(bottom & 7n);
    if (twos % 2 === 1 && (below === 3 || below === 5)) square = !square;
    if (below % 4 === 3 && Number(top & 3n) === 3) square = !square;
    [top, bottom] = [bottom % top, top];
  }
  return square;
}

/**
 * Whether 32 bytes decompress to a point: y with x² = (y² − 1) / (d·y² + 1), a square exactly when
 * (y² − 1)(d·y² + 1) is one. A program derived address must not be such a point.
 */
export function isOnCurve(key: Uint8Array): boolean {
  let y = 0n;
  for (let at = 24; at >= 0; at -= 8) {
    y = (y << 64n) | new DataView(key.buffer, key.byteOffset + at, 8).getBigUint64(0, true);
  }
  y &= 2n ** 255n - 1n;
  const y2 = (y * y) % P;
  return isSquare(((y2 - 1n + P) * (D * y2 + 1n)) % P);
}

export interface Derived {
  readonly key: Uint8Array;
  readonly address: Address;
  readonly bump: number;
}

const MARKER = ascii('ProgramDerivedAddress');

/** An address never changes; those of one council are asked for again and again, and each costs 0.1 ms. */
const DERIVED = new Map<string, Derived>();
const DERIVED_LIMIT = 32_768;

/** The canonical program derived address: the highest bump whose hash lies off the curve. */
export function derive(seeds: readonly Uint8Array[], program: Address): Derived {
  const id = `${program} ${seeds.map(hex).join(' ')}`;
  const before = DERIVED.get(id);
  if (before !== undefined) return before;
  const derived = search(seeds, program);
  if (DERIVED.size >= DERIVED_LIMIT) DERIVED.clear();
  DERIVED.set(id, derived);
  return derived;
}

function search(seeds: readonly Uint8Array[], program: Address): Derived {
  const tail = concat([fromAddress(program), MARKER]);
  for (let bump = 255; bump >= 0; bump--) {
    const key = sha256(concat([...seeds, leBytes(bump, 1), tail]));
    if (!isOnCurve(key)) return { key, address: toAddress(key), bump };
  }
  // 2^-256: no seeds are known for which this happens.
  throw new RangeError(`no program derived address for ${seeds.map(hex).join(' ')}`);
}

const MULTISIG = ascii('multisig');
const TRANSACTION = ascii('transaction');

export const multisigAddress = (createKey: Uint8Array): Derived =>
  derive([MULTISIG, MULTISIG, createKey], SQUADS_PROGRAM);

export const vaultAddress = (council: Address, index: number): Derived =>
  derive([MULTISIG, fromAddress(council), ascii('vault'), leBytes(index, 1)], SQUADS_PROGRAM);

export const transactionAddress = (council: Address, index: bigint): Derived =>
  derive([MULTISIG, fromAddress(council), TRANSACTION, leBytes(index, 8)], SQUADS_PROGRAM);

export const proposalAddress = (council: Address, index: bigint): Derived =>
  derive([MULTISIG, fromAddress(council), TRANSACTION, leBytes(index, 8), ascii('proposal')], SQUADS_PROGRAM);

export const sipRecordAddress = (program: Address, number: number): Derived =>
  derive([ascii('sip'), leBytes(number, 4)], program);

export const configAddress = (program: Address): Derived => derive([ascii('config')], program);
