import { SipError } from '../errors.ts';
import type { MembersHash } from '../types.ts';
import { sameBytes } from './bytes.ts';
import type { compareParts } from './compare.ts';
import type { Difference } from './difference.ts';
import type { ExpectedPart, SipText } from './input.ts';
import type { ReadAccounts } from './read-accounts.ts';
import { decodeAnnouncement } from './sip-bytes.ts';
import { decodeWireMessage, encodeStoredMessage, type VaultMessage } from './wire.ts';

export type Comparer = typeof compareParts;

/** What the text is compiled with, besides the pins. */
export interface CompileFor {
  readonly membersHash: MembersHash;
  readonly councilTx: bigint;
  /** The part that the bytes claim to be. */
  readonly part: number;
}

export interface Closest {
  readonly expected: ExpectedPart;
  readonly differences: readonly Difference[];
}

/**
 * Compares with the part the bytes claim to be; when they differ, with the other parts too, and answers with the
 * nearest, so that a wrong part number is called that. Null when the text compiles to nothing at all.
 */
export function closestPart(
  compare: Comparer,
  text: SipText,
  facts: CompileFor,
  { transaction, data }: ReadAccounts,
): Closest | null {
  const attempt = (part: number): Closest | null => {
    const expected = text.recompile(facts.membersHash, facts.councilTx, part);
    if (expected === null) return null;
    const message = readBack(text, expected, { ...facts, part });
    const spans = transaction.spans.message;
    const differences = compare(
      { message, bytes: expected.accountMessage },
      { message: transaction.message, spans, data },
    );
    return { expected, differences };
  };
  const own = attempt(facts.part);
  if (own !== null && own.differences.length === 0) return own;
  let closest = own ?? attempt(1);
  const parts = closest?.expected.parts ?? 0;
  for (let part = 1; part <= parts; part++) {
    if (part === closest?.expected.part) continue;
    const other = attempt(part);
    if (other !== null && other.differences.length < closest!.differences.length) closest = other;
  }
  return closest;
}

/** Reads the planner's output with this folder's own decoder; the planner's word is not taken for it. */
function readBack(
  text: SipText,
  expected: ExpectedPart,
  { membersHash, councilTx, part }: CompileFor,
): VaultMessage {
  const broken = (detail: string): never => {
    throw new SipError('INTERNAL', { detail: `SIP-${text.sip}, part ${part}: ${detail}` });
  };
  const read = decodeWireMessage(expected.message);
  if (!read.ok) return broken('the compiled message cannot be read back');
  const message = read.value;
  // A message has one encoding in each form: what is written of one is what the other has to be.
  if (!sameBytes(encodeStoredMessage(message), expected.accountMessage)) {
    broken('the two forms of the message differ');
  }
  if (expected.part !== part) broken(`part ${expected.part} was compiled`);
  if (expected.transactionIndex !== councilTx) {
    broken(`it was compiled for transaction ${expected.transactionIndex}`);
  }
  if (expected.vaultIndex !== 0) broken(`it was compiled for vault ${expected.vaultIndex}`);
  const first = message.instructions[0];
  const said = first === undefined ? undefined : decodeAnnouncement(first.data);
  if (said === undefined || said.rest === null) return broken('it does not begin with an announcement');
  if (said.digest !== text.digest || said.number !== text.sip) broken('it announces another text');
  if (said.rest.part !== part || said.rest.councilTx !== councilTx) {
    broken('it announces another part or transaction');
  }
  if (said.kind === 'begin-sip' && said.rest.membersHash !== membersHash)
    broken('it announces other members');
  return message;
}
