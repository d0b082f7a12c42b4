import { readFileSync } from 'node:fs';
import { Keypair } from '@solana/web3.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { keypairSigner } from '#test/support/memory-ports.ts';
import { programPath } from '#test/support/programs.ts';
import { addressOf, keyOf } from '../chain/address.ts';
import { BUFFER_HEADER_BYTES, LOADER, programDataAddress } from '../chain/loader-accounts.ts';
import type { Rpc } from '../chain/ports.ts';
import { hotFindings } from '../posture/roles.ts';
import { readAccount } from '../restaking/state.ts';
import { readCouncil } from '../venues/squads/state.ts';
import { judgeSteps, STEPS, type StepName } from './judge.ts';
import { planSetup } from './plan.ts';
import type { Prepared } from './prepare.ts';
import { readFacts } from './read.ts';
import { CREATION_FEE_LAMPORTS, type SetupWorld, SOL, setupFile, setupWorld } from './testing/world.ts';

/** The bootstrap on the real loader, the real Squads and the real program, in a LiteSVM. */

let world: SetupWorld;
beforeEach(async () => {
  world = await setupWorld();
});

const states = async (prepared: Prepared) =>
  Object.fromEntries(
    judgeSteps(prepared.target, await readFacts(world.svm, prepared.target)).map(({ name, state }) => [
      name,
      state,
    ]),
  );
/**
 * As if most pieces had been written the moment the buffer was there: a LiteSVM makes a block of each of them, so that
 * a blockhash serves for 150. (test/flows/setup.test.ts writes them all, write-buffer.test.ts looks at how.)
 */
function fillBuffer({ target }: Prepared): Rpc['sendRaw'] {
  let filled = false;
  return async (bytes) => {
    const signature = await world.svm.sendRaw(bytes);
    const { accounts } = await world.svm.getAccounts([keyOf(target.buffer!)]);
    const [account] = accounts;
    if (filled || !account?.owner.equals(LOADER)) return signature;
    filled = true;
    const data = account.data.slice();
    data.set(target.elf.subarray(0, 850_000), BUFFER_HEADER_BYTES);
    world.svm.setAccount({ ...account, data });
    return signature;
  };
}

const DONE = Object.fromEntries(STEPS.map((name) => [name, 'done']));

describe('setup from nothing', () => {
  it('does all steps in order, whatever strangers sent beforehand, and nothing when run again', async () => {
    const prepared = await world.prepared();
    const { programId, buffer } = prepared.target;
    const { configAddress, councilAddress } = await readFacts(world.svm, prepared.target);
    for (const address of [programId, buffer, configAddress, councilAddress])
      world.svm.airdrop(keyOf(address!), 1_000_000n);
    const plan = await planSetup(world.svm, prepared);
    expect(plan.steps.map(({ name, state }) => [name, state])).toEqual(
      STEPS.map((name) => [name, 'missing']),
    );

    const { steps, facts } = await world.apply(prepared, { sendRaw: fillBuffer(prepared) });
    expect(steps.map(({ name, outcome }) => [name, outcome])).toEqual(STEPS.map((name) => [name, 'done']));
    expect(await states(prepared)).toEqual(DONE);

    const { file } = prepared.target;
    const council = await readCouncil(world.svm, facts.councilAddress!);
    expect(council).toMatchObject({ threshold: 2, timeLockSeconds: 600, configAuthority: null });
    expect(council.members.map(({ key }) => key).sort()).toEqual([...world.members].sort());
    const config = await readAccount(world.svm, programId, 'Config', facts.configAddress);
    expect(config).toMatchObject({
      authority: council.vault,
      epochAdmin: file.epochAdmin,
      guardian: file.guardian,
      guard: {
        venue: 'squads',
        venueAccount: council.address,
        floors: { minThreshold: 2, minTimeLock: 600 },
      },
    });
    expect(facts.program).toMatchObject({ kind: 'deployed', authority: council.vault });
    expect(facts.lamports.vault).toBe(2n * SOL);

    // The plan's figure covers what was spent.
    const spent = 100n * SOL - facts.lamports.deployer;
    expect(plan.costs.map(({ lamports }) => lamports)).toContain(CREATION_FEE_LAMPORTS);
    expect(spent).toBeLessThanOrEqual(plan.neededLamports);
    expect(plan.neededLamports - spent).toBeLessThan(10_000_000n);

    const before = world.svm.handedOver.length;
    const again = await world.apply(await world.prepared());
    expect(again.steps.map(({ outcome }) => outcome)).toEqual(STEPS.map(() => 'kept'));
    expect(world.svm.handedOver.length).toBe(before);
  });
});

describe('a program that is deployed', () => {
  beforeEach(() => world.writeProgram(world.deployer.publicKey));

  it.each<StepName>(['council', 'initialize', 'upgrade-authority', 'vault'])(
    'goes on after a stop before %s',
    async (step) => {
      const prepared = await world.prepared();
      const stop = new Error('stopped');
      const onStage = (text: string) => {
        const words = { council: 'create the council', initialize: 'initialize', vault: 'send' } as const;
        const start = step === 'upgrade-authority' ? 'give the upgrade' : words[step as keyof typeof words];
        if (text.startsWith(start)) throw stop;
      };
      await expect(world.apply(prepared, {}, { onStage })).rejects.toBe(stop);
      const now = await states(prepared);
      expect(now[step]).toBe('missing');
      const { steps } = await world.apply(await world.prepared());
      expect(steps.filter(({ outcome }) => outcome === 'kept').map(({ name }) => name)).toEqual(
        STEPS.slice(0, STEPS.indexOf(step)),
      );
      expect(await states(prepared)).toEqual(DONE);
    },
  );

  it('refuses a file with other members, another threshold or other roles than stand on chain', async () => {
    await world.apply(await world.prepared());
    const changes = [
      {
        step: 'council',
        file: setupFile([...world.members.slice(1), addressOf(Keypair.generate().publicKey)]),
      },
      {
        step: 'council',
        file: { ...world.file, threshold: 3, floors: { ...world.file.floors, minThreshold: 2 } },
      },
      { step: 'initialize', file: { ...world.file, guardian: addressOf(Keypair.generate().publicKey) } },
    ];
    for (const { step, file } of changes) {
      const refused = world.apply(await world.prepared({ file }));
      await expect(refused).rejects.toMatchObject({ code: 'SETUP_MISMATCH', sent: 'no', facts: { step } });
    }
  });

  it('refuses another deployer, and one that comes when the authority has moved', async () => {
    const other = keypairSigner();
    world.svm.airdrop(other.publicKey, 100n * SOL);
    const refused = world.apply(await world.prepared({ deployer: other }));
    await expect(refused).rejects.toMatchObject({ code: 'SETUP_MISMATCH', facts: { step: 'initialize' } });
    world.writeProgram(keyOf(world.members[0]!));
    const moved = world.apply(await world.prepared());
    await expect(moved).rejects.toMatchObject({ code: 'SETUP_MISMATCH', facts: { step: 'initialize' } });
  });

  it('refuses another binary', async () => {
    world.writeProgram(world.deployer.publicKey, new Uint8Array(readFileSync(programPath('squads'))));
    await expect(world.apply(await world.prepared())).rejects.toMatchObject({
      code: 'SETUP_MISMATCH',
      facts: { step: 'program', differences: [{ field: 'binary' }] },
    });
  });

  it('takes a council that exists, and refuses one that is not there', async () => {
    const first = await world.apply(await world.prepared());
    const file = { ...world.file, council: first.facts.councilAddress! };
    const { steps } = await world.apply(await world.prepared({ file }));
    expect(steps.every(({ outcome }) => outcome === 'kept')).toBe(true);
    const nowhere = { ...world.file, council: addressOf(Keypair.generate().publicKey) };
    await expect(world.apply(await world.prepared({ file: nowhere }))).rejects.toMatchObject({
      code: 'SETUP_MISMATCH',
      facts: { step: 'council' },
    });
  });

  it('says what is hot, and what is not any more', async () => {
    const prepared = await world.prepared();
    const codes = async (real: boolean) => {
      const facts = await readFacts(world.svm, prepared.target);
      return hotFindings(prepared.target.programId, facts, { real, deployer: prepared.target.deployer })
        .filter(({ level }) => level !== 'ok')
        .map(({ code }) => code);
    };
    expect(await codes(true)).toContain('development-key');
    expect(await codes(false)).toContain('upgrade-authority-hot');
    expect(await codes(false)).toContain('vault-empty');
    await world.apply(prepared);
    const after = await codes(false);
    expect(after).not.toContain('upgrade-authority-hot');
    expect(after).toEqual(expect.arrayContaining(['epoch-admin-hot', 'guardian-hot', 'time-lock-short']));
  });
});

describe('before anything is sent', () => {
  const sentNothing = () => expect(world.svm.handedOver).toEqual([]);

  it('refuses a deployer without SOL', async () => {
    const refused = world.apply(await world.prepared({ deployer: keypairSigner() }));
    await expect(refused).rejects.toMatchObject({ code: 'INSUFFICIENT_LAMPORTS', sent: 'no' });
    sentNothing();
  });

  it('refuses a cluster without Squads', async () => {
    const prepared = await world.prepared();
    const getAccounts: SetupWorld['svm']['getAccounts'] = async (keys) => {
      const { slot, accounts } = await world.svm.getAccounts(keys);
      return { slot, accounts: accounts.map((account, at) => (at === 3 ? null : account)) };
    };
    await expect(world.apply(prepared, { getAccounts })).rejects.toMatchObject({ code: 'SQUADS_MISSING' });
    sentNothing();
  });

  it('refuses more members than one transaction holds', async () => {
    const many = Array.from({ length: 40 }, () => addressOf(Keypair.generate().publicKey));
    const refused = world.apply(await world.prepared({ file: setupFile(many) }));
    await expect(refused).rejects.toMatchObject({ code: 'TRANSACTION_TOO_LARGE' });
    sentNothing();
  });

  it('refuses to deploy without the program key', async () => {
    const refused = world.apply(await world.prepared({ programKey: null }));
    await expect(refused).rejects.toMatchObject({ code: 'PROGRAM_KEYPAIR_MISSING' });
    sentNothing();
  });

  it('refuses an address whose data account a stranger has sent lamports to', async () => {
    const prepared = await world.prepared();
    world.svm.airdrop(programDataAddress(keyOf(prepared.target.programId)), SOL);
    await expect(world.apply(prepared)).rejects.toMatchObject({
      code: 'SETUP_MISMATCH',
      facts: { step: 'program' },
    });
    sentNothing();
  });
});
