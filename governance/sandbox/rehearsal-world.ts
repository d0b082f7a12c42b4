import { folderFiles } from '#governance/adapters/files.ts';
import { folderLock } from '#governance/adapters/folder-lock.ts';
import { keypairFileSigner } from '#governance/adapters/keypair-file.ts';
import { systemTimer } from '#governance/adapters/timer.ts';
import { openJournal } from '#governance/chain/journal.ts';
import { connectRpc } from '#governance/chain/rpc.ts';
import type { RehearsalWorld } from '#governance/rehearse/world.ts';
import type { MemberInfo } from './info.ts';
import type { Sandbox } from './start.ts';

const votes = (member: MemberInfo) => member.permissions.includes('vote');

/**
 * An embedded network as a rehearsal acts on it, with all its keys and a journal in `folder`.
 * @throws SipError of keys, journal and endpoint.
 */
export async function rehearsalWorld(
  sandbox: Sandbox,
  folder: string,
): Promise<RehearsalWorld & { close(): Promise<void> }> {
  const { info } = sandbox;
  const timer = systemTimer;
  const journal = await openJournal({ files: folderFiles(folder), lock: folderLock(folder, timer), timer });
  const signer = (key: { readonly keypairPath: string }) => keypairFileSigner(key.keypairPath);
  const submitter = info.members.find((member) => !votes(member)) ?? info.members[0];
  if (!submitter) throw new Error('an embedded network has members');
  return {
    ports: { rpc: connectRpc(info.rpcUrl, { timer }), journal, timer },
    pins: { programId: info.programId, council: info.council, vault: info.vault },
    voters: await Promise.all(info.members.filter(votes).map(signer)),
    submitter: await signer(submitter),
    epochAdmin: await signer(info.epochAdmin),
    gatekeeper: await signer(info.gatekeeper),
    depositor: await signer(info.depositor),
    warpTo: async (unix) => {
      await sandbox.warpTo(unix);
    },
    close: () => journal.close(),
  };
}
