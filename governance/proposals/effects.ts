import { PublicKey, TransactionInstruction } from '@solana/web3.js';
import { diffArrays } from 'diff';
import { recompilePart } from '../plan/compile.ts';
import { addressesIn, decodeContext } from '../plan/context.ts';
import { describeInstruction } from '../plan/describe.ts';
import { decodeInstruction } from '../restaking/instructions.ts';
import type { Sip } from '../sip/document.ts';
import type { MembersHash, Pins } from '../types.ts';
import type { CouncilTransaction } from '../venues/squads/state.ts';

type VaultTransaction = Extract<CouncilTransaction, { readonly kind: 'vault' }>;

/** What one instruction does, in words. */
export interface EffectLine {
  readonly sentence: string;
  /** `bytes`: the transaction does what the text does not say. `text`: the text says what it does not do. Null: no text. */
  readonly saidBy: 'both' | 'bytes' | 'text' | null;
}

/** Instructions as the message has them, every key with the bits of the message's header. */
export function instructionsIn({ message }: VaultTransaction): readonly TransactionInstruction[] {
  const { accountKeys, numSigners, numWritableSigners, numWritableNonSigners } = message;
  const isWritable = (index: number) =>
    index < numSigners ? index < numWritableSigners : index - numSigners < numWritableNonSigners;
  // An index behind the keys is of a lookup table, which no text compiles to.
  const keyAt = (index: number) => accountKeys[index] ?? PublicKey.default;
  return message.instructions.map(
    ({ programIdIndex, accountIndexes, data }) =>
      new TransactionInstruction({
        programId: keyAt(programIdIndex),
        keys: [...accountIndexes].map((index) => ({
          pubkey: keyAt(index),
          isSigner: index < numSigners,
          isWritable: isWritable(index),
        })),
        data: Buffer.from(data),
      }),
  );
}

/** What each instruction does, from the bytes; a text tells which mints and vote accounts addresses derive from. */
export function describeAll(
  instructions: readonly TransactionInstruction[],
  sip: Sip | undefined,
  pins: Pins,
): readonly string[] {
  const known = sip ? sip.actions.flatMap(({ params }) => addressesIn(params)) : [];
  const context = decodeContext(pins, known);
  return instructions.map((_, at) => describeInstruction(instructions, at, context));
}

/**
 * What a transaction does, beside what its text says that it does: words for the difference that a verdict finds in bytes.
 * The announcement in front is no effect of its own.
 * @param sip that the transaction's digest names, if it is at hand
 * @param part of the text that it claims to be; null where it claims none
 */
export function effectsOf(
  transaction: VaultTransaction,
  sip: Sip | undefined,
  part: number | null,
  pins: Pins,
): readonly EffectLine[] {
  const instructions = instructionsIn(transaction);
  const [first] = instructions;
  const begins = first && decodeInstruction(first, pins.programId)?.name === 'begin_sip';
  const done = describeAll(instructions, sip, pins).slice(begins ? 1 : 0);
  const said = sip && part !== null ? saidIn(sip, part, transaction.index, pins) : undefined;
  if (said === undefined) return done.map((sentence) => ({ sentence, saidBy: null }));
  return diffArrays([...said], [...done]).flatMap(({ added, removed, value }) =>
    value.map((sentence) => ({ sentence, saidBy: added ? 'bytes' : removed ? 'text' : 'both' }) as const),
  );
}

/** In words the council's members make no difference. */
const ANY_MEMBERS = '00'.repeat(32) as MembersHash;

function saidIn(sip: Sip, part: number, councilTx: bigint, pins: Pins): readonly string[] | undefined {
  const compiled = recompilePart(sip, pins, { part, membersHash: ANY_MEMBERS, councilTx });
  return compiled?.instructions.slice(part === 0 ? 0 : 1).map(({ describe }) => describe);
}
