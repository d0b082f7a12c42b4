import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkAudit } from '#governance/audit/check.ts';
import { parseAudit } from '#governance/audit/document.ts';
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

it('is not made of what is not there, or cannot be read', async () => {
  await expectRefused(test.ask('sips.audit', { sip: 77 }), 'SIP_NOT_FOUND');
  test.gate.closed = true;
  await expectRefused(test.ask('sips.audit', { sip: 4 }), 'ENDPOINT_DOWN');
  test.gate.closed = false;
  const { documents } = test.engine.world;
  await writeFile(join(documents.folder, `${documents.sip(4).file}.reasons.jsonl`), 'no reason\n');
  await expectRefused(test.ask('sips.audit', { sip: 4 }), 'FILE_UNREADABLE', /^sip-0004-/);
});
