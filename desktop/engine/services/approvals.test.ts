import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { folderFiles } from '#governance/adapters/files.ts';
import { keypairFileSigner } from '#governance/adapters/keypair-file.ts';
import { keepReceipt } from '#governance/receipts/beside.ts';
import { type Receipt, signReceipt } from '#governance/receipts/receipt.ts';
import { reviewTransaction } from '#governance/receipts/review.ts';
import { expectRefused } from '../testing/calls.ts';
import { startTestEngine, type TestEngine } from '../testing/test-engine.ts';

let test: TestEngine;
const one = { transactionIndex: '1' };
beforeAll(async () => {
  test = await startTestEngine();
  await test.as('0');
  await test.get('sips.submit', { sip: 4 });
});
afterAll(() => test?.stop());

const files = () => folderFiles(test.engine.world.documents.folder);

it('none yet', async () => {
  expect(await test.get('proposals.approvals', one)).toEqual([]);
  expect(await test.get('proposals.receipts', one)).toEqual({ receipts: [], problem: null });
});

it('each approval is told with the transaction that carried it', async () => {
  const told = await test.get('proposals.act', { ...one, act: 'approve' });
  expect(await test.get('proposals.approvals', one)).toEqual([
    {
      ...{ seat: 'Seat 0', publicKey: test.info.members[0]!.publicKey, warnings: [] },
      ...{ signature: told.signatures[0], when: expect.any(String) },
    },
  ]);
});

it('receipts beside the text are checked, and one that is not true says what is not', async () => {
  const { agreed, pins, documents } = test.engine.world;
  const seat = test.info.members[1]!;
  const { review, sip } = await reviewTransaction(agreed, pins, 1n, {
    library: documents.library,
    member: seat.publicKey,
    tool: '0.1.0',
  });
  const signer = await keypairFileSigner(seat.keypairPath);
  const receipt: Receipt = await signReceipt(review, signer);
  await keepReceipt(files(), sip.file, receipt);
  expect(await test.get('proposals.receipts', one)).toMatchObject({
    problem: null,
    receipts: [{ seat: 'Seat 1', verdict: 'match', faults: [] }],
  });
  await keepReceipt(files(), sip.file, { ...receipt, verdict: 'different-account' });
  expect(await test.get('proposals.receipts', one)).toMatchObject({
    receipts: [{ faults: [expect.stringContaining('did not sign this')] }],
  });
});

it('a damaged receipt is told by its name, without its folder', async () => {
  const { folder } = test.engine.world.documents;
  const sip = test.engine.world.documents.sip(4);
  const name = `${sip.file}.receipts.${sip.digest}.${test.info.members[2]!.publicKey}.jsonl`;
  await writeFile(join(folder, name), 'no receipt\n');
  const { receipts, problem } = await test.get('proposals.receipts', one);
  expect(receipts).toEqual([]);
  expect(problem).toContain(name);
  expect(problem).not.toContain(test.dataDir);
});

it('are not told by an endpoint that refuses', async () => {
  test.gate.closed = true;
  await expectRefused(test.ask('proposals.approvals', one), 'ENDPOINT_DOWN');
  await expectRefused(test.ask('proposals.receipts', one), 'ENDPOINT_DOWN');
  test.gate.closed = false;
});
