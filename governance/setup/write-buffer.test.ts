import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { type LiteSvmRpc, liteSvmRpc } from '#test/support/litesvm-rpc.ts';
import { keypairSigner, memoryPorts } from '#test/support/memory-ports.ts';
import { openJournal } from '../chain/journal.ts';
import { decodeLoaderAccount, LOADER } from '../chain/loader-accounts.ts';
import type { Rpc } from '../chain/ports.ts';
import { sendTransaction } from '../chain/send.ts';
import { SipError } from '../errors.ts';
import type { Prepared } from './prepare.ts';
import { createBuffer } from './transactions.ts';
import { chunkBytes, type WriteRequest, writeBuffer } from './write-buffer.ts';

/** Pieces of a program against the real loader, with what may go wrong on the way. */

const elf = new Uint8Array(randomBytes(100_000));
const deployer = keypairSigner();
const bufferKey = keypairSigner();
const buffer = bufferKey.publicKey;
let svm: LiteSvmRpc;

beforeEach(async () => {
  svm = liteSvmRpc();
  svm.airdrop(deployer.publicKey, 10_000_000_000n);
  const memory = memoryPorts();
  const journal = await openJournal(memory);
  const rent = await svm.minimumBalanceLamports(37 + elf.length);
  const prepared = { target: { elf }, bufferKey } as unknown as Prepared;
  const addresses = { deployer: deployer.publicKey, buffer } as Parameters<typeof createBuffer>[1];
  const facts = { lamports: { buffer: 0n } } as Parameters<typeof createBuffer>[2];
  const { instructions, extraSigners, describe } = createBuffer(prepared, addresses, facts, () => rent);
  const request = { signer: deployer, extraSigners, instructions, describe };
  const outcome = await sendTransaction({ rpc: svm, journal, timer: memory.timer }, request);
  expect(outcome.kind).toBe('landed');
});

const write = (rpc: Partial<Rpc> = {}, changes: Partial<WriteRequest> = {}) =>
  writeBuffer({ rpc: { ...svm, ...rpc }, timer: memoryPorts().timer }, { deployer, buffer, elf, ...changes });
const content = async () => {
  const decoded = decodeLoaderAccount((await svm.getAccounts([buffer])).accounts[0] ?? null);
  return decoded?.kind === 'buffer' ? decoded.elf : undefined;
};
const all = Math.ceil(elf.length / chunkBytes(deployer.publicKey, buffer, undefined));

describe('writeBuffer', () => {
  it('writes every byte, and nothing when run again', async () => {
    expect(await write()).toEqual({ chunks: all, kept: 0, sends: all });
    expect(await content()).toEqual(elf);
    expect(await write()).toEqual({ chunks: all, kept: all, sends: 0 });
  });

  it('fills packets to the last byte, with a priority fee, too', async () => {
    const before = svm.handedOver.length;
    await write();
    expect(svm.handedOver[before]!.length).toBe(1232);
    const price = 5n;
    const other = new Uint8Array(randomBytes(elf.length));
    await write({}, { elf: other, computeUnitPriceMicroLamports: price });
    expect(svm.handedOver.at(-2)!.length).toBe(1232);
    expect(await content()).toEqual(other);
  });

  it('goes on with what is missing after a stop', async () => {
    let left = 40;
    const sendRaw: Rpc['sendRaw'] = async (bytes) => {
      left -= 1;
      if (left < 0) throw new Error('stopped');
      return svm.sendRaw(bytes);
    };
    await expect(write({ sendRaw })).rejects.toThrow('stopped');
    expect(await write()).toEqual({ chunks: all, kept: 40, sends: all - 40 });
    expect(await content()).toEqual(elf);
  });

  it('leaves out what is zero: a new buffer is', async () => {
    const sparse = elf.slice();
    sparse.fill(0, 20_000, 80_000);
    const { chunks, kept } = await write({}, { elf: sparse });
    expect(chunks - kept).toBeLessThan(all / 2);
    expect(await content()).toEqual(sparse);
  });

  it('sends the same bytes again while a block may take them, new ones after that', async () => {
    svm.dropNextSends(all);
    await write();
    const handed = svm.handedOver.slice(1).map((bytes) => Buffer.from(bytes).toString('hex'));
    expect(handed.length).toBe(2 * all);
    expect(new Set(handed).size).toBe(all);

    const other = new Uint8Array(randomBytes(elf.length));
    let sends = 0;
    const sendRaw: Rpc['sendRaw'] = async (bytes) => {
      sends += 1;
      if (sends === 50) svm.expireBlockhashes();
      return svm.sendRaw(bytes);
    };
    await write({ sendRaw }, { elf: other });
    expect(await content()).toEqual(other);
  });

  it('gets along with an endpoint that limits', async () => {
    let sends = 0;
    const sendRaw: Rpc['sendRaw'] = async (bytes) => {
      sends += 1;
      if (sends % 3 !== 0) throw new SipError('ENDPOINT_RATE_LIMITED', { endpoint: 'test' });
      return svm.sendRaw(bytes);
    };
    await write({ sendRaw });
    expect(await content()).toEqual(elf);
  });

  it('tells when nothing gets through', async () => {
    const sendRaw: Rpc['sendRaw'] = async () => {
      throw new SipError('ENDPOINT_DOWN', { endpoint: 'test', reason: 'test' });
    };
    await expect(write({ sendRaw })).rejects.toMatchObject({ code: 'ENDPOINT_DOWN' });
  });

  it('tells when nothing arrives', async () => {
    const sendRaw: Rpc['sendRaw'] = async () => 'swallowed';
    await expect(write({ sendRaw })).rejects.toMatchObject({ code: 'SETUP_STALLED', sent: 'unknown' });
  });

  it('tells by simulation when the buffer belongs to another', async () => {
    const other = keypairSigner();
    svm.airdrop(other.publicKey, 10_000_000_000n);
    await expect(write({}, { deployer: other })).rejects.toMatchObject({
      code: 'TRANSACTION_FAILED',
      sent: 'no',
    });
    expect(svm.handedOver.length).toBe(1);
    expect((await svm.getAccounts([buffer])).accounts[0]!.owner).toEqual(LOADER);
  });
});
