import { PublicKey, type TransactionInstruction } from '@solana/web3.js';
import { instructions as squads } from '@sqds/multisig';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keypairFileSigner } from '#governance/adapters/keypair-file.ts';
import { systemTimer } from '#governance/adapters/timer.ts';
import { openJournal } from '#governance/chain/journal.ts';
import { connectRpc } from '#governance/chain/rpc.ts';
import { sendTransaction } from '#governance/chain/send.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { expectRefused } from '../testing/calls.ts';
import { startTestEngine, type TestEngine } from '../testing/test-engine.ts';

let test: TestEngine;
beforeAll(async () => {
  test = await startTestEngine();
});
afterAll(() => test?.stop());

/** Past the console, by Squads' own SDK. */
async function bySquads(make: (council: PublicKey, member: PublicKey) => readonly TransactionInstruction[]) {
  const signer = await keypairFileSigner(test.info.members[4]!.keypairPath);
  const rpc = connectRpc(test.info.rpcUrl, { timer: systemTimer });
  const ports = { rpc, journal: await openJournal(memoryPorts()), timer: systemTimer };
  const instructions = make(new PublicKey(test.info.council), signer.publicKey);
  expect(await sendTransaction(ports, { signer, instructions, describe: 'past the console' })).toMatchObject({
    kind: 'landed',
  });
}

it('is told whole: members by their seats, thresholds, posture and set-up', async () => {
  const view = await test.get('council.read', {});
  expect(view).toMatchObject({
    ...{ address: test.info.council, vault: test.info.vault, threshold: 3, timeLockSeconds: 600 },
    ...{ configAuthority: null, pending: [], loose: [] },
  });
  expect(view.members.map(({ name, publicKey }) => [name, publicKey])).toEqual(
    test.info.members.map(({ publicKey }, at) => [`Seat ${at}`, publicKey]),
  );
  expect(view.members[5]?.permissions).toEqual(['initiate']);
  expect(BigInt(view.vaultLamports)).toBeGreaterThan(0n);
  expect(view.posture.filter(({ level }) => level === 'unknown')).toEqual([]);
  expect(view.steps.map(({ name, state }) => [name, state])).toContainEqual(['The council exists', 'done']);
});

describe('a change of the council', () => {
  it('is among what is pending, and is read with what it would leave', async () => {
    await bySquads((multisigPda, creator) => [
      squads.configTransactionCreate({
        ...{ multisigPda, creator, transactionIndex: 1n },
        actions: [{ __kind: 'ChangeThreshold', newThreshold: 1 }],
      }),
      squads.proposalCreate({ multisigPda, creator, transactionIndex: 1n }),
    ]);
    const { pending } = await test.get('council.read', {});
    expect(pending).toMatchObject([
      {
        transactionIndex: '1',
        state: expect.stringMatching(/^active/),
        changes: [expect.objectContaining({})],
      },
    ]);
    const view = await test.get('proposals.read', { transactionIndex: '1' });
    expect(view).toMatchObject({
      ...{ verdict: 'unreadable', text: null, digest: null, differences: [] },
      row: { title: 'Change of the council, transaction 1', sip: null },
      councilChange: { readable: true, trouble: '', makesStale: true, announcedBy: [] },
      compared: expect.stringContaining('What its'),
    });
    expect(view.changes).toContainEqual(
      expect.objectContaining({
        field: expect.stringMatching(/threshold/i),
        after: expect.stringContaining('1 of 5'),
      }),
    );
    expect(view.councilChange?.posture.map(({ level }) => level)).toContain('error');
  });

  it('is never approved, belongs to no text, and is rejected', async () => {
    const one = { transactionIndex: '1' };
    await test.as(null);
    const { acts } = await test.get('proposals.read', one);
    expect(acts).toMatchObject([
      { act: 'reject', enabled: false, why: expect.stringContaining('Choose a seat') },
    ]);
    await test.as('0');
    await expectRefused(test.ask('proposals.act', { ...one, act: 'approve' }), 'VERDICT_NOT_MATCH');
    const given = { ...one, name: 'x.md', base64: '' };
    await expectRefused(test.ask('proposals.give-text', given), 'USAGE', /names no digest/);
    expect(test.asked).toEqual([]);
    await test.get('proposals.act', { ...one, act: 'reject', reason: 'Nobody agreed on it' });
    expect(await test.get('proposals.read', one)).toMatchObject({
      reasons: [{ vote: 'reject', text: 'Nobody agreed on it' }],
      acts: [{ act: 'reject', enabled: false, why: 'Seat 0 cannot reject it.' }],
    });
  });
});

it('is not told by an endpoint that refuses', async () => {
  test.gate.closed = true;
  await expectRefused(test.ask('council.read', {}), 'ENDPOINT_DOWN');
  test.gate.closed = false;
});
