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

/** An account that a message takes from a lookup table: which one that is can change until it is executed. */
export interface LookedUp {
  readonly table: PublicKey;
  readonly entry: number;
}

/** In the order in which they follow the message's own keys: all that are written, then all others. */
export function lookedUpBy({ message }: VaultTransaction): readonly LookedUp[] {
  const of = (which: 'writableIndexes' | 'readonlyIndexes') =>
    message.addressTableLookups.flatMap((lookup) =>
      [...lookup[which]].map((entry) => ({ table: lookup.accountKey, entry })),
    );
  return [...of('writableIndexes'), ...of('readonlyIndexes')];
}

/**
 * Instructions as the message has them, every key with the bits of the message's header. In place of an account from a
 * lookup table stands the table: nobody can say which account it will be.
 */
export function instructionsIn(transaction: VaultTransaction): readonly TransactionInstruction[] {
  const { message } = transaction;
  const { accountKeys, numSigners, numWritableSigners, numWritableNonSigners } = message;
  const tables = lookedUpBy(transaction);
  const written =
    tables.length - message.addressTableLookups.flatMap((one) => [...one.readonlyIndexes]).length;
  const isWritable = (index: number) => {
    if (index >= accountKeys.length) return index - accountKeys.length < written;
    return index < numSigners ? index < numWritableSigners : index - numSigners < numWritableNonSigners;
  };
  const keyAt = (index: number) =>
    accountKeys[index] ?? tables[index - accountKeys.length]?.table ?? PublicKey.default;
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
  transaction: VaultTransaction,
  sip: Sip | undefined,
  pins: Pins,
): readonly string[] {
  const { accountKeys, instructions: stored } = transaction.message;
  const known = sip ? sip.actions.flatMap(({ params }) => addressesIn(params)) : [];
  const context = decodeContext(pins, known);
  const instructions = instructionsIn(transaction);
  return stored.map(({ programIdIndex, accountIndexes }, at) => {
    if (programIdIndex >= accountKeys.length) return 'An instruction of a program that a lookup table names';
    if ([...accountIndexes].some((index) => index >= accountKeys.length))
      return `An instruction of the program ${accountKeys[programIdIndex]!.toBase58()} on accounts that a lookup table names, which can change until it is executed`;
    return describeInstruction(instructions, at, context);
  });
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
  const done = describeAll(transaction, sip, pins).slice(begins ? 1 : 0);
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
