import {
  ComputeBudgetProgram,
  Keypair,
  PublicKey,
  SystemProgram,
  TransactionInstruction,
  TransactionMessage,
} from '@solana/web3.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { keypairSigner } from '#test/support/memory-ports.ts';
import { multisigCreateV2, proposalApprove, vaultTransactionCreate } from '../venues/squads/instructions.ts';
import { reasonAgainst, type SetupAddresses, setupSigner } from './allow.ts';
import { setUpgradeAuthority, writeChunk } from './loader.ts';
import { planSetup } from './plan.ts';
import type { Prepared } from './prepare.ts';
import { type SetupWorld, setupWorld } from './testing/world.ts';
import * as transactions from './transactions.ts';

/** The closed list: everything that setup builds is on it, everything near it is not. */

const stranger = Keypair.generate().publicKey;
let world: SetupWorld;
let prepared: Prepared;
let a: SetupAddresses;
let all: readonly transactions.SetupTransaction[];

beforeAll(async () => {
  world = await setupWorld({ elf: new Uint8Array(1_000) });
  prepared = await world.prepared();
  const { addresses, facts, rent } = await planSetup(world.svm, prepared);
  a = addresses;
  const funded = { ...facts, lamports: { ...facts.lamports, buffer: 1n, program: 1n } };
  all = [
    transactions.createBuffer(prepared, a, facts, rent),
    transactions.createBuffer(prepared, a, funded, rent),
    transactions.deploy(prepared, a, facts, rent),
    transactions.deploy(prepared, a, funded, rent),
    transactions.createCouncil(prepared, a),
    transactions.initialize(prepared, a),
    transactions.moveUpgradeAuthority(prepared, a),
    transactions.fundVault(prepared, a, facts),
  ];
});

function reason(instructions: readonly TransactionInstruction[], payer = a.deployer): string | null {
  const message = new TransactionMessage({
    payerKey: payer,
    recentBlockhash: PublicKey.default.toBase58(),
    instructions: [...instructions],
  }).compileToV0Message();
  return reasonAgainst(message.serialize(), a);
}

describe('the closed list', () => {
  it('holds what setup builds, with a budget', () => {
    const budget = [
      ComputeBudgetProgram.setComputeUnitLimit({ units: 1 }),
      ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 1 }),
    ];
    for (const { instructions, describe } of all)
      expect([describe, reason([...budget, ...instructions])]).toEqual([describe, null]);
    expect(reason([writeChunk(a.buffer, a.deployer, 0, new Uint8Array(10))])).toBe(null);
  });

  it('holds none of them with any account replaced, or with data longer or shorter', () => {
    for (const { instructions } of all)
      for (const one of instructions) {
        for (const at of one.keys.keys()) {
          const keys = one.keys.map((key, i) => (i === at ? { ...key, pubkey: stranger } : key));
          expect(reason([new TransactionInstruction({ ...one, keys })])).toMatch('instruction 0');
        }
        const shorter = new TransactionInstruction({ ...one, data: one.data.subarray(0, -1) });
        const longer = new TransactionInstruction({ ...one, data: Buffer.concat([one.data, Buffer.of(7)]) });
        const initialize = one.programId.equals(a.programId);
        for (const changed of initialize ? [] : [shorter, longer])
          expect(reason([changed])).toMatch('instruction 0');
      }
  });

  it('holds no transfer elsewhere or above the plan', () => {
    const pay = (toPubkey: PublicKey, lamports: bigint) =>
      reason([SystemProgram.transfer({ fromPubkey: a.deployer, toPubkey, lamports })]);
    expect(pay(a.vault, a.vaultLamports)).toBe(null);
    expect(pay(a.vault, a.vaultLamports + 1n)).toMatch('instruction 0');
    expect(pay(stranger, 1n)).toMatch('instruction 0');
  });

  it('gives the upgrade authority to the vault only', () => {
    expect(reason([setUpgradeAuthority(a.programId, a.deployer, stranger)])).toMatch('instruction 0');
  });

  it('makes no council that somebody else can change', () => {
    const { createKey, deployer: creator, treasury } = a;
    const member = { key: creator, mask: 7 };
    const create = multisigCreateV2({
      createKey,
      creator,
      treasury,
      threshold: 1,
      timeLockSeconds: 0,
      members: [member],
    });
    expect(reason([create])).toBe(null);
    const data = Buffer.concat([
      create.data.subarray(0, 8),
      Buffer.of(1),
      stranger.toBuffer(),
      create.data.subarray(9),
    ]);
    expect(reason([new TransactionInstruction({ ...create, data })])).toMatch('instruction 0');
  });

  it("holds nothing of the signer's grammar, no nonce and no other payer", () => {
    const target = { council: a.council, transactionIndex: 1n };
    const approve = proposalApprove({ ...target, member: a.deployer });
    const create = vaultTransactionCreate({ ...target, creator: a.deployer, message: new Uint8Array(4) });
    for (const one of [approve, create]) expect(reason([one])).toMatch('instruction 0');
    const nonce = SystemProgram.nonceAdvance({ noncePubkey: stranger, authorizedPubkey: a.deployer });
    expect(reason([nonce])).toMatch('instruction 0');
    expect(reason(all.at(-1)!.instructions, stranger)).toMatch('another key');
  });

  it('is asked before every signature', async () => {
    const signer = keypairSigner();
    const message = new TransactionMessage({
      payerKey: a.deployer,
      recentBlockhash: PublicKey.default.toBase58(),
      instructions: [SystemProgram.transfer({ fromPubkey: a.deployer, toPubkey: stranger, lamports: 1n })],
    }).compileToV0Message();
    const signing = setupSigner(signer, a).sign(message.serialize());
    await expect(signing).rejects.toMatchObject({ code: 'SETUP_NOT_ON_LIST' });
  });
});
