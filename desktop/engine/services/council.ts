import { systemTimer } from '#governance/adapters/timer.ts';
import { keyOf } from '#governance/chain/address.ts';
import type { PostureFinding } from '#governance/posture/finding.ts';
import { type Posture, readPosture } from '#governance/posture/read.ts';
import { looseTransactions } from '#governance/proposals/loose-transactions.ts';
import { pendingChanges } from '#governance/proposals/pending-changes.ts';
import type { StepName } from '#governance/setup/judge.ts';
import { looseText } from '#governance/words/loose.ts';
import { stateText } from '#governance/words/steps.ts';
import type { Handlers } from '../engine.ts';
import { Share } from '../share.ts';
import type { World } from '../world.ts';

/** It reads the program's binary: not for every look at the screen. */
const POSTURE_AGE_MS = 60_000;
const postures = new WeakMap<World, Share<Posture>>();

function postureOf(world: World): Share<Posture> {
  const known = postures.get(world);
  if (known) return known;
  const read = () => readPosture(world.rpc, world.pins, world.sandbox === null);
  const made = new Share(read, systemTimer, POSTURE_AGE_MS);
  postures.set(world, made);
  return made;
}

const STEP_NAMES: Readonly<Record<StepName, string>> = {
  program: 'The restaking program is deployed',
  council: 'The council exists',
  initialize: 'The program knows its council',
  'upgrade-authority': 'Who may replace the program',
  vault: 'The vault can pay for what it makes',
};

export const postureView = ({ level, code, message, remedy = '' }: PostureFinding) => ({
  ...{ level, code, message, remedy },
});

export const council = {
  async 'council.read'({ world }) {
    const [{ scan }, vault, posture] = await Promise.all([
      world.snapshot(),
      world.rpc.getAccounts([keyOf(world.pins.vault)]),
      postureOf(world).get(),
    ]);
    const { council: found } = scan;
    const pending = await pendingChanges(world.rpc, found, scan.now);
    const loose = looseTransactions(scan.pairs, found, scan.now, pending);
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
      posture: posture.findings.map(postureView),
      steps: posture.steps.map(({ name, state, address, detail }) => ({
        name: STEP_NAMES[name],
        state,
        address,
        detail,
      })),
      loose: loose.map((one) => ({
        transactionIndex: one.transactionIndex.toString(),
        stale: one.stale,
        ...looseText(one, scan.now),
      })),
      pending: pending.map(({ transactionIndex, state: at, changes }) => ({
        transactionIndex: transactionIndex.toString(),
        state: stateText(at, scan.now),
        changes: changes && changes.map(({ label, value }) => ({ label, value })),
      })),
    };
  },
} satisfies Partial<Handlers>;
