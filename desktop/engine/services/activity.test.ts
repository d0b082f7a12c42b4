import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectRefused } from '../testing/calls.ts';
import { startTestEngine, type TestEngine } from '../testing/test-engine.ts';

let test: TestEngine;
beforeAll(async () => {
  test = await startTestEngine();
  await test.as('0');
});
afterAll(() => test?.stop());

it('is empty where nothing was asked for, and settling it sends nothing', async () => {
  expect(await test.get('activity.read', {})).toEqual([]);
  await test.as(null);
  expect(await test.get('activity.settle', {})).toEqual({});
  expect(test.asked).toEqual([]);
  await test.as('0');
});

it('tells newest first what landed, and what nobody confirmed', async () => {
  test.person.confirms = false;
  await expectRefused(test.ask('sips.submit', { sip: 4 }), 'SIGNING_REFUSED');
  test.person.confirms = true;
  const [refused] = await test.get('activity.read', {});
  expect(refused).toMatchObject({ signature: null, state: expect.stringMatching(/^(open|dropped)$/) });
  const { signatures } = await test.get('sips.submit', { sip: 4 });
  const rows = await test.get('activity.read', {});
  expect(rows[0]).toMatchObject({ state: 'landed', signature: signatures[0], advice: '' });
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map(({ seq }) => seq).sort((a, b) => b - a));
  await test.get('activity.settle', {});
  expect((await test.get('activity.read', {})).every(({ state }) => state !== 'unsettled')).toBe(true);
});

it('of a damaged journal is not read, and nothing is signed over it', async () => {
  const journal = join(test.dataDir, test.engine.world.journal);
  // Whole records behind rubbish: nobody can tell what is missing between them.
  await writeFile(journal, `rubbish\n${await readFile(journal, 'utf8')}`);
  const asked = test.asked.length;
  await expectRefused(test.ask('activity.read', {}), 'JOURNAL_CORRUPT', /^The journal journal-/);
  await expectRefused(test.ask('activity.settle', {}), 'JOURNAL_CORRUPT');
  await expectRefused(test.ask('sips.submit', { sip: 3 }), 'JOURNAL_CORRUPT');
  expect(test.asked).toHaveLength(asked);
});
