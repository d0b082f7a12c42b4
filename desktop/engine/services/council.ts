import { keyOf } from '#governance/chain/address.ts';
import { postureOf } from '#governance/profile/posture.ts';
import { pendingChanges } from '#governance/proposals/pending-changes.ts';
import { stateText } from '#governance/words/steps.ts';
import type { Handlers } from '../engine.ts';

export const council = {
  async 'council.read'({ world }) {
    const [{ scan, state }, vault] = await Promise.all([
      world.snapshot(),
      world.rpc.getAccounts([keyOf(world.pins.vault)]),
    ]);
    const { council: found } = scan;
    const pending = await pendingChanges(world.rpc, found, scan.now);
    const named = (key: string) => world.seats.find(({ publicKey }) => publicKey === key);
    return {
      address: found.address,
      vault: found.vault,
      threshold: found.threshold,
      timeLockSeconds: found.timeLockSeconds,
      configAuthority: found.configAuthority,
      membersHash: found.membersHash,
      members: found.members
        .map(({ key, permissions }) => ({
          id: named(key)?.id ?? key,
          name: named(key)?.name ?? 'Unnamed',
          publicKey: key,
          permissions: [...permissions],
        }))
        .sort((a, b) => a.id.localeCompare(b.id)),
      vaultLamports: (vault.accounts[0]?.lamports ?? 0n).toString(),
      posture: postureOf(found, state.config).map(({ level, code, message, remedy = '' }) => ({
        level,
        code,
        message,
        remedy,
      })),
      pending: pending.map(({ transactionIndex, state: at, changes }) => ({
        transactionIndex: transactionIndex.toString(),
        state: stateText(at, scan.now),
        changes: changes && changes.map(({ label, value }) => ({ label, value })),
      })),
    };
  },
} satisfies Partial<Handlers>;
