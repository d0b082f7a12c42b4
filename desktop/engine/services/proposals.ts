import type { ProposalView } from '#desktop/shared/views/index.ts';
import { confirmExpectations } from '#governance/actions/confirm.ts';
import { folderFiles } from '#governance/adapters/files.ts';
import { keyOf } from '#governance/chain/address.ts';
import { SipError } from '#governance/errors.ts';
import { expectationsOf } from '#governance/lifecycle/expected.ts';
import { act } from '#governance/proposals/act.ts';
import { effectsOf } from '#governance/proposals/effects.ts';
import { judgeTransaction } from '#governance/proposals/judge.ts';
import { announcementOf } from '#governance/proposals/scan.ts';
import { toldLine } from '#governance/proposals/told.ts';
import { type Trial, tryExecution } from '#governance/proposals/trial.ts';
import type { Address } from '#governance/types.ts';
import { transactionAddress } from '#governance/venues/squads/pdas.ts';
import {
  appendReason,
  appendTransactionReason,
  readReasons,
  readTransactionReasons,
  type TransactionReason,
} from '#governance/venues/squads/reasons.ts';
import { readCouncil, readTransaction } from '#governance/venues/squads/state.ts';
import { classify } from '#governance/venues/squads/status.ts';
import { describeDifference } from '#governance/verify/index.ts';
import { brokenText } from '#governance/words/promise.ts';
import { stateText } from '#governance/words/steps.ts';
import { diffOf } from '../diff.ts';
import type { Engine, Handlers } from '../engine.ts';
import { failureOf } from '../failure.ts';
import { keptReasons } from '../reasons.ts';
import type { World } from '../world.ts';
import { changeActs, changeGates } from './change-gates.ts';
import { readGiven } from './hand-in.ts';
import { changeIn, changesIn, councilChangeView } from './proposal-change.ts';
import { changesOf, instructionsOf } from './proposal-effect.ts';
import { type Facts, rowOf, titleOf, votesOf } from './proposal-facts.ts';
import { actsOf, gatesOf, quorumGates } from './proposal-gates.ts';
import { sameSeat } from './same-seat.ts';
import { sectionsOf } from './sips.ts';
import { secondsOrNull } from './words.ts';

const DONE = { approve: 'Approved', reject: 'Rejected', cancel: 'Cancelled', execute: 'Executed' } as const;

export const proposals = {
  async 'proposals.read'(engine, { transactionIndex }) {
    const { world } = engine;
    const { rpc, pins, documents } = world;
    const facts = await factsOf(engine, BigInt(transactionIndex));
    const { verification, sip, council, state, pair } = facts;
    const announcement = announcementOf(pair);
    // Whole, because the differences name places in the account.
    const { accounts } = await rpc.getAccounts([transactionAddress(keyOf(pins.council), pair.index)]);
    const raw = accounts[0]?.data ?? new Uint8Array();
    const trial = await tryExecution(rpc, pins, council, pair.index, documents.library);
    const me = world.seats.find(({ id }) => id === engine.seat);
    const votes = votesOf(facts, world, me?.publicKey);
    const change = await changeIn(facts, raw, world);
    const gates = [...(change ? changeGates(facts, change, me) : gatesOf(facts, me)), ...quorumGates(world)];
    const instructions = instructionsOf(facts, world);
    return {
      row: rowOf(facts, world),
      verdict: verification.verdict,
      executed: verification.executed || state.kind === 'executed',
      compared: change
        ? notCompared(facts, raw.length, change.review !== null, world)
        : comparedText(facts, raw.length, announcement !== undefined, world),
      // Of a change of the council the verifier says that it is no vault transaction, and no more.
      differences: change
        ? []
        : verification.differences.map((one) => ({
            kind: one.kind,
            sentence: describeDifference(one),
            bytes: one.bytes ? ([one.bytes[0], one.bytes[1]] as [number, number]) : null,
          })),
      part: verification.part,
      parts: verification.parts,
      digest: announcement?.digest ?? null,
      membersHash: announcement?.rest?.membersHash ?? null,
      text: sip ? { sections: sectionsOf(sip) } : null,
      effects: change
        ? (change.review?.sentences ?? []).map((sentence) => ({ sentence, saidBy: null }))
        : pair.transaction?.kind === 'vault'
          ? [...effectsOf(pair.transaction, sip, verification.part, pins)]
          : [],
      changes: change
        ? changesIn(change, world)
        : sip
          ? await changesOf(sip, world, verification.executed)
          : [],
      councilChange: change ? councilChangeView(change, world) : null,
      instructions,
      accountBytesHex: Buffer.from(raw).toString('hex'),
      seat: engine.seat,
      simulation: simulationView(trial),
      votes,
      ...(await reasonsOf(facts, world)),
      needed: council.threshold,
      approvals: council.members.filter(({ key }) => pair.proposal?.approved.includes(key)).length,
      voteSentence: `It is ${stateText(state, facts.now)}.`,
      gates,
      acts: change ? changeActs(facts, me) : actsOf(facts, gates, me),
      history: await historyOf(facts, world),
      expiresAt: secondsOrNull(announcement?.rest?.notAfter ?? null),
    };
  },

  /** Only the very text: its digest has to be the one on chain. */
  async 'proposals.give-text'(engine, { transactionIndex, name, base64 }) {
    const { documents } = engine.world;
    const { pair } = await factsOf(engine, BigInt(transactionIndex));
    const expected = announcementOf(pair)?.digest;
    if (expected === undefined)
      throw new SipError('USAGE', {
        detail: `transaction ${transactionIndex} names no digest: no text belongs to it`,
      });
    const given = readGiven(base64, name);
    const { sip } = given;
    const taken = sip.digest === expected;
    if (taken) {
      await documents.store.keep(given);
      await documents.reload();
    }
    const near = documents.library.byNumber(sip.header.sip);
    const diff = taken || near === undefined ? [] : diffOf(near.text, sip.text);
    return { taken, digest: sip.digest, expected, diff };
  },

  async 'proposals.act'(engine, { transactionIndex, act: what, reason, seat }) {
    if (seat !== undefined) sameSeat(engine, seat);
    const { world } = engine;
    const { pins, documents } = world;
    const facts = await factsOf(engine, BigInt(transactionIndex));
    const { verification, sip } = facts;
    const member = world.signer(engine.seat, {
      title: `${what.charAt(0).toUpperCase()}${what.slice(1)} ${titleOf(facts)}`,
      verdict: verification.verdict,
      digest: sip?.digest ?? null,
      transactionIndex: BigInt(transactionIndex),
    });
    const who = member.publicKey.toBase58() as Address;
    const request = { pins, library: documents.library, transactionIndex: BigInt(transactionIndex), member };
    const outcome = await world.sending((ports) => act(ports, request, what));
    if (outcome.kind === 'not-done') throw outcome.error;
    const landed = 'landed' in outcome ? outcome.landed : undefined;
    const keep = async () => {
      if (!reason || !landed) return '';
      const { unixTimestamp: when } = await world.rpc.clock();
      const given = {
        ...{ council: pins.council, transactionIndex: BigInt(transactionIndex), vote: what, who, when },
        ...{ signature: landed.signature, text: reason },
      };
      await keepReason(documents.folder, sip, given);
      return '';
    };
    const kept = await afterwards('The reason was not kept', keep);
    const state = await afterwards('What it left on chain was not read', async () =>
      what === 'execute' && sip ? stateSentence(engine, facts) : '',
    );
    return {
      sentence: landed
        ? `${DONE[what]} transaction ${transactionIndex}.${state}${kept}`
        : `Transaction ${transactionIndex} was ${DONE[what].toLowerCase()} by this key already. Nothing was sent.`,
      line: landed ? toldLine({ what, who, sip, verification, outcome }) : null,
      signatures: landed ? [landed.signature] : [],
    };
  },
} satisfies Partial<Handlers>;

/** @throws SipError PROPOSAL_NOT_FOUND */
async function factsOf({ world }: Engine, index: bigint): Promise<Facts> {
  const { rpc, pins, documents } = world;
  await documents.refresh();
  const [council, pair, clock, judged] = await Promise.all([
    readCouncil(rpc, pins.council),
    readTransaction(rpc, pins.council, index),
    rpc.clock(),
    judgeTransaction(rpc, pins, index, { library: documents.library }),
  ]);
  if (index > council.transactionIndex) throw new SipError('PROPOSAL_NOT_FOUND', { transactionIndex: index });
  const now = clock.unixTimestamp;
  return {
    ...judged,
    council,
    pair,
    now,
    slot: clock.slot,
    state: classify(council, pair.proposal, index, now),
  };
}

function comparedText(
  { verification, sip, slot }: Facts,
  bytes: number,
  isAnnounced: boolean,
  { where }: World,
): string {
  if (verification.verdict === 'unreadable')
    return `Its ${bytes} bytes are no vault transaction of this council that can be read. Read from ${where} at slot ${slot}.`;
  const against = sip
    ? `Recompiled on this computer from the text and compared with the ${bytes} bytes on chain.`
    : isAnnounced
      ? `No text at hand has the digest in these ${bytes} bytes.`
      : `These ${bytes} bytes name no text: nothing that was discussed says what they do.`;
  const count = verification.differences.length;
  const found =
    count === 0 ? 'Every byte is equal.' : count === 1 ? 'One difference.' : `${count} differences.`;
  return `${against} ${found} Read from ${where} at slot ${slot}.`;
}

function notCompared({ slot }: Facts, bytes: number, readable: boolean, { where }: World): string {
  const drawn = readable
    ? `What its ${bytes} bytes do stands under Effect`
    : `Its ${bytes} bytes are not understood`;
  return `A verdict compares vault transactions with texts; that of any other is “unreadable”. ${drawn}. Read from ${where} at slot ${slot}.`;
}

/** Beside the document, or beside all of them where the transaction has none. */
async function reasonsOf(
  { sip, pair }: Facts,
  { documents, pins }: World,
): Promise<Pick<ProposalView, 'reasons' | 'reasonsProblem'>> {
  const { reasons, reasonsProblem } = await keptReasons<TransactionReason>(documents, (files) =>
    sip ? readReasons(files, sip.file) : readTransactionReasons(files),
  );
  return {
    reasons: reasons
      .filter(({ council, transactionIndex }) => council === pins.council && transactionIndex === pair.index)
      .map(({ vote, who, when, text }) => ({ vote, who, when: Number(when), text })),
    reasonsProblem,
  };
}

function simulationView({ ok, because, computeUnits, failure, logs }: Trial) {
  const sentence =
    ok === true
      ? 'The endpoint’s simulation of the exact execution succeeds.'
      : ok === false
        ? `The endpoint’s simulation fails: ${failure?.reason ?? 'it gave no reason'}.`
        : `It cannot be simulated now: ${because ?? 'the endpoint gave no reason'}.`;
  return { ok, sentence, computeUnits: computeUnits?.toString() ?? null, logs: [...logs] };
}

function keepReason(folder: string, sip: Facts['sip'], given: TransactionReason): Promise<void> {
  const files = folderFiles(folder);
  return sip
    ? appendReason(files, sip.file, { sip: sip.header.sip, digest: sip.digest, ...given })
    : appendTransactionReason(files, given);
}

/** Once something has landed, what fails after it is told beside it: thrown, it would say that nothing was sent. */
async function afterwards(what: string, work: () => Promise<string>): Promise<string> {
  try {
    return await work();
  } catch (error) {
    return ` ${what}: ${failureOf(error).message}`;
  }
}

/** What became of the state the text promises, after the last part. */
async function stateSentence({ world }: Engine, { sip, verification }: Facts): Promise<string> {
  if (!sip || verification.part !== verification.parts) return '';
  const found = await confirmExpectations(expectationsOf(sip, world.pins), world.rpc, world.pins.programId);
  const [first] = found;
  if (first === undefined) return ' The state on chain is what the text says.';
  return ` The state on chain differs from the text: ${brokenText(first)}.`;
}

async function historyOf({ pair, state }: Facts, { rpc }: Engine['world']) {
  const address = pair.proposal?.address ?? pair.transaction?.address;
  if (address === undefined) return [];
  const found = await rpc.signaturesFor(keyOf(address), 50);
  const what = (at: number) => (at === found.length - 1 ? 'First seen on chain' : 'Touched the proposal');
  return [
    ...('at' in state && state.at !== null
      ? [{ when: secondsOrNull(state.at), what: `Became ${state.kind}`, signature: null }]
      : []),
    ...found.map(({ signature, err }, at) => ({
      when: null,
      what: err === null ? what(at) : 'Failed transaction',
      signature,
    })),
  ];
}
