import { Keypair, type PublicKey, SystemProgram, TransactionInstruction } from '@solana/web3.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { addressOf, keyOf } from '#governance/chain/address.ts';
import type { Rpc } from '#governance/chain/ports.ts';
import { SipError } from '#governance/errors.ts';
import { hasCancelV2 } from '#governance/venues/squads/cancel-v2.ts';
import { proposalCreate, vaultTransactionCreate } from '#governance/venues/squads/instructions.ts';
import { SQUADS_PROGRAM_ID, transactionAddress, vaultAddress } from '#governance/venues/squads/pdas.ts';
import { propose } from '#governance/venues/squads/propose.ts';
import { transactionSizes } from '#governance/venues/squads/size.ts';
import { readCouncil, readTransaction, readTransactions } from '#governance/venues/squads/state.ts';
import { keypairSigner } from '#test/support/memory-ports.ts';
import { programPath } from '#test/support/programs.ts';
import { type SquadsWorld, squadsWorld } from '#test/support/squads-world.ts';

// A first build of the programs takes minutes.
beforeAll(() => void programPath('squads'), 1_800_000);

const transfer = (w: SquadsWorld, lamports = 2_000_000, to = Keypair.generate().publicKey) =>
  SystemProgram.transfer({ fromPubkey: w.vault, toPubkey: to, lamports });
/** Bytes that mean nothing, of a wanted size: the System program is asked for an instruction it does not have. */
const filler = (w: SquadsWorld, dataLength: number, keys = 0) =>
  new TransactionInstruction({
    programId: SystemProgram.programId,
    keys: [
      { pubkey: w.vault, isSigner: true, isWritable: true },
      ...Array.from({ length: keys }, () => ({
        pubkey: Keypair.generate().publicKey,
        isSigner: false,
        isWritable: false,
      })),
    ],
    data: Buffer.alloc(dataLength, 7),
  });
const lamportsOf = async (w: SquadsWorld, key: PublicKey) =>
  (await w.svm.getAccounts([key])).accounts[0]?.lamports ?? 0n;
const code = (outcome: { kind: string; error?: SipError }) => outcome.error?.code ?? outcome.kind;

describe('a council', () => {
  it('is read with members in stored order, permissions and hash', async () => {
    const w = await squadsWorld({ masks: [7, 1, 2, 4, 6], threshold: 2, timeLockSeconds: 900 });
    const council = await readCouncil(w.svm, w.council);
    expect(council).toMatchObject({
      threshold: 2,
      timeLockSeconds: 900,
      transactionIndex: 0n,
      staleTransactionIndex: 0n,
      configAuthority: null,
      rentCollector: null,
      vault: addressOf(w.vault),
    });
    const bytes = council.members.map(({ key }) => Buffer.from(keyOf(key).toBytes()).toString('hex'));
    expect(bytes).toEqual([...bytes].sort());
    const seatOf = (seat: number) =>
      council.members.find(({ key }) => key === addressOf(w.seats[seat]!.publicKey));
    expect([0, 1, 2, 3, 4].map((seat) => seatOf(seat)?.permissions)).toEqual([
      ['initiate', 'vote', 'execute'],
      ['initiate'],
      ['vote'],
      ['execute'],
      ['vote', 'execute'],
    ]);
    expect(council.membersHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is not whatever else stands at an address', async () => {
    const w = await squadsWorld();
    const index = await w.proposed([transfer(w)]);
    const { transaction } = await readTransaction(w.svm, w.council, index);
    for (const address of [
      addressOf(w.vault),
      transaction!.address,
      addressOf(Keypair.generate().publicKey),
      addressOf(SQUADS_PROGRAM_ID),
    ])
      await expect(readCouncil(w.svm, address)).rejects.toMatchObject({ code: 'NOT_A_COUNCIL' });
    const cut = { address: Keypair.generate().publicKey, owner: SQUADS_PROGRAM_ID, lamports: 10_000_000n };
    const { accounts } = await w.svm.getAccounts([keyOf(w.council)]);
    w.svm.setAccount({ ...cut, data: accounts[0]!.data.slice(0, 120) });
    await expect(readCouncil(w.svm, addressOf(cut.address))).rejects.toMatchObject({ code: 'NOT_A_COUNCIL' });
  });
});

describe('proposing', () => {
  it('stores exactly the message that was compiled, and opens the proposal in the same transaction', async () => {
    const w = await squadsWorld();
    const instructions = [transfer(w), filler(w, 300, 3), transfer(w, 1_000_000)];
    const part = await w.part(instructions);
    const outcome = await w.propose(instructions.map((ix) => ix));
    expect(outcome).toMatchObject({ kind: 'proposed', transactionIndex: 1n, landed: [{ kind: 'landed' }] });
    const pair = await readTransaction(w.svm, w.council, 1n);
    expect(pair.transaction).toMatchObject({
      kind: 'vault',
      vaultIndex: 0,
      ephemeralSigners: 0,
      creator: addressOf(w.seats[0]!.publicKey),
    });
    if (pair.transaction?.kind !== 'vault') throw new Error('no vault transaction');
    expect(pair.transaction.messageBytes).toEqual(part.accountMessage);
    expect(pair.transaction.message.accountKeys[0]?.equals(w.vault)).toBe(true);
    expect(pair.proposal).toMatchObject({
      transactionIndex: 1n,
      status: { kind: 'active' },
      approved: [],
      room: 9,
    });
    expect(await w.state(1n)).toMatchObject({
      kind: 'active',
      approvals: 0,
      needed: 2,
      rejectCutoff: 2,
      stale: false,
    });
  });

  it('takes two transactions when one would be too large, with the same message', async () => {
    const w = await squadsWorld();
    // Between what fits with the proposal and what fits without.
    let data = 400;
    const sizes = () =>
      transactionSizes({ council: keyOf(w.council), vault: w.vault, instructions: [filler(w, data)] });
    while (sizes().createBytes <= 1232) data += 1;
    expect(sizes()).toMatchObject({ createBytes: 1233, fits: false });
    const outcome = await w.propose([filler(w, data)]);
    expect(outcome).toMatchObject({ kind: 'proposed', landed: [{ kind: 'landed' }, { kind: 'landed' }] });
    data -= 1;
    expect(sizes()).toMatchObject({ createBytes: 1232, fits: true });
    const one = await w.propose([filler(w, data)]);
    expect(one).toMatchObject({ kind: 'proposed', landed: [{ kind: 'landed' }] });
    expect(w.svm.handedOver.at(-1)?.length).toBe(1232 - 12); // without the price instruction
  });

  it('is open to an Initiate-only seat, closed to others, before anything is sent', async () => {
    const w = await squadsWorld({ masks: [7, 7, 1, 2, 4] });
    expect(await w.propose([transfer(w)], 2)).toMatchObject({ kind: 'proposed' });
    const sent = w.svm.handedOver.length;
    expect(code(await w.propose([transfer(w)], 3))).toBe('MEMBER_LACKS_PERMISSION');
    expect(code(await w.propose([transfer(w)], 4))).toBe('MEMBER_LACKS_PERMISSION');
    const stranger = await propose(w.ports, {
      council: w.council,
      part: await w.part([transfer(w)]),
      creator: keypairSigner(),
    });
    expect(code(stranger)).toBe('NOT_A_MEMBER');
    expect(w.svm.handedOver.length).toBe(sent);
  });

  it('twice finds the first', async () => {
    const w = await squadsWorld();
    const ix = transfer(w);
    await w.propose([ix], 0, 1n);
    expect(await w.propose([ix], 0, 1n)).toMatchObject({ kind: 'already-proposed', transactionIndex: 1n });
    expect(await w.propose([ix], 1, 1n)).toMatchObject({ kind: 'already-proposed' });
    expect(await w.propose([transfer(w)], 1, 1n)).toEqual({ kind: 'index-taken', next: 2n });
    expect(await w.propose([transfer(w)], 1, 3n)).toEqual({ kind: 'index-not-reached', next: 2n });
  });

  it('loses the race for an index without a second proposal', async () => {
    const w = await squadsWorld();
    const mine = await w.part([transfer(w)]);
    const race = (at: 'simulate' | 'sendRaw') => {
      let done = false;
      const rival = async () => {
        if (done) return;
        done = true;
        await w.proposed([transfer(w, 3_000_000)]);
      };
      const rpc: Partial<Rpc> = {
        simulate: async (bytes) => {
          if (at === 'simulate') await rival();
          return w.svm.simulate(bytes);
        },
        sendRaw: async (bytes) => {
          if (at === 'sendRaw') await rival();
          return w.svm.sendRaw(bytes);
        },
      };
      return w.through(rpc);
    };
    const before = await propose(race('simulate'), { council: w.council, part: mine, creator: w.seats[1]! });
    expect(before).toEqual({ kind: 'index-taken', next: 2n });
    const again = await w.part([transfer(w)]);
    const after = await propose(race('sendRaw'), { council: w.council, part: again, creator: w.seats[1]! });
    expect(after).toEqual({ kind: 'index-taken', next: 3n });
    expect((await readCouncil(w.svm, w.council)).transactionIndex).toBe(2n);
  });

  it('finishes what a crash between create and propose left', async () => {
    const w = await squadsWorld();
    const part = await w.part([transfer(w)]);
    const target = { council: keyOf(w.council), transactionIndex: 1n, creator: w.seats[0]!.publicKey };
    await w.send(w.seats[0]!, [vaultTransactionCreate({ ...target, message: part.message })]);
    expect(await w.state(1n)).toMatchObject({
      kind: 'none',
      taken: true,
      nextSteps: { propose: expect.arrayContaining([addressOf(w.seats[1]!.publicKey)]) },
    });
    const outcome = await propose(w.ports, { council: w.council, part, creator: w.seats[1]! });
    expect(outcome).toMatchObject({ kind: 'proposed', landed: [{ kind: 'landed' }] });
    expect(await w.state(1n)).toMatchObject({ kind: 'active' });
  });

  it('says what is unknown when the endpoint dies after the send', async () => {
    const w = await squadsWorld();
    const part = await w.part([transfer(w)]);
    const down = () => Promise.reject(new SipError('ENDPOINT_DOWN', { endpoint: 'x', reason: 'y' }));
    const dead = w.through({ signatureOutcome: down, blockHeight: down });
    const outcome = await propose(dead, { council: w.council, part, creator: w.seats[0]! });
    expect(outcome).toMatchObject({
      kind: 'not-done',
      error: { code: 'TRANSACTION_UNKNOWN', sent: 'unknown' },
    });
    const later = await propose(w.ports, { council: w.council, part, creator: w.seats[0]! });
    expect(later).toMatchObject({ kind: 'already-proposed' });
  });

  it('waits until what has landed is shown, as finality takes its time', async () => {
    const w = await squadsWorld();
    const part = await w.part([transfer(w)]);
    const before = await w.svm.getAccounts([keyOf(w.council)]);
    let hidden = 3;
    const late = w.through({
      getAccounts: async (keys) => {
        const shown = await w.svm.getAccounts(keys);
        const isCouncil = keys.length === 1 && addressOf(keys[0]!) === w.council;
        if (!isCouncil || (await w.nextIndex()) === 1n || hidden === 0) return shown;
        hidden -= 1;
        return before;
      },
    });
    const outcome = await propose(late, { council: w.council, part, creator: w.seats[0]! });
    expect([outcome.kind, hidden]).toEqual(['proposed', 0]);
  });

  it('names a member who cannot pay', async () => {
    const w = await squadsWorld();
    w.svm.setAccount({
      address: w.seats[1]!.publicKey,
      owner: SystemProgram.programId,
      lamports: 1_000_000n,
      data: new Uint8Array(),
    });
    expect(await w.propose([transfer(w)], 1)).toMatchObject({
      kind: 'not-done',
      error: {
        code: 'INSUFFICIENT_LAMPORTS',
        sent: 'no',
        facts: { address: addressOf(w.seats[1]!.publicKey) },
      },
    });
  });
});

describe('voting', () => {
  it('approves at the threshold, lets a vote be turned while active, and a vote twice is no error', async () => {
    const w = await squadsWorld({ masks: [7, 7, 7, 7, 7, 1], threshold: 3 });
    const index = await w.proposed([transfer(w)]);
    expect(await w.state(index)).toMatchObject({ rejectCutoff: 3 });
    expect(await w.vote('approve', 0, index)).toMatchObject({
      kind: 'voted',
      state: { kind: 'active', approvals: 1 },
    });
    expect(await w.vote('approve', 0, index)).toMatchObject({
      kind: 'already-voted',
      state: { approvals: 1 },
    });
    expect(await w.vote('reject', 0, index)).toMatchObject({
      kind: 'voted',
      state: { approvals: 0, rejections: 1 },
    });
    expect(await w.vote('approve', 0, index)).toMatchObject({
      kind: 'voted',
      state: { approvals: 1, rejections: 0 },
    });
    await w.vote('approve', 1, index);
    expect(code(await w.vote('approve', 5, index))).toBe('MEMBER_LACKS_PERMISSION');
    expect(code(await w.execute(index))).toBe('PROPOSAL_NOT_APPROVED');
    expect(await w.vote('approve', 2, index)).toMatchObject({
      kind: 'voted',
      state: { kind: 'approved', approvals: 3 },
    });
    expect(await w.vote('approve', 2, index)).toMatchObject({ kind: 'already-voted' });
    expect(code(await w.vote('approve', 3, index))).toBe('PROPOSAL_WRONG_STATUS');
    expect(code(await w.vote('reject', 3, index))).toBe('PROPOSAL_WRONG_STATUS');
    expect(code(await w.vote('approve', 3, 77n))).toBe('PROPOSAL_NOT_FOUND');
  });

  it('rejects at the cutoff', async () => {
    const w = await squadsWorld({ masks: [7, 7, 7, 7, 7], threshold: 3 });
    const index = await w.proposed([transfer(w)]);
    await w.vote('reject', 0, index);
    await w.vote('reject', 1, index);
    expect(await w.state(index)).toMatchObject({ kind: 'active', rejections: 2, rejectCutoff: 3 });
    expect(await w.vote('reject', 2, index)).toMatchObject({ kind: 'voted', state: { kind: 'rejected' } });
    expect(code(await w.execute(index))).toBe('PROPOSAL_WRONG_STATUS');
  });

  it('cancels an approved proposal at the threshold', async () => {
    const w = await squadsWorld();
    const index = await w.proposed([transfer(w)]);
    expect(code(await w.vote('cancel', 0, index))).toBe('PROPOSAL_WRONG_STATUS');
    await w.approve(index);
    expect(await w.vote('cancel', 0, index)).toMatchObject({
      kind: 'voted',
      state: { kind: 'approved', cancellations: 1 },
    });
    expect(await w.vote('cancel', 0, index)).toMatchObject({ kind: 'already-voted' });
    expect(await w.vote('cancel', 2, index)).toMatchObject({ kind: 'voted', state: { kind: 'cancelled' } });
    w.svm.advance(600);
    expect(code(await w.execute(index))).toBe('PROPOSAL_WRONG_STATUS');
  });

  it('knows that the published program has no proposal_cancel_v2, and says so when it would be needed', async () => {
    const w = await squadsWorld({ masks: [7], threshold: 1 });
    expect(await hasCancelV2(w.svm, w.seats[0]!.publicKey)).toBe(false);
    const index = await w.proposed([transfer(w)]);
    await w.approve(index);
    // An account as of a council that was smaller when the proposal was made.
    const { proposal } = await readTransaction(w.svm, w.council, index);
    const [account] = (await w.svm.getAccounts([keyOf(proposal!.address)])).accounts;
    w.svm.setAccount({ ...account!, data: account!.data.slice(0, account!.data.length - 64) });
    expect(code(await w.vote('cancel', 0, index))).toBe('CANCEL_UNSUPPORTED');
  });
});

describe('executing', () => {
  it('waits for the time lock to the second, runs, and does not run twice', async () => {
    const w = await squadsWorld({ masks: [7, 7, 6, 1] });
    const to = Keypair.generate().publicKey;
    const index = await w.proposed([transfer(w, 2_000_000, to)]);
    await w.approve(index);
    expect(await w.state(index)).toMatchObject({
      kind: 'approved',
      timeLockLeftSeconds: 600n,
      squadsAccepts: false,
      programAccepts: true,
      nextSteps: { execute: [] },
    });
    expect(await w.execute(index)).toMatchObject({
      kind: 'not-done',
      error: { code: 'TIME_LOCK_RUNNING', facts: { secondsLeft: 600n }, exit: 4 },
    });
    w.svm.advance(599);
    expect(code(await w.execute(index))).toBe('TIME_LOCK_RUNNING');
    w.svm.advance(1);
    expect(await w.state(index)).toMatchObject({ timeLockLeftSeconds: 0n, squadsAccepts: true });
    expect((await w.state(index)).nextSteps.execute.length).toBe(3);
    expect(code(await w.execute(index, 3))).toBe('MEMBER_LACKS_PERMISSION');
    expect(await w.execute(index, 2)).toMatchObject({ kind: 'executed' });
    expect(await lamportsOf(w, to)).toBe(2_000_000n);
    expect(await w.execute(index)).toEqual({ kind: 'already-executed' });
    expect(await w.state(index)).toMatchObject({ kind: 'executed' });
    expect(await w.vote('approve', 0, index)).toMatchObject({ kind: 'already-voted' });
  });

  it('shows an approved but stale transaction as what it is, and does not run it', async () => {
    const w = await squadsWorld();
    const approved = await w.proposed([transfer(w)]);
    const active = await w.proposed([transfer(w)]);
    await w.approve(approved);
    await w.change({
      __kind: 'AddMember',
      newMember: { key: Keypair.generate().publicKey, permissions: { mask: 7 } },
    });
    expect(await readCouncil(w.svm, w.council)).toMatchObject({
      staleTransactionIndex: 3n,
      members: { length: 4 },
    });
    expect(await w.state(approved)).toMatchObject({
      kind: 'approved',
      stale: true,
      squadsAccepts: true,
      programAccepts: false,
      nextSteps: { execute: [] },
    });
    expect(code(await w.execute(approved))).toBe('PROPOSAL_STALE');
    expect(await w.state(active)).toMatchObject({
      kind: 'active',
      stale: true,
      nextSteps: { approve: [], reject: [] },
    });
    expect(code(await w.vote('approve', 1, active))).toBe('PROPOSAL_STALE');
    expect(code(await w.vote('reject', 1, active))).toBe('PROPOSAL_STALE');
    expect(await w.vote('cancel', 0, approved)).toMatchObject({ kind: 'voted' });
    // 3 is the change itself: index ≤ stale, off by nothing.
    expect(await w.state(3n)).toMatchObject({ kind: 'executed', stale: true });
    expect(await w.state(4n)).toMatchObject({ kind: 'none', stale: false, taken: false });
  });

  it('counts the time lock with the value of today', async () => {
    const w = await squadsWorld();
    await w.change({ __kind: 'SetTimeLock', newTimeLock: 0 });
    const index = await w.proposed([transfer(w)]);
    await w.approve(index);
    expect(await w.state(index)).toMatchObject({ timeLockLeftSeconds: 0n, squadsAccepts: true });
    expect(await w.execute(index)).toMatchObject({ kind: 'executed' });
  });

  it('names the vault when it cannot pay, and the program that refuses', async () => {
    const w = await squadsWorld({ timeLockSeconds: 0, vaultLamports: 1_000_000n });
    const poor = await w.proposed([transfer(w, 900_000_000)]);
    await w.approve(poor);
    expect(await w.execute(poor)).toMatchObject({
      kind: 'not-done',
      error: {
        code: 'INSUFFICIENT_LAMPORTS',
        sent: 'no',
        facts: { address: addressOf(w.vault), reason: 'it has 1000000, 900000000 are needed' },
      },
    });
    const broken = await w.proposed([filler(w, 8)]);
    await w.approve(broken);
    expect(await w.execute(broken)).toMatchObject({
      kind: 'not-done',
      error: { code: 'TRANSACTION_FAILED', sent: 'no' },
    });
  });

  it('refuses a message with a lookup table or an ephemeral signer', async () => {
    const w = await squadsWorld({ timeLockSeconds: 0 });
    const { message } = await w.part([transfer(w)]);
    const propose1 = async (wire: Uint8Array, ephemeralSigners: number) => {
      const index = await w.nextIndex();
      const target = { council: keyOf(w.council), transactionIndex: index, creator: w.seats[0]!.publicKey };
      const create = vaultTransactionCreate({ ...target, message: wire });
      create.data = Buffer.from(create.data);
      create.data[9] = ephemeralSigners; // discriminator 8, vault index 1, then this
      await w.send(w.seats[0]!, [create, proposalCreate(target)]);
      await w.approve(index);
      return w.execute(index);
    };
    expect(code(await propose1(message, 1))).toBe('EPHEMERAL_SIGNER_PRESENT');
    const lookup = Uint8Array.from([
      ...message.slice(0, -1),
      1,
      ...Keypair.generate().publicKey.toBytes(),
      0,
      1,
      0,
    ]);
    expect(code(await propose1(lookup, 0))).toBe('LOOKUP_TABLE_PRESENT');
  });
});

describe('reading many', () => {
  it('gives a pair for every index, with config transactions and gaps', async () => {
    const w = await squadsWorld({ timeLockSeconds: 0 });
    for (let i = 0; i < 3; i += 1) await w.proposed([transfer(w)]);
    await w.change({ __kind: 'SetRentCollector', newRentCollector: w.vault });
    // Lamports sent to an address before its account exists.
    w.svm.airdrop(transactionAddress(keyOf(w.council), 5n), 1_000_000n);
    const pairs = await readTransactions(w.svm, w.council, { from: 1n, to: 120n });
    expect(pairs.length).toBe(120);
    expect(pairs.map(({ index }) => index)).toEqual(Array.from({ length: 120 }, (_, i) => BigInt(i + 1)));
    expect(pairs.slice(0, 5).map(({ transaction }) => transaction?.kind)).toEqual([
      'vault',
      'vault',
      'vault',
      'config',
      undefined,
    ]);
    expect(
      pairs.slice(4).every(({ transaction, proposal }) => transaction === null && proposal === null),
    ).toBe(true);
    expect((await readCouncil(w.svm, w.council)).rentCollector).toBe(addressOf(w.vault));
    expect(vaultAddress(keyOf(w.council)).equals(w.vault)).toBe(true);
  });
});
