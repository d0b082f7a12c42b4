import { checkStillPossible } from './check-possible.ts';
import {
  checkAnnouncement,
  checkCouncil,
  checkDigest,
  checkRefused,
  checkVault,
} from './check-transaction.ts';
import { type Comparer, closestPart } from './closest-part.ts';
import { compareParts } from './compare.ts';
import { Differences } from './difference.ts';
import type { SipText, Verification, VerifyInput } from './input.ts';
import { findAnnouncement, type Located, type ReadAccounts, readAccounts } from './read-accounts.ts';
import { membersHashOf } from './squads-accounts.ts';

/**
 * Judges one vault transaction of the council against a SIP's text. Total over whatever the accounts hold: bytes
 * nobody can read are a verdict.
 * @throws SipError INTERNAL when `recompile` contradicts itself (its two encodings, digest, part or index disagree).
 */
export function verifyTransaction(input: VerifyInput): Verification {
  return verifyWith(compareParts, input);
}

/** `verifyTransaction` with another comparer: lets a test plant a defect and see it caught. */
export function verifyWith(compare: Comparer, input: VerifyInput): Verification {
  const found = new Differences();
  const read = readAccounts(input, found);
  if (read === null) return answer(input, found, { executed: false, sip: null, part: null, parts: null });

  const executed = read.proposal?.status === 'executed';
  const located = findAnnouncement(read.transaction.message, input.pins.programId);
  const rest = located?.announcement.rest ?? null;

  checkDigest(input, read, located, found);
  checkCouncil(input, read, located, executed, found);
  checkVault(input, read, found);
  checkRefused(read, found);
  const parts =
    input.text === null
      ? (rest?.parts ?? null)
      : checkText(compare, input.text, input.transactionIndex, read, located, executed, found);
  if (located !== undefined) checkAnnouncement(input, read, located, found);
  if (!executed) checkStillPossible(input, read, located?.announcement, found);
  const sip = located?.announcement.number ?? null;
  return answer(input, found, { executed, sip, part: rest?.part ?? null, parts });
}

/** Adds what differs from the text; answers with the number of its parts. */
function checkText(
  compare: Comparer,
  text: SipText,
  transactionIndex: bigint,
  read: ReadAccounts,
  located: Located | undefined,
  executed: boolean,
  found: Differences,
): number | null {
  // What has run is judged by what it said itself: the council may have changed since.
  const own = executed ? located?.announcement.rest : null;
  const accepts = located?.announcement.kind === 'accept-authority';
  const closest = closestPart(
    compare,
    text,
    {
      membersHash: own?.membersHash ?? membersHashOf(read.multisig.members),
      councilTx: own?.councilTx ?? transactionIndex,
      part: located?.announcement.rest?.part ?? (accepts ? 0 : 1),
    },
    read,
  );
  if (closest === null) {
    const actual = `part ${located?.announcement.rest?.part ?? 'unknown'}`;
    found.add({ kind: 'different-argument', field: 'part', expected: 'a part of the text', actual });
    return null;
  }
  found.addAll(closest.differences);
  return closest.expected.parts;
}

type Identity = Pick<Verification, 'executed' | 'sip' | 'part' | 'parts'>;

function answer(input: VerifyInput, found: Differences, identity: Identity): Verification {
  const differences = found.list();
  const verdict = differences[0]?.kind ?? 'match';
  return { verdict, ...identity, transactionIndex: input.transactionIndex, differences };
}
