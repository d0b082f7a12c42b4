import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { folderFiles } from '#governance/adapters/files.ts';
import { keypairFileSigner } from '#governance/adapters/keypair-file.ts';
import { checkAudit } from '#governance/audit/check.ts';
import { parseAudit } from '#governance/audit/document.ts';
import type { Files } from '#governance/chain/ports.ts';
import { keepReceipt } from '#governance/receipts/beside.ts';
import { signReceipt } from '#governance/receipts/receipt.ts';
import { reviewTransaction } from '#governance/receipts/review.ts';
import type { UnixSeconds } from '#governance/types.ts';
import { appendReason, type Reason } from '#governance/venues/squads/reasons.ts';
import { expectRefused } from '../testing/calls.ts';
import { startTestEngine, type TestEngine } from '../testing/test-engine.ts';

let test: TestEngine;
beforeAll(async () => {
  test = await startTestEngine();
  await test.as('0');
  await test.get('sips.submit', { sip: 4 });
});
afterAll(() => test?.stop());

it('is saved by whoever only looks, where its person says, and every statement in it is true', async () => {
  await test.as(null);
  test.person.saves = false;
  expect(await test.get('sips.audit', { sip: 4 })).toEqual({ saved: false });
  test.person.saves = true;
  expect(await test.get('sips.audit', { sip: 4 })).toEqual({ saved: true });
  const { fileName, bytes } = test.saved.at(-1)!;
  const { council, programId } = test.info;
  const genesisHash = await test.engine.world.rpc.genesisHash();
  const audit = parseAudit(bytes, fileName);
  expect(checkAudit(audit, { council, programId, genesisHash }, fileName).faults).toEqual([]);
  expect(audit.transactions).toMatchObject([{ transactionIndex: 1, verdict: 'match' }]);
  // It is for third parties: nothing of this computer is in it.
  expect(new TextDecoder().decode(bytes)).not.toContain(test.dataDir);
});

it('takes what lies beside the text in any folder, once, and no receipt that its member did not sign', async () => {
  const clone = join(test.dataDir, '..', 'clone');
  await mkdir(clone);
  test.person.chooses = clone;
  await test.get('sources.add', {});
  const { agreed, pins, documents } = test.engine.world;
  const [own, added] = [documents.folder, clone].map((folder) => folderFiles(folder)) as [Files, Files];
  const receiptOf = async (seat: number) => {
    const { publicKey, keypairPath } = test.info.members[seat]!;
    const about = { library: documents.library, member: publicKey, tool: '0.1.0' };
    const { review } = await reviewTransaction(agreed, pins, 1n, about);
    return signReceipt(review, await keypairFileSigner(keypairPath));
  };
  const { file, digest } = documents.sip(4);
  const [mine, theirs, forged] = await Promise.all([0, 1, 2].map(receiptOf));
  await keepReceipt(own, file, mine!);
  await keepReceipt(added, file, mine!);
  await keepReceipt(added, file, theirs!);
  await keepReceipt(added, file, { ...forged!, verdict: 'different-account' });
  const reason = (text: string, when: bigint): Reason => ({
    ...{ sip: 4, digest, council: pins.council, transactionIndex: 1n, vote: 'approve' },
    ...{ who: theirs!.member, when: when as UnixSeconds, signature: theirs!.signature, text },
  });
  await appendReason(own, file, reason('Second', 2n));
  await appendReason(added, file, reason('Second', 2n));
  await appendReason(added, file, reason('First', 1n));
  await test.get('sips.audit', { sip: 4 });
  const { fileName, bytes } = test.saved.at(-1)!;
  const audit = parseAudit(bytes, fileName);
  expect(audit.receipts.map(({ member }) => member)).toEqual([mine!.member, theirs!.member]);
  expect(audit.reasons.map(({ text }) => text)).toEqual(['First', 'Second']);
  expect(await test.get('sips.read', { sip: 4 })).toMatchObject({
    reasons: [{ text: 'First' }, { text: 'Second' }],
    reasonsProblem: '',
  });
  // The Votes tab shows every folder's, and the forged one as what it is.
  const { receipts } = await test.get('proposals.receipts', { transactionIndex: '1' });
  expect(receipts.map(({ faults }) => faults.length).sort()).toEqual([0, 0, 1]);
});

it('follows no link to what would be said beside the text', async () => {
  const { documents } = test.engine.world;
  const beside = join(test.dataDir, '..', 'clone', `${documents.sip(4).file}.reasons.jsonl`);
  await rm(beside);
  await symlink(join(documents.folder, `${documents.sip(4).file}.reasons.jsonl`), beside);
  await expectRefused(test.ask('sips.audit', { sip: 4 }), 'FILE_UNREADABLE');
  const view = await test.get('sips.read', { sip: 4 });
  expect(view).toMatchObject({ reasons: [{ text: 'Second' }] });
  expect(view.reasonsProblem).toMatch(/not shown\. sip-0004-/);
  await rm(beside);
});

it('is not made of what is not there, or cannot be read', async () => {
  await expectRefused(test.ask('sips.audit', { sip: 77 }), 'SIP_NOT_FOUND');
  test.gate.closed = true;
  await expectRefused(test.ask('sips.audit', { sip: 4 }), 'ENDPOINT_DOWN');
  test.gate.closed = false;
  const { documents } = test.engine.world;
  await writeFile(join(documents.folder, `${documents.sip(4).file}.reasons.jsonl`), 'no reason\n');
  await expectRefused(test.ask('sips.audit', { sip: 4 }), 'FILE_UNREADABLE', /^sip-0004-/);
});
