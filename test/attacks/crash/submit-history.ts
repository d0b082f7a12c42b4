import { PublicKey, VersionedTransaction } from '@solana/web3.js';
import bs58 from 'bs58';
import { readJournal } from '#governance/chain/journal.ts';
import type { Signer } from '#governance/chain/ports.ts';
import { journalPath, withSettledJournal } from '#governance/chain/settled-journal.ts';
import { isSipError } from '#governance/errors.ts';
import { type SubmitOutcome, submitSip } from '#governance/proposals/submit.ts';
import type { Sip } from '#governance/sip/document.ts';
import { memoryFiles, memoryLock } from '#test/support/memory-ports.ts';
import { FOREIGN, OWN, PINS, partsOf, RIVAL, WORLD, wireOf } from './council.ts';
import type { EventName, Script } from './events.ts';
import { ModelChain } from './model-chain.ts';
import { type Ports, startProcess } from './process.ts';

/** One SIP, submitted through whatever the script says, by as many processes as it takes. */

/** A planted defect: ports that are not what they promise. */
export type Spoil = (ports: Ports) => Ports;

export interface History {
  readonly problem: string | undefined;
  readonly met: readonly EventName[];
  /** Processes that it took. */
  readonly runs: number;
}

interface Signed {
  readonly signature: string;
  /** What is asked for, whatever the blockhash and the budget. */
  readonly content: string;
  readonly lastValid: number;
}

const CLUSTER = { genesis: PublicKey.default.toBase58(), network: null };
const { path: JOURNAL } = journalPath(CLUSTER);
/** Processes through which events may go on. */
const MOST_WITH_EVENTS = 6;
/** Processes that may be needed when nothing happens any more. */
const ENOUGH = 2;
/** Until everything that was sent has landed or expired. */
const AFTERWARDS = 400;
/** Blocks between two tries of the user's. */
const THINKING = 3;

export async function playSubmit(
  sip: Sip,
  script: Script,
  before: number,
  spoil: Spoil = (ports) => ports,
): Promise<History> {
  const chain = new ModelChain(WORLD);
  for (let at = 0; at < before; at += 1) chain.propose(RIVAL, FOREIGN);
  const stored = new Map<string, Uint8Array>();
  const signed: Signed[] = [];
  const sent = new Set<string>();
  /** By all processes together. */
  const handedOver = new Set<string>();
  const problems = new Set<string>();
  const wrong = (what: string): void => void problems.add(what);
  const journalHas = (signature: string): boolean =>
    Buffer.from(stored.get(JOURNAL) ?? new Uint8Array()).includes(signature);

  const signer: Signer = {
    publicKey: OWN.publicKey,
    async sign(message) {
      const signature = await OWN.sign(message);
      const { content, blockhash } = contentOf(message);
      for (const earlier of signed) {
        if (earlier.content !== content) continue;
        const { signature: first, lastValid } = earlier;
        const away = handedOver.has(first) || journalHas(first);
        if (away && chain.outcome(first) === undefined && chain.height <= lastValid)
          wrong('signed anew while what was signed before may land');
        if (chain.outcome(first)?.err === null && !script.met.includes('behind'))
          wrong('signed anew what has landed');
      }
      const lastValid = chain.lastValidOf(blockhash) ?? 0;
      signed.push({ signature: bs58.encode(signature), content, lastValid });
      return signature;
    },
  };
  const onSend = (bytes: Uint8Array): void => {
    const signature = bs58.encode(bytes.subarray(1, 65));
    sent.add(signature);
    handedOver.add(signature);
    if (!journalHas(signature)) wrong('sent before it stood in the journal');
  };
  const compete = (how: 'rival' | 'twin'): void => {
    const part = missingPart(chain, sip);
    if (how === 'rival' || part === undefined) chain.propose(RIVAL, FOREIGN);
    else chain.propose(RIVAL, wireOf(sip, part, chain.state.length + 1));
  };

  let runs = 0;
  let quiet = 0;
  for (;;) {
    runs += 1;
    if (runs > MOST_WITH_EVENTS) script.stop();
    const idle = script.spent || runs > MOST_WITH_EVENTS;
    sent.clear();
    const warnings: string[] = [];
    const warn = (text: string): void => void warnings.push(text);
    const process = startProcess({ chain, stored, script, signer, compete, onSend, warn });
    const told = await Promise.race([process.death, submitOnce(spoil(process), sip)]);
    const ended = await judge(told, warnings);
    if (ended) break;
    if (idle) quiet += 1;
    if (quiet >= ENOUGH) {
      wrong(`stuck: ${typeof told === 'string' ? told : 'no outcome'}`);
      break;
    }
    chain.halted = false;
    chain.pass(THINKING);
  }
  chain.halted = false;
  chain.pass(AFTERWARDS);
  for (let part = 1; part <= partsOf(sip); part += 1) {
    const all = indexesOf(chain, sip, part);
    const own = all.filter((index) => chain.state[index - 1]!.creator.equals(OWN.publicKey));
    if (own.length > 1) wrong(`${own.length} proposals of part ${part} by this console`);
    if (own.some((index) => index > all[0]!)) wrong(`part ${part} proposed although it stood before`);
  }
  const problem = problems.size === 0 ? undefined : [...problems].join('; ');
  return { problem, met: script.met, runs };

  /** Whether the user has what was asked for. */
  async function judge(told: Told, warnings: readonly string[]): Promise<boolean> {
    if (told === 'crashed') return false;
    const states = await readJournal(memoryFiles(stored), JOURNAL).catch(() => null);
    if (states === null) wrong('the journal cannot be read');
    const underWay = (states ?? []).filter(
      ({ state, attempts }) =>
        state === 'unsettled' && attempts.some(({ signed: { signature } }) => handedOver.has(signature)),
    );
    for (const { intent } of underWay)
      if (!tellsOf(told) && !warnings.some((text) => text.includes(intent.what)))
        wrong('left unsettled and not told');
    if (told instanceof Error || told.kind === 'not-done') {
      const error = told instanceof Error ? told : told.error;
      if (!isSipError(error)) wrong(`told without a code: ${String(error)}`);
      else if (error.sent === 'no' && sent.size > 0) wrong(`${error.code} says that nothing was sent`);
      return false;
    }
    for (const { part, transactionIndex } of told.parts)
      if (!indexesOf(chain, sip, part).includes(Number(transactionIndex)))
        wrong(`part ${part} was called ${told.kind} and is not there`);
    const attempts = states?.flatMap((one) => one.attempts) ?? [];
    for (const { signature } of told.parts.flatMap(({ landed }) => landed))
      if (!attempts.some((one) => one.signed.signature === signature && one.outcome?.result === 'landed'))
        wrong('acknowledged and not in the journal');
    if (states?.some(({ state }) => state === 'open')) wrong('left open');
    return true;
  }
}

type Told = 'crashed' | SubmitOutcome | Error;

/** Whether what was told leaves room for what is under way: something was sent, or the journal cannot be used. */
function tellsOf(told: Exclude<Told, 'crashed'>): boolean {
  const error = told instanceof Error ? told : told.kind === 'not-done' ? told.error : undefined;
  return isSipError(error) && (error.sent !== 'no' || error.code.startsWith('FILE_'));
}

async function submitOnce(ports: Ports, sip: Sip): Promise<Told> {
  const journalPorts = { files: ports.files, lock: memoryLock(), timer: ports.timer };
  try {
    return await withSettledJournal(journalPorts, ports.rpc, CLUSTER, ports.warn, (venue) =>
      submitSip(venue, { pins: PINS, sip, creator: ports.signer }),
    );
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function contentOf(message: Uint8Array): { readonly content: string; readonly blockhash: string } {
  const { compiledInstructions, recentBlockhash } = VersionedTransaction.deserialize(
    Uint8Array.from([1, ...new Uint8Array(64), ...message]),
  ).message;
  // Budget instructions come first and are shorter than a discriminator and an argument.
  const own = compiledInstructions.filter(({ data }) => data.length > 9);
  return {
    content: own.map(({ data }) => Buffer.from(data).toString('latin1')).join('|'),
    blockhash: recentBlockhash,
  };
}

function indexesOf(chain: ModelChain, sip: Sip, part: number): readonly number[] {
  return chain.state.flatMap(({ wire }, at) =>
    Buffer.compare(wire, wireOf(sip, part, at + 1)) === 0 ? [at + 1] : [],
  );
}

function missingPart(chain: ModelChain, sip: Sip): number | undefined {
  for (let part = 1; part <= partsOf(sip); part += 1)
    if (indexesOf(chain, sip, part).length === 0) return part;
  return undefined;
}
