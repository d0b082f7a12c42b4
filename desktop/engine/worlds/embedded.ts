import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderFiles } from '#governance/adapters/files.ts';
import { folderLock } from '#governance/adapters/folder-lock.ts';
import { systemTimer } from '#governance/adapters/timer.ts';
import { connectRpc } from '#governance/chain/rpc.ts';
import { journalPath, withSettledJournal } from '#governance/chain/settled-journal.ts';
import { namesOn } from '#governance/cli/render/words.ts';
import { readSnapshot } from '#governance/lifecycle/track.ts';
import { EMBEDDED, QUORUMS } from '#governance/profile/schema.ts';
import type { KeyInfo, SandboxInfo } from '#governance/sandbox/info.ts';
import { parsePrograms } from '#governance/sandbox/programs.ts';
import { startSandbox } from '#governance/sandbox/start.ts';
import { Documents } from '../documents.ts';
import type { Folders } from '../engine.ts';
import { type Key, seatsOf, signerOf } from '../keyring.ts';
import { OpenRequests } from '../open-requests.ts';
import type { Outside } from '../outside.ts';
import { Share } from '../share.ts';
import type { Added, World } from '../world.ts';

/** The window's embedded network beside those of the command line, which finds it as profile `embedded:window`. */
const NETWORK = 'window';
/** There is one window: who holds the lock belongs to one that was killed, and its processes are about to end. */
const LOCK_WAIT_MS = 30_000;
/** As on mainnet: a blockhash lasts a minute, in which a person reads what is signed. */
const SLOT_MS = 400;
const JOURNAL_NAME = `embedded:${NETWORK}`;

/**
 * Starts the embedded network and what stands on it.
 * @throws SipError as startSandbox; Passed from main
 */
export async function openEmbedded(
  { appFolder, dataDir }: Folders,
  outside: Outside,
  added: Added,
): Promise<World> {
  const programs = readFile(join(appFolder, 'programs', 'programs.json'), 'utf8').then((json) =>
    parsePrograms(json).map((program) => ({ ...program, path: join(appFolder, program.path) })),
  );
  const sandbox = await startSandbox({
    dataDir,
    name: NETWORK,
    programs,
    slotMs: SLOT_MS,
    lockWaitMs: LOCK_WAIT_MS,
    startHost: (slotMs) => outside.startNetwork(slotMs),
  });
  const { info } = sandbox;
  const { programId, council, vault, rpcUrl } = info;
  const pins = { programId, council, vault };
  const rpc = connectRpc(rpcUrl, { timer: systemTimer });
  const [genesis, clock] = await Promise.all([rpc.genesisHash(), rpc.clock()]);
  const documents = new Documents(join(dataDir, 'sips', genesis), added.store, added.sources);
  await documents.seed(join(appFolder, 'sips'), clock.unixTimestamp);
  const files = folderFiles(dataDir);
  const ports = { files, lock: folderLock(dataDir, systemTimer), timer: systemTimer };
  const journal = { genesis, network: JOURNAL_NAME };
  const own = keysOf(info);
  const members = info.members.map(({ publicKey, permissions }) => ({
    key: publicKey,
    mask: 0,
    permissions,
  }));
  const snapshot = new Share(() => readSnapshot(rpc, pins, documents.library), systemTimer, 0);
  return {
    profile: EMBEDDED,
    cluster: 'embedded',
    where: 'the network inside this computer',
    sandbox: {
      ...sandbox,
      warpBy: (seconds) => sandbox.warpBy(seconds).finally(() => snapshot.forget()),
    },
    rpc,
    agreed: rpc,
    pins,
    genesisHash: genesis,
    documents,
    requests: new OpenRequests(documents, { ...pins, genesisHash: genesis }, systemTimer),
    files,
    get seats() {
      return seatsOf([...own, ...added.keys()], { members });
    },
    nameOf: namesOn(info),
    journal: journalPath(journal).path,
    quorum: QUORUMS.local,
    disagreement: () => null,
    dissent: () => null,
    snapshot: () => snapshot.get(),
    lastSnapshot: () => snapshot.last,
    lastFailure: () => snapshot.failure,
    signer: (keyId, claim) =>
      signerOf([...own, ...added.keys()], { pins, cluster: 'embedded', outside }, keyId, claim),
    sending: (work) =>
      withSettledJournal(ports, rpc, journal, (text) => process.stderr.write(`${text}\n`), work).finally(() =>
        snapshot.forget(),
      ),
  };
}

/** The council's seats in their order, and the offices. */
function keysOf({ members, epochAdmin, guardian }: SandboxInfo): readonly Key[] {
  const key = (id: string, name: string, { publicKey, keypairPath }: KeyInfo): Key => ({
    id,
    name,
    publicKey,
    source: { kind: 'keypair', path: keypairPath, allowMainnet: false },
  });
  return [
    ...members.map((member, at) => key(String(at), `Seat ${at}`, member)),
    key('epoch-admin', 'Epoch admin', epochAdmin),
    key('guardian', 'Guardian', guardian),
  ];
}
