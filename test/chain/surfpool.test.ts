import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Keypair, type PublicKey, SystemProgram } from '@solana/web3.js';
import { accounts as sdk } from '@sqds/multisig';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderFiles } from '#governance/adapters/files.ts';
import { folderLock } from '#governance/adapters/folder-lock.ts';
import { keypairFileSigner } from '#governance/adapters/keypair-file.ts';
import { systemTimer } from '#governance/adapters/timer.ts';
import { addressOf, keyOf } from '#governance/chain/address.ts';
import { type Journal, openJournal } from '#governance/chain/journal.ts';
import type { Rpc, Signer } from '#governance/chain/ports.ts';
import { connectRpc } from '#governance/chain/rpc.ts';
import { resume, sendTransaction } from '#governance/chain/send.ts';
import { loadPrograms } from '#governance/sandbox/programs.ts';
import { type BareNetwork, startBareNetwork } from '#governance/sandbox/start.ts';
import type { Address } from '#governance/types.ts';
import { hasCancelV2 } from '#governance/venues/squads/cancel-v2.ts';
import { execute } from '#governance/venues/squads/execute.ts';
import { multisigCreateV2 } from '#governance/venues/squads/instructions.ts';
import { compileVaultMessage } from '#governance/venues/squads/message.ts';
import type { VenuePorts } from '#governance/venues/squads/outcome.ts';
import { councilAddress, programConfigAddress, vaultAddress } from '#governance/venues/squads/pdas.ts';
import { propose } from '#governance/venues/squads/propose.ts';
import { castVote } from '#governance/venues/squads/vote.ts';
import { keypairSigner } from '#test/support/memory-ports.ts';

/** The same code against the embedded network: a JSON-RPC server and blocks that others made. */

let folder: string;
let network: BareNetwork;
let rpc: Rpc;
let journal: Journal;
let ports: VenuePorts;
let members: Signer[];
let council: Address;
let vault: PublicKey;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sip-surfpool-'));
  network = await startBareNetwork({ dataDir: folder, programs: loadPrograms(), members: 3 });
  rpc = connectRpc(network.info.rpcUrl, { timer: systemTimer });
  journal = await openJournal({
    files: folderFiles(folder),
    lock: folderLock(folder, systemTimer),
    timer: systemTimer,
  });
  ports = { rpc, journal, timer: systemTimer };
  members = await Promise.all(network.info.members.map(({ keypairPath }) => keypairFileSigner(keypairPath)));
  const createKey = keypairSigner();
  const { accounts } = await rpc.getAccounts([programConfigAddress()]);
  const { treasury } = sdk.ProgramConfig.deserialize(Buffer.from(accounts[0]!.data))[0];
  const creator = members[0]!;
  const instruction = multisigCreateV2({
    createKey: createKey.publicKey,
    creator: creator.publicKey,
    treasury,
    threshold: 2,
    timeLockSeconds: 600,
    members: members.map(({ publicKey }, i) => ({ key: publicKey, mask: i === members.length - 1 ? 1 : 7 })),
  });
  const multisig = councilAddress(createKey.publicKey);
  council = addressOf(multisig);
  vault = vaultAddress(multisig);
  const fund = SystemProgram.transfer({
    fromPubkey: creator.publicKey,
    toPubkey: vault,
    lamports: 1_000_000_000,
  });
  const outcome = await sendTransaction(ports, {
    signer: creator,
    extraSigners: [createKey],
    instructions: [instruction, fund],
    describe: 'make a council',
  });
  expect(outcome).toMatchObject({ kind: 'landed' });
}, 1_800_000);

afterAll(async () => {
  await journal?.close();
  await network?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('on the embedded network', () => {
  it('takes a vault transaction from propose to execute', async () => {
    const to = Keypair.generate().publicKey;
    const transfer = SystemProgram.transfer({ fromPubkey: vault, toPubkey: to, lamports: 2_000_000 });
    const { wire, stored } = compileVaultMessage(vault, [transfer]);
    const part = { transactionIndex: 1n, message: wire, accountMessage: stored };
    const creator = members.at(-1)!;
    const proposed = await propose(ports, { council, part, creator }, { computeUnitPriceMicroLamports: 10n });
    expect(proposed).toMatchObject({ kind: 'proposed', landed: [{ kind: 'landed' }] });
    for (const member of members.slice(0, 2))
      expect(await castVote(ports, { council, transactionIndex: 1n, vote: 'approve', member })).toMatchObject(
        { kind: 'voted' },
      );
    const run = () => execute(ports, { council, transactionIndex: 1n, member: members[1]! });
    expect(await run()).toMatchObject({ kind: 'not-done', error: { code: 'TIME_LOCK_RUNNING' } });
    await network.warpBy(600n);
    const executed = await run();
    expect(executed).toMatchObject({ kind: 'executed' });
    expect((await rpc.getAccounts([to])).accounts[0]?.lamports).toBe(2_000_000n);

    if (executed.kind !== 'executed') return;
    const record = await rpc.transaction(executed.landed.signature);
    expect(record).toMatchObject({ err: null, computeUnits: executed.landed.computeUnits });
    expect(record?.logs.some((line) => line.includes('VaultTransactionExecute'))).toBe(true);
    const history = await rpc.signaturesFor(keyOf(council));
    expect(history.map(({ signature }) => signature)).toContain(executed.landed.signature);
  });

  it('gives program errors by name and number, and answers about what does not exist', async () => {
    const stranger = keypairSigner();
    const outcome = await sendTransaction(ports, {
      signer: stranger,
      instructions: [
        SystemProgram.transfer({ fromPubkey: stranger.publicKey, toPubkey: vault, lamports: 1 }),
      ],
      describe: 'nothing to spend',
    });
    expect(outcome).toMatchObject({
      kind: 'refused',
      failure: { code: 'INSUFFICIENT_LAMPORTS', address: addressOf(stranger.publicKey) },
    });
    expect(await hasCancelV2(rpc, members[0]!.publicKey)).toBe(false);
    expect(await rpc.signatureOutcome('1'.repeat(64), true)).toBeNull();
    expect(await rpc.minimumBalanceLamports(56)).toBe(1_280_640n);
    expect(await rpc.genesisHash()).toMatch(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/);
    expect(await rpc.recentPriorityFees([vault])).toBeInstanceOf(Array);
    expect(await resume(ports)).toEqual([]);
  });
});
