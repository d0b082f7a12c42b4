import bs58 from 'bs58';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { keypairSigner, memoryPorts } from '#test/support/memory-ports.ts';
import { addressOf } from '../chain/address.ts';
import { SipError } from '../errors.ts';
import type { Address, Digest, UnixSeconds } from '../types.ts';
import { VERDICTS } from '../verify/index.ts';
import { besideOf, keepReceipt, readReceipts, receiptsFile, takeReceipt } from './beside.ts';
import { checkReceipt, type Known } from './check.ts';
import {
  parseReceipts,
  type Receipt,
  type Review,
  receiptStatement,
  renderReceipts,
  signReceipt,
} from './receipt.ts';

const signer = keypairSigner();
const member = addressOf(signer.publicKey);
const keys = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => bs58.encode(bytes) as Address);
const hashes = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((b) => Buffer.from(b).toString('hex'));
const times = fc.bigInt({ min: 0n, max: 253_402_300_799n }).map((at) => at as UnixSeconds);
/** Every field of what a member says. */
const FIELDS = {
  tool: fc.constantFrom('0.1.0', '1.2.3-rc.4'),
  genesisHash: keys,
  programId: keys,
  council: keys,
  transactionIndex: fc.integer({ min: 1, max: 2 ** 53 - 1 }),
  sip: fc.integer({ min: 0, max: 0xffff_ffff }),
  digest: hashes.map((text) => text as Digest),
  verdict: fc.constantFrom(...VERDICTS),
  messageHash: fc.option(hashes),
  chainTime: times,
} as const;
const reviews = fc.record(FIELDS).map((fields): Review => ({ schemaVersion: 1, ...fields, member }));

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytesOf = (from: string) => new TextEncoder().encode(from);
const codesOf = (receipt: Receipt, known: Known = {}) => checkReceipt(receipt, known).map(({ code }) => code);
function refusal(content: string | Uint8Array): string {
  try {
    parseReceipts(typeof content === 'string' ? bytesOf(content) : content, 'a.jsonl');
    return 'read';
  } catch (error) {
    return error instanceof SipError ? error.code : String(error);
  }
}
/** Prints its seed where it fails. */
const holds = fc.assert;

let review: Review;
let receipt: Receipt;
beforeAll(async () => {
  [review] = fc.sample(reviews, { numRuns: 1, seed: 8 }) as [Review];
  receipt = await signReceipt(review, signer);
});

describe('a receipt', () => {
  it('is read back as it was written, says no more than its statement, and is its member’s', async () => {
    await holds(
      fc.asyncProperty(reviews, async (one) => {
        const signed = await signReceipt(one, signer);
        expect(parseReceipts(renderReceipts([signed]), 'a')).toEqual([signed]);
        expect(checkReceipt(signed, {})).toEqual([]);
        expect(receiptStatement(one)).toMatch(/^[\x20-\x7e]{1,1212}$/);
      }),
      { numRuns: 20 },
    );
  });

  it('with any one field changed is not signed, or not a receipt', async () => {
    const names = Object.keys(FIELDS) as (keyof typeof FIELDS)[];
    const change = fc
      .constantFrom(...names)
      .chain((name) => (FIELDS[name] as fc.Arbitrary<unknown>).map((value) => [name, value] as const));
    await holds(
      fc.asyncProperty(reviews, change, async (one, [name, value]) => {
        fc.pre(one[name] !== value);
        const changed = { ...(await signReceipt(one, signer)), [name]: value } as Receipt;
        expect(codesOf(changed)).toEqual(['signature-false']);
      }),
      { numRuns: 60 },
    );
    const other = addressOf(keypairSigner().publicKey);
    expect(codesOf({ ...receipt, member: other })).toEqual(['signature-false']);
    const flipped = bs58.decode(receipt.signature);
    flipped[0]! ^= 1;
    const signature = bs58.encode(flipped);
    expect(codesOf({ ...receipt, signature })).toEqual(['signature-false']);
  });

  it('with any one character changed is not read, or not signed', () => {
    const line = text(renderReceipts([receipt]));
    const place = fc.integer({ min: 0, max: line.length - 1 });
    holds(
      fc.property(place, fc.integer({ min: 0x20, max: 0x7e }), (at, unit) => {
        const changed = line.slice(0, at) + String.fromCharCode(unit) + line.slice(at + 1);
        fc.pre(changed !== line);
        const refused = refusal(changed);
        if (refused !== 'read') expect(['RECEIPT_INVALID', 'RECEIPT_TOO_NEW']).toContain(refused);
        else expect(codesOf(parseReceipts(bytesOf(changed), 'a')[0]!)).toEqual(['signature-false']);
      }),
      { numRuns: 300 },
    );
  });

  it.each<[string, (known: Required<Known>) => Known]>([
    ['sip-false', ({ sip }) => ({ sip: { ...sip!, header: { sip: 1 } } })],
    ['digest-false', ({ sip }) => ({ sip: { ...sip!, digest: '0'.repeat(64) } })],
    ['council-not-pinned', () => ({ council: member })],
    ['program-not-pinned', () => ({ programId: member })],
    ['genesis-not-pinned', () => ({ genesisHash: member })],
    ['message-hash-false', ({ onChain }) => ({ onChain: { ...onChain!, messageHash: '0'.repeat(64) } })],
    ['not-a-member', ({ onChain }) => ({ onChain: { ...onChain!, members: [] } })],
  ])('beside what is known from elsewhere: %s', (code, change) => {
    const known: Required<Known> = {
      sip: { header: { sip: receipt.sip }, digest: receipt.digest },
      council: receipt.council,
      programId: receipt.programId,
      genesisHash: receipt.genesisHash,
      onChain: { messageHash: receipt.messageHash, members: [member] },
    };
    expect(checkReceipt(receipt, known)).toEqual([]);
    expect(codesOf(receipt, { ...known, ...change(known) })).toEqual([code]);
  });
});

describe('the form of receipts', () => {
  const line = () => text(renderReceipts([receipt]));
  it.each<[string, (line: string) => string]>([
    ['nothing', () => ''],
    ['no line end', (one) => one.trimEnd()],
    ['blanks', (one) => one.replace('{', '{ ')],
    ['a key twice', (one) => one.replace('"sip":', '"sip":1,"sip":')],
    ['an unknown key', (one) => one.replace('"sip":', '"note":"","sip":')],
    ['a key left out', (one) => one.replace(/"sip":\d+,/, '')],
    ['the same place twice', (one) => one + one],
    ['an empty line', (one) => `${one}\n`],
  ])('is not: %s', (_, change) => {
    expect(refusal(change(line()))).toBe('RECEIPT_INVALID');
  });

  it('of a later version is said to be so, and an endless one is not read', () => {
    expect(refusal(line().replace('"schemaVersion":1', '"schemaVersion":2'))).toBe('RECEIPT_TOO_NEW');
    expect(refusal(new Uint8Array(256 * 1024 + 1))).toBe('RECEIPT_INVALID');
  });

  it('holds one member and one text', async () => {
    const other = await signReceipt(
      { ...review, transactionIndex: 1, sip: 3, digest: '0'.repeat(64) as Digest },
      signer,
    );
    expect(refusal(line() + text(renderReceipts([other])))).toBe('RECEIPT_INVALID');
  });
});

describe('receipts beside a text', () => {
  const FILE = 'sip-0008-jupsol.md';
  it('are one file for each member and digest, a line for each transaction, the later word kept', async () => {
    const { files } = memoryPorts();
    expect(await readReceipts(files, FILE)).toEqual([]);
    const second = await signReceipt({ ...review, transactionIndex: review.transactionIndex - 1 }, signer);
    const later = await signReceipt({ ...review, chainTime: 5n as UnixSeconds, verdict: 'stale' }, signer);
    const name = await keepReceipt(files, FILE, receipt);
    await keepReceipt(files, FILE, second);
    await keepReceipt(files, FILE, later);
    expect(name).toBe(`${FILE}.receipts.${receipt.digest}.${member}.jsonl`);
    expect(besideOf(`sips/${name}`)).toBe(`sips/${FILE}`);
    expect(await files.list('.')).toEqual([name]);
    expect(await readReceipts(files, FILE)).toEqual([second, later]);
    expect(await readReceipts(files, 'sip-0009-other.md')).toEqual([]);
  });

  it('that somebody sent never take the place of a later word', async () => {
    const { files } = memoryPorts();
    const at = (chainTime: bigint) =>
      signReceipt({ ...review, chainTime: chainTime as UnixSeconds, verdict: 'stale' }, signer);
    const [earlier, later] = [await at(5n), await at(6n)];
    expect(await takeReceipt(files, FILE, earlier)).toBe(true);
    expect(await takeReceipt(files, FILE, later)).toBe(true);
    expect(await takeReceipt(files, FILE, earlier)).toBe(false);
    expect(await takeReceipt(files, FILE, later)).toBe(false);
    expect(await readReceipts(files, FILE)).toEqual([later]);
  });

  it('are not read from a file of another name, and one that is no receipt is left alone', async () => {
    const { files } = memoryPorts();
    const elsewhere = receiptsFile(FILE, { digest: '0'.repeat(64) as Digest, member });
    await files.write(elsewhere, renderReceipts([receipt]));
    await expect(readReceipts(files, FILE)).rejects.toMatchObject({ code: 'RECEIPT_INVALID' });
    const place = receiptsFile(FILE, receipt);
    await files.write(place, bytesOf('mine\n'));
    await expect(keepReceipt(files, FILE, receipt)).rejects.toMatchObject({ code: 'RECEIPT_INVALID' });
    expect(text((await files.read(place))!)).toBe('mine\n');
  });
});
