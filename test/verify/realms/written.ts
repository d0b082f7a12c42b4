import { createRequire } from 'node:module';
import * as sdk from '@solana/spl-governance';
import { PublicKey } from '@solana/web3.js';
import BN from 'bn.js';
import fc from 'fast-check';

/**
 * Accounts of SPL Governance as its own SDK writes them, beside what they mean in the words of the byte reader.
 * Nothing here uses governance/verify.
 */

const { serialize } = createRequire(createRequire(import.meta.url).resolve('@solana/spl-governance'))(
  'borsh',
) as { serialize(schema: unknown, value: unknown): Uint8Array };

export interface Written {
  readonly bytes: Uint8Array;
  /** Bytes at the end that the program allocates and this account does not use. */
  readonly room: number;
  readonly meant: Readonly<Record<string, unknown>>;
}

/** @param reserved bytes of version 2 that the SDK's schema leaves out. */
export function written(
  account: unknown,
  type: number,
  reserved: number,
  room: number,
  meant: Written['meant'],
) {
  const used = serialize(sdk.getGovernanceSchemaForAccount(type), account);
  const bytes = Uint8Array.from([...used, ...new Uint8Array(reserved + room)]);
  return { bytes, room, meant };
}

export const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
export const u8 = fc.nat(255);
export const u16 = fc.nat(65_535);
export const u32 = fc.nat(4_294_967_295);
export const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
export const i64 = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });
export const option = <T>(item: fc.Arbitrary<T>) => fc.option(item, { nil: null });
export const text = (maxLength: number) => fc.string({ unit: 'grapheme', maxLength });

export const pub = (bytes: Uint8Array) => new PublicKey(bytes);
export const bn = (value: bigint) => new BN(value.toString());
/** The SDK's types say undefined where its serializer knows null alone. */
export const some = <T, U>(value: T | null, to: (value: T) => U): U | undefined =>
  value === null ? (null as unknown as undefined) : to(value);

type Threshold = { readonly yesPercent: number } | 'disabled';
export const threshold: fc.Arbitrary<Threshold> = fc.oneof(
  fc.constant('disabled' as const),
  fc.record({ yesPercent: fc.integer({ min: 1, max: 100 }) }),
);
export const thresholdOf = (value: Threshold) =>
  new sdk.VoteThreshold(
    value === 'disabled'
      ? { type: sdk.VoteThresholdType.Disabled, value: undefined }
      : { type: sdk.VoteThresholdType.YesVotePercentage, value: value.yesPercent },
  );
export const missing = (values: readonly unknown[]) =>
  values.filter((value) => value === null || value === 'disabled').length;
