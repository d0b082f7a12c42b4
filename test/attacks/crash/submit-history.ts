import { ed25519 } from '@noble/curves/ed25519';
import { Keypair, PublicKey } from '@solana/web3.js';
import type { Files, Rpc, Signer, Timer } from '#governance/chain/ports.ts';
import { withSettledJournal } from '#governance/chain/settled-journal.ts';
import { isSipError, SipError } from '#governance/errors.ts';
import { recompilePart } from '#governance/plan/compile.ts';
import { submitSip } from '#governance/proposals/submit.ts';
import { parseUnnamed } from '#governance/sip/parse-unnamed.ts';
import type { Address, MembersHash, Pins } from '#governance/types.ts';
import { hex } from '#governance/verify/index.ts';
import { memoryFiles, memoryLock } from '#test/support/memory-ports.ts';
import { sipFile, whitelist } from '#test/support/sip-text.ts';
import { makeWorld, membersHash, type Random, type World } from '#test/verify/world.ts';
import { type ChainModel, chainModel } from './chain-model.ts';

/** One submission of a SIP through crashes, a bad endpoint, expiry and others who propose, to its end. */

const NOW = 1_772_323_200n; // 2026-03-01T00:00:00Z
const KEY = Keypair.fromSeed(new Uint8Array(32).fill(9));
const RIVAL = Keypair.fromSeed(new Uint8Array(32).fill(8)).publicKey;
const SECRET = KEY.secretKey.slice(0, 32);

const base = makeWorld(4);
const WORLD: World = {
  ...base,
  now: NOW,
  members: [KEY.publicKey, RIVAL]
    .map((key) => ({ key, mask: 7 }))
    .sort((a, b) => Buffer.compare(a.key.toBuffer(), b.key.toBuffer())),
};
const address = (key: PublicKey) => key.toBase58() as Address;
const PINS: Pins = {
  ...{ programId: address(WORLD.programId), council: address(WORLD.council), vault: address(WORLD.vault) },
};
const SIP = parseUnnamed(
  sipFile({ sip: 7, title: 'Whitelist mSOL', actions: [whitelist('mSOL', '1000')] }, NOW).bytes,
  'attack.md',
);
const HASH = hex(membersHash(WORLD.members)) as MembersHash;

const compiled = new Map<bigint, Uint8Array>();
function messageAt(index: bigint): Uint8Array {
  const known =
    compiled.get(index) ??
    recompilePart(SIP, PINS, { part: 1, membersHash: HASH, councilTx: index })!.message;
  compiled.set(index, known);
  return known;
}
const FOREIGN = messageAt(900n);

// Errors are thrown by the hundred thousand here, and no one reads where from: source maps make each a stack of work.
Error.stackTraceLimit = 0;

/** Nothing of the process goes on behind it. */
class Crash extends Error {}

export interface Ports {
  readonly rpc: Rpc;
  readonly files: Files;
  readonly timer: Timer;
  readonly signer: Signer;
}
/** A planted defect: ports that are not what they promise. */
export type Spoil = (ports: Ports) => Ports;

export interface History {
  /** What it has met, for the counts. */
  readonly met: string;
  readonly problem: string | undefined;
}

const CRASHES = 2;
const MOST_CALLS = 60;
const RUNS_WITHOUT_FAULTS = 3;

export async function playSubmit(random: Random, spoil: Spoil = (ports) => ports): Promise<History> {
  const faulty = random.below(3) > 0;
  const rival = random.pick(['nobody else', 'foreign proposals', 'the same SIP by another'] as const);
  let faults = faulty;
  const chain = chainModel(WORLD, () =>
    faults && random.below(4) === 0 ? null : random.below(faults ? 40 : 4),
  );
  const stored = new Map<string, Uint8Array>();
  const crashes = random.below(CRASHES + 1);
  let problem: string | undefined;
  const seen = new Set<string>([rival]);

  for (let run = 0; run < crashes + 1 + RUNS_WITHOUT_FAULTS; run += 1) {
    const last = run >= crashes + 1;
    if (last) faults = false;
    const crashAt = run < crashes ? 1 + random.below(MOST_CALLS) : Number.POSITIVE_INFINITY;
    const rivals = last ? 'nobody else' : rival;
    const ports = spoil(processPorts(chain, stored, random, { crashAt, faults: () => faults, rivals, told }));
    const { kind, index } = await submitOnce(ports);
    if (kind === 'crashed') seen.add('a crash');
    if (kind === 'submitted') {
      const there = index !== undefined && ours(chain).includes(index);
      if (!there) problem ??= 'it was called submitted and is not there';
      break;
    }
    // Somebody looks at what was said, waits a while and tries again.
    chain.pass(random.below(90_000));
    if (run === crashes + RUNS_WITHOUT_FAULTS) problem ??= `stuck: ${kind}`;
  }
  if (faulty) seen.add('faults');
  // What is still under way lands or expires.
  chain.pass(200_000);
  const count = ours(chain).length;
  if (count > 1) problem ??= `${count} proposals of one text`;
  return { met: [...seen].sort().join(', '), problem };

  function told(what: string): void {
    problem ??= what;
  }
}

/** Indexes at which the text stands with a proposal or without. */
function ours(chain: ChainModel): readonly bigint[] {
  return chain.transactions.flatMap(({ message }, at) => {
    const index = BigInt(at + 1);
    return Buffer.from(message).equals(Buffer.from(messageAt(index))) ? [index] : [];
  });
}

async function submitOnce(ports: Ports): Promise<{ readonly kind: string; readonly index?: bigint }> {
  const cluster = { genesis: PublicKey.default.toBase58(), network: null };
  const journalPorts = { files: ports.files, lock: memoryLock(), timer: ports.timer };
  try {
    const outcome = await withSettledJournal(
      journalPorts,
      ports.rpc,
      cluster,
      () => undefined,
      (venue) => submitSip(venue, { pins: PINS, sip: SIP, creator: ports.signer }),
    );
    if (outcome.kind === 'not-done') return { kind: outcome.error.code };
    const [part] = outcome.parts;
    return part ? { kind: 'submitted', index: part.transactionIndex } : { kind: 'nothing' };
  } catch (error) {
    if (error instanceof Crash) return { kind: 'crashed' };
    if (isSipError(error)) return { kind: error.code };
    throw error;
  }
}

interface Weather {
  readonly crashAt: number;
  faults(): boolean;
  readonly rivals: 'nobody else' | 'foreign proposals' | 'the same SIP by another';
  told(problem: string): void;
}

/** The ports of one process: each call may be its last. */
function processPorts(
  chain: ChainModel,
  stored: Map<string, Uint8Array>,
  random: Random,
  { crashAt, faults, rivals, told }: Weather,
): Ports {
  let calls = 0;
  let dead = false;
  const now = { ms: 1_000_000 };
  const die = (): never => {
    dead = true;
    throw new Crash();
  };
  /** Before the effect or behind it. */
  const alive = async <T>(effect: () => Promise<T>): Promise<T> => {
    if (dead) die();
    calls += 1;
    const here = calls === crashAt;
    if (here && random.below(2) === 0) die();
    const value = await effect();
    if (here) die();
    return value;
  };
  const down = () => new SipError('ENDPOINT_DOWN', { endpoint: 'model', reason: 'drawn by lot' });
  const onChain = async <T>(effect: () => Promise<T>): Promise<T> => {
    interfere(chain, random, rivals);
    const bad = faults() && random.below(8) === 0;
    if (bad && random.below(2) === 0) throw down();
    const value = await effect();
    if (bad) throw down();
    return value;
  };
  const rpc = Object.fromEntries(
    METHODS.map((name) => [
      name,
      (...args: readonly unknown[]) =>
        alive(() => onChain(() => (chain[name] as (...of: readonly unknown[]) => Promise<unknown>)(...args))),
    ]),
  ) as unknown as Rpc;
  const disk = memoryFiles(stored);
  const files = Object.fromEntries(
    (['read', 'write', 'append', 'list', 'remove'] as const).map((name) => [
      name,
      (...args: readonly unknown[]) =>
        alive(() => (disk[name] as (...of: readonly unknown[]) => Promise<unknown>)(...args)),
    ]),
  ) as unknown as Files;
  const timer: Timer = {
    now: () => now.ms,
    sleep: (ms) =>
      alive(async () => {
        now.ms += ms;
        chain.pass(ms);
      }),
  };
  const signer: Signer = {
    publicKey: KEY.publicKey,
    sign: (message) =>
      alive(async () => {
        if (chain.mayLand().length > 0) told('signed anew while what was signed before may land');
        return ed25519.sign(message, SECRET);
      }),
  };
  return { rpc, files, timer, signer };
}

const METHODS = [
  ...([
    'getAccounts',
    'getProgramAccounts',
    'clock',
    'genesisHash',
    'latestBlockhash',
    'blockHeight',
  ] as const),
  ...(['simulate', 'sendRaw', 'signatureOutcome', 'transaction', 'minimumBalanceLamports'] as const),
  ...(['signaturesFor', 'recentPriorityFees'] as const),
];

/** Others propose, too: something else, or this very text where it does not stand yet. */
function interfere(chain: ChainModel, random: Random, rivals: Weather['rivals']): void {
  if (rivals === 'nobody else' || random.below(12) > 0 || chain.transactions.length > 12) return;
  const index = BigInt(chain.transactions.length + 1);
  if (rivals === 'foreign proposals') chain.propose(FOREIGN, RIVAL);
  else if (ours(chain).length === 0 && chain.mayLand().length === 0) chain.propose(messageAt(index), RIVAL);
}
