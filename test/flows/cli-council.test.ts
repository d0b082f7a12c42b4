import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Keypair, PublicKey, TransactionInstruction, TransactionMessage } from '@solana/web3.js';
import { instructions as squads } from '@sqds/multisig';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendTransaction } from '#governance/chain/send.ts';
import { compileSip } from '#governance/plan/compile.ts';
import { rehearsalWorld } from '#governance/sandbox/rehearsal-world.ts';
import { sandboxRpc } from '#governance/sandbox/rpc.ts';
import { rentLamports, wallet } from '#governance/sandbox/seed-account.ts';
import type { Sip } from '#governance/sip/document.ts';
import { readCouncil } from '#governance/venues/squads/state.ts';
import { type CliWorld, errorOf, startCliWorld } from '#test/support/cli-world.ts';
import { operator, type SmallSip, sipFile, whitelist } from '#test/support/sip-text.ts';

/** The council's commands from the text to its effect, on the real Squads and restaking programs. */

let world: CliWorld;
let texts: Record<'lst' | 'operator' | 'hostile' | 'unproposed', Sip>;

beforeAll(async () => {
  world = await startCliWorld({ timeLockSeconds: 600 });
  const { today } = world;
  const write = (sip: number, title: string, action: SmallSip['actions'][number]) =>
    world.write(sipFile({ sip, title, actions: [action] }, today));
  texts = {
    lst: await write(2, 'Whitelist mSOL', whitelist('mSOL', '250000')),
    operator: await write(
      3,
      'Whitelist Helius',
      operator('Helius', 'he1iusunGwqrNtafDtLdhsUQDFvo13z9sUa36PauBtk'),
    ),
    hostile: await write(4, 'Whitelist bSOL', whitelist('bSOL', '1000')),
    unproposed: await write(
      5,
      'Whitelist Drift',
      operator('Drift', 'DriFTm3wM9ugxhCA1K3wVQMSdC4Dv4LNmyZMmZiuHRpp'),
    ),
  };
}, 1_800_000);
afterAll(() => world?.stop());

it('says what it misses of a Realms proposal, and refuses what is no address', async () => {
  const proposal = world.sandbox.info.council;
  const nothing = await world.json(['realms', proposal]);
  expect(nothing).toMatchObject({
    ...{ exit: 3, proposal, governance: null, state: null, transactions: [] },
    findings: [{ kind: 'unreadable', account: proposal }],
  });
  expect((await world.sip(['realms', 'nowhere'])).code).toBe(2);
});

describe('a SIP from submission to its effect', () => {
  it('is checked, simulated and proposed once', async () => {
    expect(await world.json(['check', '2'])).toMatchObject({
      exit: 0,
      ok: true,
      sip: 2,
      digest: texts.lst.digest,
    });
    const trial = await world.json(['simulate', '2']);
    expect(trial).toMatchObject({ exit: 0, trials: [{ ok: true, verdict: null }] });
    const first = await world.json(['submit', '2', '--as', '5', '--reason', 'asked for by the protocol']);
    expect(first).toMatchObject({ exit: 0, outcome: 'submitted', sip: 2, impostors: [] });
    expect(first.parts).toMatchObject([{ part: 1, transactionIndex: 1, signatures: [expect.any(String)] }]);
    const again = await world.sip(['submit', '2']);
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('Nothing was sent');
    expect((await readCouncil(world.rpc, world.sandbox.info.council)).transactionIndex).toBe(1n);
  });

  it('verifies as match in the stable form', async () => {
    const { exit, ...document } = await world.json(['verify', '--transaction-index', '1']);
    expect(exit).toBe(0);
    expect(document).toEqual({
      schemaVersion: 1,
      verdict: 'match',
      executed: false,
      sip: 2,
      part: 1,
      parts: 1,
      transactionIndex: 1,
      differences: [],
    });
    const text = await world.sip(['verify', '2', '--transaction-index', '1']);
    expect(text.stdout).toMatch(/^match /);
    expect(text.stdout).toContain(texts.lst.digest);
    expect(await world.json(['verify', '3', '--transaction-index', '1'])).toMatchObject({
      exit: 3,
      verdict: 'digest-unknown',
    });
  });

  it('takes approvals, and prints a line to pass on', async () => {
    const first = await world.sip(['approve', '2', '--reason', 'read it twice']);
    expect(first.code).toBe(0);
    expect(first.stdout).toContain(`checked (match, digest ${texts.lst.digest}), signed (approve) by`);
    expect(first.stdout).toContain('2 more needed.');
    expect(first.stderr).toContain('Whitelist mSOL');
    expect(await world.json(['approve', '2'])).toMatchObject({
      exit: 0,
      transactions: [{ outcome: 'already-voted', line: null }],
    });
    const early = await world.json(['execute', '2']);
    expect([early.exit, errorOf(early).code, errorOf(early).sent]).toEqual([
      4,
      'PROPOSAL_NOT_APPROVED',
      'no',
    ]);
    // The endpoint cannot say yet; this computer can.
    const early2 = await world.json(['simulate', '2']);
    expect(early2).toMatchObject({
      exit: 0,
      trials: [{ ok: null, verdict: 'match' }],
      local: [
        {
          holds: true,
          broken: [],
          runs: [{ ok: true, assumed: ['it is approved', 'the time lock has passed'], error: null }],
        },
      ],
    });
    const [{ runs }] = early2.local as [{ runs: [{ changes: { kind: string; field: string }[] }] }];
    expect(runs[0].changes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'RestakingPool', field: 'lstMint', before: null }),
        expect.objectContaining({ kind: 'SipRecord', field: 'number', before: null, after: 2 }),
        expect.objectContaining({ kind: 'Proposal', field: 'status', before: 'approved', after: 'executed' }),
        expect.objectContaining({ kind: 'token mint', field: 'supply', before: null, after: '0' }),
      ]),
    );
    await world.sip(['approve', '--transaction-index', '1', '--as', '1']);
    expect(await world.json(['approve', '2', '--as', '2'])).toMatchObject({
      exit: 0,
      transactions: [{ verdict: 'match', state: { kind: 'approved' }, part: 1, parts: 1 }],
    });
  });

  it('tells how each approval came about', async () => {
    const { exit, approvals } = await world.json(['approvals', '--transaction-index', '1']);
    expect(exit).toBe(0);
    expect(approvals).toHaveLength(3);
    expect(approvals).toMatchObject([
      { overNonce: false, besides: [], signature: expect.any(String) },
      { overNonce: false },
      { overNonce: false },
    ]);
    const { stdout } = await world.sip(['approvals', '--transaction-index', '1']);
    // What the embedded network calls the time of a block is a thousandth of it.
    expect(stdout).toContain('seat 0 approved at an unknown time');
  });

  it('is not executed in the time lock, and says until when', async () => {
    const early = await world.json(['execute', '2']);
    expect([early.exit, errorOf(early).code, errorOf(early).sent]).toEqual([4, 'TIME_LOCK_RUNNING', 'no']);
    expect(errorOf(early).message).toMatch(/until \d{4}-\d\d-\d\dT/);
    const { sips } = await world.json(['status']);
    expect(sips).toMatchObject([
      { sip: 2, status: 'Approved', due: [{ step: 'execute', transactionIndex: 1, who: expect.any(Array) }] },
      { sip: 3, status: 'Review' },
      { sip: 4 },
      { sip: 5 },
    ]);
    const { stdout } = await world.sip(['status']);
    expect(stdout).toMatch(/SIP-2 .*Approved {2}execute transaction 1 {2}seats 0–4 {2}in \d+ min/);
  });

  it('is executed afterwards, once', async () => {
    await world.sandbox.warpBy(600n);
    expect(await world.json(['simulate', '2'])).toMatchObject({
      exit: 0,
      trials: [{ ok: true, verdict: 'match' }],
      local: [{ holds: true, runs: [{ ok: true, assumed: [] }] }],
    });
    const simulated = await world.sip(['simulate', '2']);
    expect(simulated.stdout).toContain('It leaves what the text promises.');
    const done = await world.json(['execute', '2']);
    expect(done).toMatchObject({ exit: 0, stateAsExpected: true, transactions: [{ outcome: 'executed' }] });
    expect(await world.json(['execute', '2'])).toMatchObject({
      transactions: [{ outcome: 'already-executed' }],
    });
    expect(await world.json(['verify', '--transaction-index', '1'])).toMatchObject({
      verdict: 'match',
      executed: true,
    });
    for (const [what, code] of [
      ['approve', 'SIP_ALREADY_ENACTED'],
      ['submit', 'SIP_ALREADY_ENACTED'],
    ] as const) {
      const refused = await world.json([what, '2']);
      expect([refused.exit, errorOf(refused).code]).toEqual([1, code]);
    }
    const status = await world.json(['status', '2']);
    expect(status).toMatchObject({ status: 'Executed', record: { part: 1, parts: 1, councilTx: 1 } });
    expect(status.reasons).toMatchObject([{ vote: 'propose' }, { vote: 'approve', text: 'read it twice' }]);
    const { stdout } = await world.sip(['status', '2']);
    expect(stdout).toContain('asked for by the protocol');
  });
});

describe('rejecting and cancelling', () => {
  it('ends a proposal at the cutoff, after which it can be proposed again', async () => {
    await world.sip(['submit', '3']);
    const first = await world.sip(['reject', '3']);
    expect(first.stdout).toContain('2 more needed');
    await world.sip(['reject', '3', '--as', '1']);
    expect(await world.json(['reject', '3', '--as', '2'])).toMatchObject({
      exit: 0,
      transactions: [{ state: { kind: 'rejected' } }],
    });
    expect(await world.json(['status', '3'])).toMatchObject({ status: 'Rejected', due: [] });
    const late = await world.json(['approve', '3', '--as', '3']);
    expect([late.exit, errorOf(late).code]).toEqual([4, 'SIP_NOT_PROPOSED']);
    expect(await world.json(['submit', '3'])).toMatchObject({
      outcome: 'submitted',
      parts: [{ transactionIndex: 3 }],
    });
  });

  it('cancels what is approved', async () => {
    for (const seat of ['0', '1', '2']) await world.sip(['approve', '3', '--as', seat]);
    const first = await world.sip(['cancel', '3', '--as', '0']);
    expect(first.stdout).toContain('2 more needed');
    for (const seat of ['1', '2']) await world.sip(['cancel', '3', '--as', seat]);
    expect(await world.json(['status', '3'])).toMatchObject({ status: 'Cancelled' });
  });
});

describe('a hostile proposal with the digest of a SIP', () => {
  it('is refused with exit 3 and named as impostor, and blocks nothing', async () => {
    const index = await proposeHostile(texts.hostile);
    const verdict = await world.json(['verify', '--transaction-index', `${index}`]);
    expect(verdict).toMatchObject({ exit: 3, verdict: 'different-argument', executed: false, sip: 4 });
    expect(verdict.differences).toMatchObject([
      { kind: 'different-argument', instruction: 1, bytes: expect.any(Array) },
    ]);
    const words = await world.sip(['verify', '--transaction-index', `${index}`]);
    expect(words.stdout).toMatch(/bytes 0x[0-9a-f]{4} to 0x[0-9a-f]{4}/);
    const flat = words.stdout.replace(/\s+/g, ' ');
    expect(flat).toMatch(/- Whitelist bSOL [^+]* with a pool cap of 1000 bSOL \(in the text only\)/);
    expect(flat).toMatch(/\+ Whitelist bSOL .* with a pool cap of 0\.000000001 bSOL \(not in the text\)/);
    for (const act of ['approve', 'execute']) {
      const refused = await world.json([act, '--transaction-index', `${index}`]);
      expect([refused.exit, errorOf(refused).code, errorOf(refused).sent]).toEqual([
        3,
        'VERDICT_NOT_MATCH',
        'no',
      ]);
    }
    expect(await world.json(['simulate', '--transaction-index', `${index}`])).toMatchObject({
      exit: 3,
      local: [{ holds: false, broken: [{ type: 'RestakingPool', field: 'cap' }] }],
    });
    expect(await world.json(['check', '4'])).toMatchObject({ exit: 0, findings: [{ code: 'impostor' }] });
    const honest = await world.json(['submit', '4']);
    expect(honest).toMatchObject({
      exit: 0,
      outcome: 'submitted',
      impostors: [{ transactionIndex: index, verdict: 'different-argument' }],
    });
    const approved = await world.sip(['approve', '4']);
    expect(approved.code).toBe(0);
    expect(approved.stderr).toContain(`Impostor: transaction ${index}`);
    expect(await world.json(['status', '4'])).toMatchObject({
      status: 'Submitted',
      impostors: [{ transactionIndex: index }],
      transactions: [{ transactionIndex: index + 1 }],
    });
    expect(await world.json(['reject', '--transaction-index', `${index}`])).toMatchObject({
      exit: 0,
      transactions: [{ verdict: 'different-argument', outcome: 'voted' }],
    });
  });

  /** The announced SIP, and a cap of 1 base unit instead of its own: with Squads' own SDK, past all of our checks. */
  async function proposeHostile(sip: Sip): Promise<number> {
    const { info } = world.sandbox;
    const stranger = await rehearsalWorld(world.sandbox, join(world.folder, 'stranger'));
    try {
      const council = await readCouncil(world.rpc, info.council);
      const transactionIndex = council.transactionIndex + 1n;
      const pins = { programId: info.programId, council: info.council, vault: info.vault };
      const part = compileSip(sip, { pins, members: council.members, transactionIndex }).parts[0];
      const instructions = (part?.instructions ?? []).map(({ programId, keys, data }, at) => {
        const bytes = Buffer.from(data);
        if (at === 1) bytes.writeBigUInt64LE(1n, bytes.length - 9);
        return new TransactionInstruction({
          programId: new PublicKey(programId),
          keys: keys.map((key) => ({ ...key, pubkey: new PublicKey(key.pubkey) })),
          data: bytes,
        });
      });
      const signer = stranger.voters[4];
      if (!signer) throw new Error('the sandbox has five voters');
      const target = {
        multisigPda: new PublicKey(info.council),
        transactionIndex,
        creator: signer.publicKey,
      };
      const create = squads.vaultTransactionCreate({
        ...target,
        vaultIndex: 0,
        ephemeralSigners: 0,
        transactionMessage: new TransactionMessage({
          payerKey: new PublicKey(info.vault),
          recentBlockhash: PublicKey.default.toBase58(),
          instructions,
        }),
      });
      const outcome = await sendTransaction(stranger.ports, {
        signer,
        instructions: [create, squads.proposalCreate(target)],
        describe: 'a hostile proposal',
      });
      expect(outcome.kind).toBe('landed');
      return Number(transactionIndex);
    } finally {
      await stranger.close();
    }
  }
});

describe('a proposal whose text nobody here has', () => {
  it('is named by status', async () => {
    const elsewhere = await mkdtemp(join(world.folder, 'empty-'));
    const { exit, withoutText } = await world.json(['status', '--sips', elsewhere]);
    expect([exit, withoutText]).toEqual([0, expect.arrayContaining([4, 5])]);
    const unknown = await world.json(['verify', '--transaction-index', '5', '--sips', elsewhere]);
    expect(unknown).toMatchObject({ exit: 3, verdict: 'digest-unknown', sip: 4 });
  });

  it('is named by status, too, where it changes the council', async () => {
    const { info } = world.sandbox;
    const stranger = await rehearsalWorld(world.sandbox, join(world.folder, 'changer'));
    try {
      const { transactionIndex: newest } = await readCouncil(world.rpc, info.council);
      const signer = stranger.voters[4]!;
      const transactionIndex = newest + 1n;
      const target = {
        ...{ multisigPda: new PublicKey(info.council), transactionIndex },
        creator: signer.publicKey,
      };
      const actions = [{ __kind: 'SetTimeLock' as const, newTimeLock: 0 }];
      const instructions = [
        squads.configTransactionCreate({ ...target, actions }),
        squads.proposalCreate(target),
      ];
      await sendTransaction(stranger.ports, { signer, instructions, describe: 'a change' });
      const { withoutText } = await world.json(['status']);
      expect(withoutText).toContain(Number(transactionIndex));
    } finally {
      await stranger.close();
    }
  });
});

describe('what is wrong gets one sentence, and nothing is sent', () => {
  const cases: readonly (readonly [string, readonly string[], number, string])[] = [
    ['no target', ['approve'], 2, 'USAGE'],
    ['two targets', ['approve', '2', '--transaction-index', '1'], 2, 'USAGE'],
    ['an index that is none', ['approve', '--transaction-index', '0'], 2, 'USAGE'],
    ['a number nobody has', ['approve', '99'], 1, 'SIP_NOT_FOUND'],
    ['a SIP that was not proposed', ['approve', '5'], 4, 'SIP_NOT_PROPOSED'],
    ['a member without the permission', ['approve', '4', '--as', '5'], 1, 'MEMBER_LACKS_PERMISSION'],
    ['a seat that is none', ['approve', '4', '--as', '9'], 2, 'USAGE'],
    ['an empty reason', ['reject', '4', '--reason', ' '], 2, 'USAGE'],
    ['a transaction that is not there', ['approve', '--transaction-index', '99'], 3, 'VERDICT_NOT_MATCH'],
    ['no transaction index', ['verify'], 2, 'USAGE'],
    ['a file that is not there', ['submit', 'nothing.md'], 1, 'FILE_UNREADABLE'],
  ];
  it.each(cases)('%s', async (_, argv, exit, code) => {
    const document = await world.json(argv);
    expect([document.exit, errorOf(document).code, errorOf(document).sent]).toEqual([exit, code, 'no']);
    expect(errorOf(document).message).not.toContain('\n');
    expect(errorOf(document).remedy).not.toBe('');
  });

  it('a keypair that is no member', async () => {
    const path = join(world.folder, 'stranger.json');
    await writeFile(path, JSON.stringify([...Keypair.generate().secretKey]), { mode: 0o600 });
    for (const argv of [
      ['submit', '5'],
      ['approve', '4'],
      ['execute', '4'],
    ]) {
      const refused = await world.json([...argv, '--keypair', path]);
      expect([refused.exit, errorOf(refused).code]).toEqual([1, 'NOT_A_MEMBER']);
    }
  });

  it('an endpoint that is down: no verdict, exit 5', async () => {
    const { council, programId } = world.sandbox.info;
    const nowhere = ['--url', 'http://127.0.0.1:1', '--council', council, '--program-id', programId];
    const lines = [['verify', '--transaction-index', '1'], ['status'], ['epochs'], ['check', '2']];
    for (const refused of await Promise.all(lines.map((argv) => world.json([...argv, ...nowhere]))))
      expect([refused.exit, errorOf(refused).code]).toEqual([5, 'ENDPOINT_DOWN']);
  });

  it('an endpoint of another cluster', async () => {
    const { rpcUrl, council, programId } = world.sandbox.info;
    const profile = {
      schemaVersion: 1,
      name: 'elsewhere',
      endpoints: [rpcUrl],
      genesisHash: '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d',
      programId,
      council,
    };
    await mkdir(join(world.folder, 'data', 'profiles'), { recursive: true });
    await writeFile(join(world.folder, 'data', 'profiles', 'elsewhere.json'), JSON.stringify(profile));
    const keypair = ['--keypair', world.sandbox.info.members[0]?.keypairPath ?? ''];
    for (const argv of [
      ['verify', '--transaction-index', '1'],
      ['approve', '4', ...keypair],
      ['submit', '5', ...keypair],
    ]) {
      const refused = await world.json([...argv, '--profile', 'elsewhere']);
      expect([refused.exit, errorOf(refused).code, errorOf(refused).sent]).toEqual([
        1,
        'WRONG_CLUSTER',
        'no',
      ]);
    }
  });

  it('a vault that cannot pay the rent', async () => {
    const { rpcUrl, vault } = world.sandbox.info;
    const cheats = sandboxRpc(rpcUrl);
    await cheats.setAccounts([wallet(new PublicKey(vault), rentLamports(0))]);
    cheats.close();
    const checked = await world.json(['check', '5']);
    expect(checked).toMatchObject({
      exit: 1,
      ok: false,
      findings: [{ code: 'vault-too-poor', level: 'error' }],
    });
    const refused = await world.json(['submit', '5']);
    expect([refused.exit, errorOf(refused).code, errorOf(refused).sent]).toEqual([1, 'CHECK_FAILED', 'no']);
    // Proposing it all the same is possible; its execution then names who is short.
    expect(await world.json(['submit', '5', '--skip-check'])).toMatchObject({
      exit: 0,
      outcome: 'submitted',
    });
    for (const seat of ['0', '1', '2']) await world.sip(['approve', '5', '--as', seat]);
    await world.sandbox.warpBy(600n);
    const failed = await world.json(['execute', '5']);
    expect([failed.exit, errorOf(failed).code, errorOf(failed).sent]).toEqual([
      1,
      'INSUFFICIENT_LAMPORTS',
      'no',
    ]);
    expect(errorOf(failed).message).toContain(vault);
  });
});
