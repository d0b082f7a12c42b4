import { TransactionInstruction } from '@solana/web3.js';
import type { BuildContext, DecodeContext, KeyFlags } from '../actions/action.ts';
import { isAddress } from '../base58.ts';
import { restakingPdas } from '../restaking/pdas.ts';
import type { Address, Digest, Pins } from '../types.ts';
import type { CompiledInstruction } from './types.ts';

export function buildContext(
  pins: Pins,
  sip: { readonly number: number; readonly digest: Digest },
  mergedFlags: BuildContext['mergedFlags'] = () => undefined,
): BuildContext {
  return { pins, pdas: restakingPdas(pins.programId), sip, mergedFlags };
}

/** Signer and writable bits of every key as the message has them: the vault pays, so it signs and is written. */
export function mergeFlags(
  vault: Address,
  instructions: readonly TransactionInstruction[],
): BuildContext['mergedFlags'] {
  const flags = new Map<string, KeyFlags>([[vault, { isSigner: true, isWritable: true }]]);
  for (const { pubkey, isSigner, isWritable } of instructions.flatMap((instruction) => instruction.keys)) {
    const known = flags.get(pubkey.toBase58());
    flags.set(pubkey.toBase58(), {
      isSigner: isSigner || known?.isSigner === true,
      isWritable: isWritable || known?.isWritable === true,
    });
  }
  return (key) => flags.get(key.toBase58());
}

/** The same instructions, every key with its bits as the message has them. */
export function withMergedFlags(
  vault: Address,
  instructions: readonly TransactionInstruction[],
): readonly TransactionInstruction[] {
  const flags = mergeFlags(vault, instructions);
  return instructions.map(
    ({ programId, keys, data }) =>
      new TransactionInstruction({
        ...{ programId, data },
        keys: keys.map((key) => ({ ...key, ...flags(key.pubkey) })),
      }),
  );
}

export function plainInstruction({
  programId,
  keys,
  data,
}: TransactionInstruction): Omit<CompiledInstruction, 'describe'> {
  return {
    programId: programId.toBase58() as Address,
    keys: keys.map((key) => ({ ...key, pubkey: key.pubkey.toBase58() as Address })),
    data: new Uint8Array(data),
  };
}

/** A decoder that knows what pools and operators derive from, as far as these addresses tell. */
export function decodeContext(pins: Pins, known: Iterable<string>): DecodeContext {
  const pdas = restakingPdas(pins.programId);
  const seeds = new Map<Address, Address>();
  for (const address of known) {
    if (!isAddress(address)) continue;
    seeds.set(pdas.pool(address), address);
    seeds.set(pdas.operator(address), address);
  }
  return { pins, pdas, seedOf: (pda) => seeds.get(pda) };
}

/** Every address that occurs in an action's parameters, at any depth. */
export function addressesIn(value: unknown): readonly Address[] {
  if (typeof value === 'string') return isAddress(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(addressesIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(addressesIn) : [];
}
