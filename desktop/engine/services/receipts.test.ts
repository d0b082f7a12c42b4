import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderFiles } from '#governance/adapters/files.ts';
import { keypairFileSigner } from '#governance/adapters/keypair-file.ts';
import { keepReceipt, receiptsFile } from '#governance/receipts/beside.ts';
import {
  parseReceipts,
  type Receipt,
  type Review,
  renderReceipts,
  signReceipt,
} from '#governance/receipts/receipt.ts';
import { reviewTransaction } from '#governance/receipts/review.ts';
import type { Address, Digest, UnixSeconds } from '#governance/types.ts';
import { keypairSigner } from '#test/support/memory-ports.ts';
import { base64, expectRefused } from '../testing/calls.ts';
import { startTestEngine, type TestEngine } from '../testing/test-engine.ts';

let test: TestEngine;
const one = { transactionIndex: '1' };
beforeAll(async () => {
  test = await startTestEngine();
  await test.as('0');
  await test.get('sips.submit', { sip: 4 });
});
afterAll(() => test?.stop());

const documents = () => test.engine.world.documents;
const files = () => folderFiles(documents().folder);
const beside = async () => (await readdir(documents().folder)).filter((name) => name.includes('.receipts.'));
const empty = async () => {
  for (const name of await beside()) await rm(join(documents().folder, name));
};
/** Of this seat, about transaction 1. */
async function receiptOf(seat: number, change: Partial<Review> = {}): Promise<Receipt> {
  const { agreed, pins } = test.engine.world;
  const { publicKey, keypairPath } = test.info.members[seat]!;
  const about = { library: documents().library, member: publicKey, tool: '0.1.0' };
  const { review } = await reviewTransaction(agreed, pins, 1n, about);
  return signReceipt({ ...review, ...change }, await keypairFileSigner(keypairPath));
}
const file = (...of: readonly Receipt[]) => base64(renderReceipts(of));
const take = (content: string) =>
  test.ask('sips.import-statements', { name: 'C:\\x\\given.jsonl', base64: content });

it('none yet, and none of a transaction that is not there', async () => {
  expect(await test.get('proposals.receipts', one)).toEqual({ receipts: [], problem: null });
  expect(await test.get('proposals.receipts', { transactionIndex: '9' })).toEqual({
    ...{ receipts: [], problem: null },
  });
});

it('receipts beside the text are checked, and one that is not true says what is not', async () => {
  const receipt = await receiptOf(1);
  const { file: sipFile } = documents().sip(4);
  await keepReceipt(files(), sipFile, receipt);
  expect(await test.get('proposals.receipts', one)).toMatchObject({
    problem: null,
    receipts: [{ seat: 'Seat 1', verdict: 'match', faults: [] }],
  });
  await keepReceipt(files(), sipFile, { ...receipt, verdict: 'different-account' });
  expect(await test.get('proposals.receipts', one)).toMatchObject({
    receipts: [{ faults: [expect.stringContaining('did not sign this')] }],
  });
  await empty();
});

it('a damaged receipt is told by its name, without its folder', async () => {
  const { file: sipFile, digest } = documents().sip(4);
  const name = receiptsFile(sipFile, { digest, member: test.info.members[2]!.publicKey });
  await writeFile(join(documents().folder, name), 'no receipt\n');
  const { receipts, problem } = await test.get('proposals.receipts', one);
  expect(receipts).toEqual([]);
  expect(problem).toContain(name);
  expect(problem).not.toContain(test.dataDir);
  await empty();
});

describe('a receipt that is given here', () => {
  it('is of the key that was shown, and not kept where its person does not confirm', async () => {
    await expectRefused(test.ask('proposals.give-receipt', { ...one, seat: '1' }), 'SEAT_CHANGED');
    test.person.confirms = false;
    await expectRefused(test.ask('proposals.give-receipt', { ...one, seat: '0' }), 'SIGNING_REFUSED');
    test.person.confirms = true;
    expect(await beside()).toEqual([]);
  });

  it('goes where its person says, and comes back as it was signed', async () => {
    const told = await test.get('proposals.give-receipt', { ...one, seat: '0' });
    const { receipts } = await test.get('proposals.receipts', one);
    expect(receipts).toMatchObject([{ seat: 'Seat 0', verdict: 'match', faults: [] }]);
    const { id } = receipts[0]!;
    test.person.saves = false;
    expect(await test.get('proposals.export-receipt', { ...one, id })).toEqual({ saved: false });
    test.person.saves = true;
    expect(await test.get('proposals.export-receipt', { ...one, id })).toEqual({ saved: true });
    const { fileName, bytes } = test.saved.at(-1)!;
    expect(await beside()).toEqual([fileName]);
    expect(parseReceipts(bytes, fileName).map(({ signature }) => signature)).toEqual(told.signatures);
    await empty();
    expect(await test.get('sips.import-statements', { name: 'a.jsonl', base64: base64(bytes) })).toEqual({
      ...{ kind: 'receipts', sip: 4, taken: 1 },
    });
    expect(await test.get('proposals.receipts', one)).toEqual({ receipts, problem: null });
  });

  it('is not given out when it no longer lies here, or its text is not at hand', async () => {
    const id = '0'.repeat(64);
    await expectRefused(test.ask('proposals.export-receipt', { ...one, id }), 'USAGE');
    await expectRefused(test.ask('proposals.export-receipt', { transactionIndex: '9', id }), 'USAGE');
  });
});

describe('a receipt that somebody sent', () => {
  it('is taken when it is what it says, and one that is not takes nothing with it', async () => {
    await empty();
    const receipt = await receiptOf(1);
    const stranger = addressOfStranger();
    const forged = file({ ...receipt, verdict: 'different-account' });
    await expectRefused(take(forged), 'RECEIPT_INVALID', /^given\.jsonl .* did not sign this/);
    for (const [change, words] of [
      [{ council: stranger }, /another than the one pinned here/],
      [{ genesisHash: stranger }, /on another cluster/],
      [{ sip: 5 }, /another number/],
    ] as const)
      await expectRefused(take(file(await receiptOf(1, change))), 'RECEIPT_INVALID', words);
    const elsewhere = await receiptOf(1, { transactionIndex: 2, council: stranger });
    await expectRefused(take(file(receipt, elsewhere)), 'RECEIPT_INVALID');
    await expectRefused(take(base64('{"verdict":"match"}\n')), 'RECEIPT_INVALID');
    const unknown = await receiptOf(1, { digest: '0'.repeat(64) as Digest });
    await expectRefused(take(file(unknown)), 'RECEIPT_TEXT_MISSING', /transaction 1 /);
    expect(await beside()).toEqual([]);
    expect(await take(file(receipt))).toMatchObject({ ok: true, value: { kind: 'receipts', taken: 1 } });
    expect(await test.get('proposals.receipts', one)).toMatchObject({
      receipts: [{ seat: 'Seat 1', faults: [] }],
    });
  });

  it('never takes the place of what its member said later', async () => {
    const earlier = await receiptOf(1, { verdict: 'stale', chainTime: 1n as UnixSeconds });
    expect(await take(file(earlier))).toMatchObject({ ok: true, value: { taken: 0 } });
    const later = await receiptOf(1, { chainTime: 9_999_999_999n as UnixSeconds });
    expect(await take(file(later))).toMatchObject({ ok: true, value: { taken: 1 } });
    expect(await take(file(later))).toMatchObject({ ok: true, value: { taken: 0 } });
    expect(await test.get('proposals.receipts', one)).toMatchObject({
      receipts: [{ at: 9_999_999_999, verdict: 'match' }],
    });
  });

  it('of no member is taken as the file that it is, and shown as none', async () => {
    const signer = keypairSigner();
    const member = signer.publicKey.toBase58() as Address;
    const { signature: _, ...review } = await receiptOf(2);
    const receipt = await signReceipt({ ...review, member }, signer);
    expect(await take(file(receipt))).toMatchObject({ ok: true, value: { taken: 1 } });
    const { receipts } = await test.get('proposals.receipts', one);
    expect(receipts.find(({ publicKey }) => publicKey === member)).toMatchObject({
      faults: [expect.stringContaining('no member of the council')],
    });
  });
});

const addressOfStranger = () => keypairSigner().publicKey.toBase58() as Address;

it('are not told by an endpoint that refuses', async () => {
  test.gate.closed = true;
  await expectRefused(test.ask('proposals.receipts', one), 'ENDPOINT_DOWN');
  test.gate.closed = false;
});
