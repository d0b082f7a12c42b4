import { basename, dirname } from 'node:path';
import { folderFiles } from '#governance/adapters/files.ts';
import type { ChainReader, Signer } from '#governance/chain/ports.ts';
import { SipError } from '#governance/errors.ts';
import type { Act, ActOutcome } from '#governance/proposals/act.ts';
import type { SipLibrary } from '#governance/proposals/library.ts';
import { toldLine } from '#governance/proposals/told.ts';
import type { Sip } from '#governance/sip/document.ts';
import type { Address, MembersHash, Pins } from '#governance/types.ts';
import type { NotDone, VenuePorts } from '#governance/venues/squads/outcome.ts';
import { appendReason, MAX_REASON_CHARACTERS, type Reason } from '#governance/venues/squads/reasons.ts';
import { describeDifference, type Verification } from '#governance/verify/index.ts';
import { Refused } from './command.ts';
import type { Context } from './context.ts';
import { readerForSigning } from './quorum.ts';
import { giveReceipt } from './receipts.ts';
import { tell } from './render/screen.ts';

/** What approve, reject, cancel and execute share: which transactions are meant, the verdict before, the reason after. */

export interface Target {
  readonly library: SipLibrary;
  /** Undefined where only a transaction index was given. */
  readonly sip: Sip | undefined;
  readonly transactionIndex: bigint | undefined;
}

export interface Decided {
  readonly transactionIndex: bigint;
  readonly verification: Verification;
  readonly sip: Sip | undefined;
  readonly outcome: Exclude<ActOutcome, NotDone>;
  /** To be passed on to the other signers; null where nothing was signed. */
  readonly line: string | null;
  /** The file of the receipt that was asked for; null where it could not be made. */
  readonly receipt?: string | null;
}

export interface Wishes {
  readonly reason: string | undefined;
  /** A review receipt after the vote, with the same key. */
  readonly receipt: boolean;
}

/** @throws SipError USAGE unless exactly one of the two is given; SIP_NOT_FOUND, SIP_INVALID */
export async function findTarget(
  context: Context,
  named: string | undefined,
  transactionIndex: bigint | undefined,
): Promise<Target> {
  if ((named === undefined) === (transactionIndex === undefined))
    throw new SipError('USAGE', { detail: 'give either the number of a SIP or --transaction-index' });
  if (named === undefined) return { library: await context.sips.library(), sip: undefined, transactionIndex };
  const { sipLibrary } = await import('#governance/proposals/library.ts');
  const { sip } = await context.sips.find(named);
  return { library: sipLibrary([sip]), sip, transactionIndex: undefined };
}

/**
 * Takes one step on every transaction of the target, in the order of parts. Stops at the first that is refused.
 * @throws SipError of what was refused; what was done before it has been told
 */
export async function decide(
  context: Context,
  ports: VenuePorts,
  target: Target,
  what: Act,
  { reason, receipt: wanted }: Wishes,
): Promise<readonly Decided[]> {
  const { act } = await import('#governance/proposals/act.ts');
  const { judgeTransaction } = await import('#governance/proposals/judge.ts');
  const { reviewedSigner } = await import('#governance/operations/reviewed-signer.ts');
  const pins = await context.pins();
  const key = await context.signer();
  const who = key.publicKey.toBase58() as Address;
  // Agreeing needs a verdict that rests on the cluster's quorum; refusing does not.
  const reader = what === 'approve' || what === 'execute' ? await readerForSigning(context) : ports.rpc;
  const done: Decided[] = [];
  for (const transactionIndex of await indexesOf(context, ports, pins, target, what)) {
    const { library } = target;
    const { verification, sip } = await judgeTransaction(reader, pins, transactionIndex, { library });
    if (reason !== undefined && sip === undefined)
      throw new SipError('USAGE', {
        detail: `no text at hand belongs to transaction ${transactionIndex}, and --reason is kept beside the text: leave it out`,
      });
    if (verification.verdict !== 'match' && reader !== ports.rpc) throw notMatching(what, verification);
    if (verification.verdict === 'match' && !verification.executed)
      await show(context, pins, verification, sip);
    await context.confirm(`${what} transaction ${transactionIndex}`);
    context.stage(`${what} transaction ${transactionIndex}`);
    const member = reviewedSigner(key, pins, transactionIndex);
    const request = { pins, library, transactionIndex, member };
    const outcome = await act(ports, request, what, context.venueOptions());
    if (outcome.kind === 'not-done') {
      for (const { transactionIndex: earlier } of done)
        context.warn(`Transaction ${earlier}: ${what} done before.`);
      throw outcome.error;
    }
    const landed = 'landed' in outcome ? outcome.landed : undefined;
    if (reason !== undefined && landed !== undefined && sip !== undefined) {
      const { unixTimestamp } = await ports.rpc.clock();
      await keepReason(context, sip, {
        transactionIndex,
        council: pins.council,
        vote: what,
        who,
        when: unixTimestamp,
        signature: landed.signature,
        text: reason,
      });
    } else if (reason !== undefined) context.warn(REASON_NOT_KEPT);
    const line = landed ? toldLine({ what, who, sip, verification, outcome }) : null;
    const decided = { transactionIndex, verification, sip, outcome, line };
    const about = { transactionIndex, library };
    done.push(
      wanted ? { ...decided, receipt: await receiptAfter(context, reader, pins, about, key) } : decided,
    );
  }
  return done;
}

/** The vote stands whatever becomes of the receipt, and its result is told in any case. */
async function receiptAfter(
  context: Context,
  reader: ChainReader,
  pins: Pins,
  about: { readonly transactionIndex: bigint; readonly library: SipLibrary },
  key: Signer,
): Promise<string | null> {
  try {
    return (await giveReceipt(context, reader, pins, about, key)).file;
  } catch (error) {
    const { transactionIndex } = about;
    context.warn(
      `The vote on transaction ${transactionIndex} stands; its receipt was not made: ${(error as Error).message} Make it with "sip receipt make --transaction-index ${transactionIndex}".`,
    );
    return null;
  }
}

export const REASON_NOT_KEPT =
  'Nothing was signed now, so the reason was not kept: it belongs to a signature. Add it beside the text by hand if it is missing there.';

/** As the library says it of the first endpoint alone. */
function notMatching(what: Act, { verdict, transactionIndex, differences: [first] }: Verification): SipError {
  const because = first ? describeDifference(first) : verdict;
  return new SipError('VERDICT_NOT_MATCH', { act: what, verdict, transactionIndex, because });
}

/** What will be agreed to, in words, before the key is used. */
async function show(
  context: Context,
  pins: Pins,
  { part, transactionIndex }: Verification,
  sip: Sip | undefined,
): Promise<void> {
  if (!sip || part === null) return;
  const { recompilePart } = await import('#governance/plan/compile.ts');
  const values = { part, membersHash: '00'.repeat(32) as MembersHash, councilTx: transactionIndex };
  const compiled = recompilePart(sip, pins, values);
  if (!compiled) return;
  tell(
    context,
    `Transaction ${transactionIndex} is SIP-${sip.header.sip} "${sip.header.title}", part ${part} of ${compiled.parts}:`,
  );
  for (const { describe } of compiled.instructions.slice(part === 0 ? 0 : 1))
    tell(context, `  - ${describe}`);
}

async function indexesOf(
  context: Context,
  { rpc }: VenuePorts,
  pins: Pins,
  { sip, transactionIndex }: Target,
  what: Act,
): Promise<readonly bigint[]> {
  if (transactionIndex !== undefined) return [transactionIndex];
  if (!sip) return [];
  const { standingOf } = await import('#governance/proposals/parts.ts');
  const { live, impostors, record } = await standingOf(rpc, pins, sip);
  for (const { transactionIndex: index, verification } of impostors)
    context.warn(
      `Impostor: transaction ${index} names the digest of SIP-${sip.header.sip} and is not it (${verification.verdict}).`,
    );
  const indexes = [...live].sort(([a], [b]) => a - b).map(([, one]) => one.transactionIndex);
  if (indexes.length > 0) return indexes;
  if (record?.digest === sip.digest && record.part >= record.parts) {
    if (what === 'execute') return [record.councilTx];
    throw new SipError('SIP_ALREADY_ENACTED', { sip: sip.header.sip });
  }
  throw new SipError('SIP_NOT_PROPOSED', { sip: sip.header.sip });
}

/** Beside the document, where it is read again by `sip status N`. */
export async function keepReason(
  context: Context,
  sip: Sip,
  reason: Omit<Reason, 'sip' | 'digest'>,
): Promise<void> {
  const path = context.path(sip.file);
  const files = folderFiles(dirname(path));
  await appendReason(files, basename(path), { sip: sip.header.sip, digest: sip.digest, ...reason });
}

/** Parses --reason. */
export function reasonText(text: string): string {
  if (text.trim() === '') throw new Refused('empty');
  if (text.length > MAX_REASON_CHARACTERS)
    throw new Refused(`longer than ${MAX_REASON_CHARACTERS} characters`);
  return text;
}
