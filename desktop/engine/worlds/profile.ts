import { join } from 'node:path';
import { folderFiles } from '#governance/adapters/files.ts';
import { folderLock } from '#governance/adapters/folder-lock.ts';
import { systemTimer } from '#governance/adapters/timer.ts';
import { connectRpc } from '#governance/chain/rpc.ts';
import { journalPath, withSettledJournal } from '#governance/chain/settled-journal.ts';
import { short } from '#governance/cli/render/words.ts';
import { readSnapshot } from '#governance/lifecycle/track.ts';
import { clusterOf } from '#governance/profile/clusters.ts';
import { type ProfileFile, QUORUMS } from '#governance/profile/schema.ts';
import { readProfile } from '#governance/profile/store.ts';
import { pinsOf } from '#governance/restaking/pdas.ts';
import type { Address } from '#governance/types.ts';
import { Documents } from '../documents.ts';
import type { Folders } from '../engine.ts';
import { type Key, seatsOf, signerOf } from '../keyring.ts';
import { OpenRequests } from '../open-requests.ts';
import type { Outside } from '../outside.ts';
import { Share } from '../share.ts';
import type { Added, World } from '../world.ts';
import { agreedRpc } from './agreed-rpc.ts';

/** Several screens ask at about the same time; endpoints of others are not asked for each. */
const SNAPSHOT_AGE_MS = 2_000;

/**
 * A deployment on a cluster of others. Nothing is asked of it here where the profile pins the genesis hash: without a
 * network the documents are still there.
 * @throws SipError PROFILE_UNKNOWN, PROFILE_INVALID; of the endpoint where the genesis hash is not pinned
 */
export async function openProfile(
  name: string,
  { dataDir }: Folders,
  outside: Outside,
  added: Added,
): Promise<World> {
  const files = folderFiles(dataDir);
  const profile = await readProfile(files, name);
  const hosts = [...new Map(profile.endpoints.map((url) => [new URL(url).hostname, url])).values()];
  const [url = ''] = hosts;
  const genesis = profile.genesisHash ?? (await connectRpc(url, { timer: systemTimer }).genesisHash());
  const cluster = clusterOf(genesis);
  const quorum = QUORUMS[cluster];
  const connect = (endpoint: string) =>
    connectRpc(endpoint, {
      timer: systemTimer,
      expectedGenesisHash: genesis,
      commitment: quorum.commitment,
    });
  const { looking, signing, disagreement, dissent } = agreedRpc(
    [connect(url), ...hosts.slice(1).map(connect)],
    quorum,
    systemTimer,
  );
  const pins = pinsOf(profile.programId, profile.council);
  const documents = new Documents(join(dataDir, 'sips', genesis), added.store, added.sources);
  await documents.reload();
  const own = await keysOf(profile, outside);
  const keys = () => [...own, ...added.keys()];
  const snapshot = new Share(
    () => readSnapshot(looking, pins, documents.library),
    systemTimer,
    SNAPSHOT_AGE_MS,
  );
  const ports = { files, lock: folderLock(dataDir, systemTimer), timer: systemTimer };
  // Shared with the command line: what one of them sent the other settles.
  const journal = { genesis, network: null };
  return {
    profile: name,
    cluster,
    where: `${cluster === 'local' ? 'a local cluster' : cluster}, profile ${name}`,
    sandbox: null,
    rpc: looking,
    agreed: signing,
    pins,
    genesisHash: genesis,
    documents,
    requests: new OpenRequests(documents, { ...pins, genesisHash: genesis }, systemTimer),
    files,
    get seats() {
      return seatsOf(keys(), snapshot.last?.scan.council);
    },
    nameOf: (key) => keys().find(({ publicKey }) => publicKey === key)?.name ?? short(key),
    journal: journalPath(journal).path,
    quorum,
    disagreement,
    dissent,
    snapshot: () => snapshot.get(),
    lastSnapshot: () => snapshot.last,
    lastFailure: () => snapshot.failure,
    signer: (keyId, claim) => signerOf(keys(), { pins, cluster, outside }, keyId, claim),
    sending: async (work) => {
      // Asked once at once: a missed quorum is told before the journal is touched.
      await signing.clock();
      return withSettledJournal(
        ports,
        signing,
        journal,
        (text) => process.stderr.write(`${text}\n`),
        work,
      ).finally(() => snapshot.forget());
    },
  };
}

/** The profile's own keypair file; opened by the signer alone. */
async function keysOf({ keypair }: ProfileFile, outside: Outside): Promise<readonly Key[]> {
  if (keypair === undefined) return [];
  const publicKey = (await outside.inspect(keypair)) as Address;
  return [
    {
      id: 'profile',
      name: 'Key of the profile',
      publicKey,
      source: { kind: 'keypair', path: keypair, allowMainnet: false },
    },
  ];
}
