import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PublicKey } from '@solana/web3.js';
import type { Seat } from '#desktop/shared/views.ts';
import { folderFiles } from '#governance/adapters/files.ts';
import { folderLock } from '#governance/adapters/folder-lock.ts';
import { systemTimer } from '#governance/adapters/timer.ts';
import type { Files, Rpc, Signer } from '#governance/chain/ports.ts';
import { connectRpc } from '#governance/chain/rpc.ts';
import type { SendPorts } from '#governance/chain/send.ts';
import { journalPath, withSettledJournal } from '#governance/chain/settled-journal.ts';
import { type NameOf, namesOn } from '#governance/cli/render/words.ts';
import { SipError } from '#governance/errors.ts';
import { readSnapshot, type Snapshot } from '#governance/lifecycle/track.ts';
import type { SandboxInfo } from '#governance/sandbox/info.ts';
import { parsePrograms } from '#governance/sandbox/programs.ts';
import { type Sandbox, startSandbox } from '#governance/sandbox/start.ts';
import type { Pins } from '#governance/types.ts';
import { Documents } from './documents.ts';
import type { Outside } from './outside.ts';
import { seatsOf } from './seats.ts';

/** The window's embedded network beside those of the command line, which finds it as profile `embedded:window`. */
const NETWORK = 'window';
const JOURNAL_NAME = `embedded:${NETWORK}`;

export interface Claim {
  readonly title: string;
  readonly verdict: string | null;
  readonly digest: string | null;
  readonly transactionIndex: bigint | null;
}

/** A deployment the console works with, up and reachable. */
export interface World {
  readonly info: SandboxInfo;
  readonly sandbox: Sandbox;
  readonly rpc: Rpc;
  readonly pins: Pins;
  readonly documents: Documents;
  readonly files: Files;
  readonly seats: readonly Seat[];
  readonly nameOf: NameOf;
  readonly journal: string;
  snapshot(): Promise<Snapshot>;
  /** Signs through the confirm window. @throws SipError USAGE when nobody may sign */
  signer(seatId: string | null, claim: Claim): Signer;
  /** With the journal open and settled. */
  sending<T>(work: (ports: SendPorts) => Promise<T>): Promise<T>;
}

/**
 * Starts the embedded network and what stands on it.
 * @throws SipError as startSandbox; Passed from main
 */
export async function openWorld(
  { appFolder, dataDir }: { readonly appFolder: string; readonly dataDir: string },
  outside: Outside,
): Promise<World> {
  await mkdir(dataDir, { recursive: true });
  const programs = readFile(join(appFolder, 'programs', 'programs.json'), 'utf8').then((json) =>
    parsePrograms(json).map((program) => ({ ...program, path: join(appFolder, program.path) })),
  );
  const sandbox = await startSandbox({
    dataDir,
    name: NETWORK,
    programs,
    startHost: (slotMs) => outside.startNetwork(slotMs),
  });
  const { info } = sandbox;
  const { programId, council, vault, rpcUrl } = info;
  const rpc = connectRpc(rpcUrl, { timer: systemTimer });
  const [genesis, clock] = await Promise.all([rpc.genesisHash(), rpc.clock()]);
  const documents = new Documents(join(dataDir, 'sips', genesis));
  await documents.seed(join(appFolder, 'sips'), clock.unixTimestamp);
  const files = folderFiles(dataDir);
  const pins = { programId, council, vault };
  const ports = { files, lock: folderLock(dataDir, systemTimer), timer: systemTimer };
  const cluster = { genesis, network: JOURNAL_NAME };
  return {
    info,
    sandbox,
    rpc,
    pins,
    documents,
    files,
    seats: seatsOf(info),
    nameOf: namesOn(info),
    journal: journalPath(cluster).path,
    snapshot: () => readSnapshot(rpc, pins, documents.library),
    signer: (seatId, claim) => signerOf(info, pins, outside, seatId, claim),
    sending: (work) =>
      withSettledJournal(ports, rpc, cluster, (text) => process.stderr.write(`${text}\n`), work),
  };
}

function signerOf(
  info: SandboxInfo,
  pins: Pins,
  outside: Outside,
  seatId: string | null,
  claim: Claim,
): Signer {
  const key = keysOf(info).get(seatId ?? '');
  if (key === undefined)
    throw new SipError('USAGE', { detail: 'nobody signs here: choose a seat at the lower left' });
  return {
    publicKey: new PublicKey(key.publicKey),
    sign: (message) =>
      outside.sign({
        source: { kind: 'keypair', path: key.keypairPath, allowMainnet: false },
        publicKey: key.publicKey,
        message,
        pins,
        cluster: 'embedded',
        transactionIndex: claim.transactionIndex === null ? null : claim.transactionIndex.toString(),
        claim: { title: claim.title, verdict: claim.verdict, digest: claim.digest },
      }),
  };
}

const keysOf = (info: SandboxInfo) =>
  new Map([
    ...info.members.map((member, at) => [String(at), member] as const),
    ['epoch-admin', info.epochAdmin] as const,
    ['guardian', info.guardian] as const,
  ]);
