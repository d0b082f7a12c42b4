import {
  ComputeBudgetProgram,
  Keypair,
  type PublicKey,
  SystemProgram,
  VersionedTransaction,
} from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import { systemTimer } from '#governance/adapters/timer.ts';
import { openJournal, readJournal, withJournal } from '#governance/chain/journal.ts';
import type { Rpc } from '#governance/chain/ports.ts';
import { connectRpc } from '#governance/chain/rpc.ts';
import {
  outcomeError,
  resume,
  type SendOutcome,
  type SendRequest,
  sendTransaction,
} from '#governance/chain/send.ts';
import { SipError } from '#governance/errors.ts';
import { faultyRpc } from '#test/support/faulty-rpc.ts';
import { type LiteSvmRpc, liteSvmRpc } from '#test/support/litesvm-rpc.ts';
import { keypairSigner, memoryPorts, virtualTimer } from '#test/support/memory-ports.ts';
import { rpcAnswers } from '#test/support/rpc-answers.ts';

const LAMPORTS = 2_000_000;

function world() {
  const svm = liteSvmRpc();
  const signer = keypairSigner();
  const to = Keypair.generate().publicKey;
  svm.airdrop(signer.publicKey, 1_000_000_000n);
  const request: SendRequest = {
    signer,
    instructions: [
      SystemProgram.transfer({ fromPubkey: signer.publicKey, toPubkey: to, lamports: LAMPORTS }),
    ],
    describe: 'transfer',
  };
  return { svm, signer, to, request };
}

const balance = async (rpc: Rpc, key: PublicKey) =>
  (await rpc.getAccounts([key])).accounts[0]?.lamports ?? 0n;

/** Sleeping makes blocks: 400 ms each. */
const blockTimer = (svm: LiteSvmRpc) => {
  let slept = 0;
  return virtualTimer((ms) => {
    slept += ms;
    if (slept >= 60_000) {
      slept = 0;
      svm.expireBlockhashes();
    }
  });
};

describe('sendTransaction', () => {
  it('sets the limit from the simulation, the price from the option, and journals before sending', async () => {
    const { svm, to, request } = world();
    const ports = memoryPorts();
    let journalled = -1;
    const rpc: Rpc = {
      ...svm,
      sendRaw: async (bytes) => {
        journalled = (await readJournal(ports.files)).flatMap(({ attempts }) => attempts).length;
        return svm.sendRaw(bytes);
      },
    };
    const outcome = await withJournal(ports, (journal) =>
      sendTransaction({ ...ports, rpc, journal }, { ...request, computeUnitPriceMicroLamports: 1000n }),
    );
    expect(outcome).toMatchObject({ kind: 'landed', computeUnits: 450n, resumed: false });
    expect(journalled).toBe(1);
    expect(await balance(svm, to)).toBe(BigInt(LAMPORTS));
    const { message } = VersionedTransaction.deserialize(svm.handedOver[0]!);
    const limit = ComputeBudgetProgram.setComputeUnitLimit({ units: 518 }); // 450 × 1.15, rounded up
    expect(Buffer.from(message.compiledInstructions[0]!.data)).toEqual(limit.data);
    expect(message.compiledInstructions.length).toBe(3);
    expect(message.addressTableLookups).toEqual([]);
    expect((await readJournal(ports.files)).map(({ state }) => state)).toEqual(['landed']);
  });

  it('gives a failing simulation back as refused, with code, and sends nothing', async () => {
    const { svm, signer, to, request } = world();
    const ports = memoryPorts();
    const send = (change: Partial<SendRequest>) =>
      withJournal(ports, (journal) =>
        sendTransaction({ ...ports, rpc: svm, journal }, { ...request, ...change }),
      );
    const tooMuch = SystemProgram.transfer({
      fromPubkey: signer.publicKey,
      toPubkey: to,
      lamports: 5_000_000_000,
    });
    expect(await send({ instructions: [tooMuch] })).toMatchObject({
      kind: 'refused',
      failure: { code: 'INSUFFICIENT_LAMPORTS', address: signer.publicKey.toBase58() },
    });
    const poor = keypairSigner();
    const fromPoor = SystemProgram.transfer({ fromPubkey: poor.publicKey, toPubkey: to, lamports: 1 });
    const outcome = await send({ signer: poor, instructions: [fromPoor] });
    expect(outcome).toMatchObject({
      kind: 'refused',
      failure: { code: 'INSUFFICIENT_LAMPORTS', address: poor.publicKey.toBase58() },
    });
    expect(outcomeError(outcome)).toMatchObject({ code: 'INSUFFICIENT_LAMPORTS', sent: 'no' });
    const dust = SystemProgram.transfer({ fromPubkey: signer.publicKey, toPubkey: to, lamports: 1 });
    expect(await send({ instructions: [dust] })).toMatchObject({
      kind: 'refused',
      failure: { code: 'INSUFFICIENT_LAMPORTS', address: to.toBase58() },
    });
    expect(svm.handedOver).toEqual([]);
    expect(await readJournal(ports.files)).toEqual([]);
  });

  it('refuses to sign what wants a signature nobody passed, or does not fit a packet', async () => {
    const { svm, to, request } = world();
    const ports = memoryPorts();
    const send = (change: Partial<SendRequest>) =>
      withJournal(ports, (journal) =>
        sendTransaction({ ...ports, rpc: svm, journal }, { ...request, ...change }),
      );
    const other = keypairSigner();
    svm.airdrop(other.publicKey, 1_000_000_000n);
    const fromOther = SystemProgram.transfer({
      fromPubkey: other.publicKey,
      toPubkey: to,
      lamports: LAMPORTS,
    });
    await expect(send({ instructions: [fromOther] })).rejects.toMatchObject({ code: 'INTERNAL' });
    await expect(send({ extraSigners: [other] })).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(await send({ instructions: [fromOther], extraSigners: [other] })).toMatchObject({
      kind: 'landed',
    });
    const many = Array.from({ length: 40 }, () =>
      SystemProgram.transfer({
        fromPubkey: request.signer.publicKey,
        toPubkey: Keypair.generate().publicKey,
        lamports: LAMPORTS,
      }),
    );
    await expect(send({ instructions: many })).rejects.toMatchObject({ code: 'TRANSACTION_TOO_LARGE' });
  });

  it('drops the intent when the signer refuses or lies', async () => {
    const { svm, request } = world();
    const ports = memoryPorts();
    const send = (sign: (message: Uint8Array) => Promise<Uint8Array>) =>
      withJournal(ports, (journal) =>
        sendTransaction(
          { ...ports, rpc: svm, journal },
          { ...request, signer: { publicKey: request.signer.publicKey, sign } },
        ),
      );
    await expect(send(() => Promise.reject(new Error('rejected on the device')))).rejects.toThrow(
      'rejected on the device',
    );
    await expect(send(async () => new Uint8Array(64))).rejects.toMatchObject({ code: 'INTERNAL' });
    expect((await readJournal(ports.files)).map(({ state }) => state)).toEqual(['dropped', 'dropped']);
    expect(svm.handedOver).toEqual([]);
  });

  it.each([
    ['29 s', 29_000, false, 'landed'],
    ['a minute, while its blockhash lasts', 60_000, false, 'landed'],
    ['a minute, and no node says how high the chain is', 60_000, 'down', 'landed'],
    ['a minute, and its blockhash has expired', 60_000, true, 'SIGNED_TOO_LATE'],
  ] as const)('signed after %s', async (_, ms, expires, becomes) => {
    const { svm, signer, to, request } = world();
    const ports = memoryPorts({ timer: virtualTimer() });
    const slow: SendRequest['signer'] = {
      publicKey: signer.publicKey,
      async sign(message) {
        await ports.timer.sleep(ms);
        if (expires === true) svm.expireBlockhashes();
        return signer.sign(message);
      },
    };
    const blockHeight = () => Promise.reject(new SipError('ENDPOINT_DOWN', { endpoint: 'x', reason: 'y' }));
    const rpc: Rpc = expires === 'down' ? { ...svm, blockHeight } : svm;
    const send = withJournal(ports, (journal) =>
      sendTransaction({ ...ports, rpc, journal }, { ...request, signer: slow }),
    );
    if (becomes === 'landed') await expect(send).resolves.toMatchObject({ kind: 'landed' });
    else await expect(send).rejects.toMatchObject({ code: becomes, sent: 'no' });
    const late = becomes !== 'landed';
    expect(svm.handedOver.length).toBe(late ? 0 : 1);
    expect(await balance(svm, to)).toBe(late ? 0n : BigInt(LAMPORTS));
    expect((await readJournal(ports.files)).map(({ state }) => state)).toEqual([late ? 'dropped' : 'landed']);
  });

  it('sends the same bytes again until they land', async () => {
    const { svm, to, request } = world();
    const ports = memoryPorts();
    svm.dropNextSends(3);
    const outcome = await withJournal(ports, (journal) =>
      sendTransaction({ ...ports, rpc: svm, journal }, request),
    );
    expect(outcome).toMatchObject({ kind: 'landed' });
    expect(svm.handedOver.length).toBe(4);
    for (const bytes of svm.handedOver) expect(bytes).toEqual(svm.handedOver[0]);
    expect(await balance(svm, to)).toBe(BigInt(LAMPORTS));
  });

  it('calls it expired only after the last valid block, and unknown when it could not look', async () => {
    const { svm, request } = world();
    const ports = memoryPorts({ timer: blockTimer(svm) });
    svm.dropNextSends(1000);
    const outcome = await withJournal(ports, (journal) =>
      sendTransaction({ ...ports, rpc: svm, journal }, request),
    );
    expect(outcome).toMatchObject({ kind: 'expired' });
    expect(outcomeError(outcome)).toMatchObject({ code: 'TRANSACTION_EXPIRED', sent: 'yes' });
    expect(svm.handedOver.length).toBeGreaterThan(10);

    const down = () => Promise.reject(new SipError('ENDPOINT_DOWN', { endpoint: 'x', reason: 'y' }));
    const blind: Rpc = { ...svm, signatureOutcome: down };
    const unknown = await withJournal(ports, (journal) =>
      sendTransaction({ ...ports, rpc: blind, journal }, request),
    );
    expect(unknown).toMatchObject({ kind: 'unknown' });
    expect(outcomeError(unknown)).toMatchObject({ code: 'TRANSACTION_UNKNOWN', sent: 'unknown', exit: 5 });
    expect((await readJournal(ports.files)).map(({ state }) => state)).toEqual(['expired', 'unsettled']);
  });

  it('reports a transaction that landed and failed', async () => {
    const { svm, signer, to, request } = world();
    const ports = memoryPorts();
    // The money goes between simulation and landing.
    const rpc: Rpc = {
      ...svm,
      sendRaw: (bytes) => {
        svm.setAccount({
          address: signer.publicKey,
          owner: SystemProgram.programId,
          lamports: 1_000_000n,
          data: new Uint8Array(),
        });
        return svm.sendRaw(bytes);
      },
    };
    const outcome = await withJournal(ports, (journal) =>
      sendTransaction({ ...ports, rpc, journal }, request),
    );
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { code: 'INSUFFICIENT_LAMPORTS', reason: 'it has 995000, 2000000 are needed' },
    });
    expect(outcomeError(outcome)).toMatchObject({ sent: 'yes' });
    expect(await balance(svm, to)).toBe(0n);
  });
});

describe('after a crash', () => {
  it('takes effect exactly once, wherever the crash and whatever the send had done by then', async () => {
    let crashes = 0;
    for (const step of ['journal', 'send-before', 'send-after', 'poll'] as const)
      for (let n = 1; n <= 4; n += 1) {
        const { svm, to, request } = world();
        const stored = new Map<string, Uint8Array>();
        let left = n;
        const crash = (at: typeof step) => {
          if (at !== step) return;
          left -= 1;
          if (left === 0) throw new Error('crash');
        };
        const rpc: Rpc = {
          ...svm,
          sendRaw: async (bytes) => {
            crash('send-before');
            const signature = await svm.sendRaw(bytes);
            crash('send-after');
            return signature;
          },
          signatureOutcome: async (signature, history) => {
            crash('poll');
            return svm.signatureOutcome(signature, history);
          },
        };
        const first = memoryPorts({ stored, onWrite: () => crash('journal') });
        const died = await withJournal(first, (journal) =>
          sendTransaction({ ...first, rpc, journal }, request),
        ).then(
          () => false,
          () => true,
        );
        if (!died) continue; // fewer steps than n
        crashes += 1;

        const second = memoryPorts({ stored });
        const outcome: SendOutcome = await withJournal(second, async (journal) => {
          const settled = await resume({ ...second, rpc: svm, journal });
          const landed = settled.find(({ outcome: o }) => o.kind === 'landed')?.outcome;
          if (landed !== undefined && landed.kind !== 'dropped') return landed;
          return sendTransaction({ ...second, rpc: svm, journal }, request);
        });
        expect(outcome.kind).toBe('landed');
        expect(await balance(svm, to), `${step} ${n}`).toBe(BigInt(LAMPORTS));
      }
    expect(crashes).toBeGreaterThanOrEqual(6);
  });

  it('the same request, run again, finds the interrupted attempt instead of sending a second one', async () => {
    const { svm, to, request } = world();
    const ports = memoryPorts();
    const rpc: Rpc = {
      ...svm,
      signatureOutcome: () => Promise.reject(new Error('crash')),
    };
    await expect(
      withJournal(ports, (journal) => sendTransaction({ ...ports, rpc, journal }, request)),
    ).rejects.toThrow('crash');
    const outcome = await withJournal(ports, (journal) =>
      sendTransaction({ ...ports, rpc: svm, journal }, request),
    );
    expect(outcome).toMatchObject({ kind: 'landed', resumed: true });
    expect(await balance(svm, to)).toBe(BigInt(LAMPORTS));
  });
});

describe('over a faulty endpoint', () => {
  for (const fault of [
    { kind: 'drop' },
    { kind: 'drop', after: true },
    { kind: 'rate-limit' },
    { kind: 'html' },
  ] as const)
    it(`sends once in effect when sendTransaction and statuses meet ${JSON.stringify(fault)}`, async () => {
      const { svm, to, request } = world();
      const server = await faultyRpc(rpcAnswers(svm));
      try {
        const rpc = connectRpc(server.url, { timer: systemTimer, retryDelayMs: 1 });
        server.plan(
          { method: 'sendTransaction', times: 1, fault },
          { method: 'getSignatureStatuses', times: 2, fault },
        );
        const ports = memoryPorts();
        const journal = await openJournal(ports);
        expect(await sendTransaction({ ...ports, rpc, journal }, request)).toMatchObject({ kind: 'landed' });
        expect(await balance(svm, to)).toBe(BigInt(LAMPORTS));
      } finally {
        await server.close();
      }
    });
});
