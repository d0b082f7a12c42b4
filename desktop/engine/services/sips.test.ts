import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefused } from '../testing/calls.ts';
import { startTestEngine, type TestEngine } from '../testing/test-engine.ts';

let test: TestEngine;
let eight: { readonly text: string; readonly fileName: string };
beforeAll(async () => {
  test = await startTestEngine();
  const { text, fileName } = await test.get('sips.read', { sip: 8 });
  eight = { text, fileName };
});
afterAll(() => test?.stop());

describe('the documents', () => {
  it('are listed with what is due and for whom', async () => {
    const rows = await test.get('sips.list', {});
    expect(rows.map(({ sip }) => sip)).toEqual([2, 3, 4, 5, 6, 7, 8]);
    expect(rows[0]).toMatchObject({ status: 'Review', due: [{ step: expect.stringMatching(/^submit/) }] });
  });

  it('are read with what they ask for, in words', async () => {
    const view = await test.get('sips.read', { sip: 8 });
    expect(view.effects).toEqual([expect.stringContaining('JupSOL'), expect.stringContaining('JupSOL')]);
    expect(view.sections.map(({ name }) => name)).toContain('Specification');
    expect(view).toMatchObject({ transactions: [], impostors: [], reasons: [], reasonsProblem: '' });
  });

  it('of a number that nobody has are not there', async () => {
    for (const call of ['sips.read', 'sips.check', 'sips.submit', 'sips.edit'] as const)
      await expectRefused(test.ask(call, { sip: 77 }), 'SIP_NOT_FOUND');
  });
});

describe('a text', () => {
  it('is linted as it is typed', async () => {
    expect(await test.get('sips.lint', eight)).toMatchObject({
      ok: true,
      effects: [{}, {}].map(() => expect.any(String)),
    });
    const worse = { ...eight, text: eight.text.replace('decimals: 9', 'decimals: nine') };
    const { ok, findings, digest } = await test.get('sips.lint', worse);
    expect([ok, digest]).toEqual([false, null]);
    expect(findings[0]).toMatchObject({ level: 'error', line: expect.any(Number) });
  });

  it('is checked against the chain, with what it costs', async () => {
    const view = await test.get('sips.check', { sip: 2 });
    expect(view.ok).toBe(true);
    expect(BigInt(view.vaultLamports)).toBeGreaterThan(BigInt(view.rentLamports));
    expect(await test.get('sips.check', { sip: 8 })).toMatchObject({ ok: false });
    expect(await test.get('sips.check-text', eight)).toEqual(await test.get('sips.check', { sip: 8 }));
    await expectRefused(test.ask('sips.check-text', { ...eight, text: 'no SIP' }), 'SIP_INVALID');
  });

  it('is saved under the name of a SIP and no other, and only when it is one', async () => {
    for (const fileName of [
      'x.md',
      '../sip-0009-x.md',
      'a/sip-0009-x.md',
      'a\\sip-0009-x.md',
      'sip-0009-x.txt',
    ])
      await expectRefused(test.ask('sips.save', { ...eight, fileName }), 'USAGE');
    await expectRefused(test.ask('sips.save', { ...eight, text: 'no SIP' }), 'SIP_INVALID', /[^.]\.$/);
    const text = eight.text.replaceAll('SIP: 8\n', 'SIP: 9\n');
    const fileName = 'sip-0009-whitelist-jupsol.md';
    await test.get('sips.keep', { text: `${text}\n`, fileName });
    expect(await test.get('sips.save', { text, fileName })).toEqual({ sip: 9 });
    expect(await test.get('sips.read', { sip: 9 })).toMatchObject({ text, fileName });
    expect(await test.get('sips.unsaved', {})).toEqual([]);
  });
});

describe('submitting', () => {
  it('takes a key of a member that may initiate', async () => {
    await test.as(null);
    await expectRefused(test.ask('sips.submit', { sip: 4 }), 'USAGE', /Nobody signs here/);
    await test.as('guardian');
    await expectRefused(test.ask('sips.submit', { sip: 4 }), 'NOT_A_MEMBER');
    await test.as('0');
    test.person.confirms = false;
    await expectRefused(test.ask('sips.submit', { sip: 4 }), 'SIGNING_REFUSED');
    test.person.confirms = true;
    expect((await test.get('sips.read', { sip: 4 })).transactions).toEqual([]);
  });

  it('is done once', async () => {
    expect(await test.get('sips.submit', { sip: 4 })).toMatchObject({
      sentence: 'SIP-4 is before the council as transaction 1.',
      signatures: [expect.any(String)],
    });
    expect(await test.get('sips.submit', { sip: 4 })).toMatchObject({
      sentence: expect.stringMatching(/was before the council already.*Nothing was sent\.$/),
      signatures: [],
    });
    expect(await test.get('sips.read', { sip: 4 })).toMatchObject({
      row: { status: 'Submitted' },
      transactions: [{ transactionIndex: '1', verdict: 'match' }],
    });
  });

  it('keeps the text by its digest, whatever becomes of the document', async () => {
    const { row } = await test.get('sips.read', { sip: 4 });
    expect(test.engine.store.byDigest(row.digest)).toBeDefined();
    expect((await test.get('sources.list', {})).stored).toBe(1);
  });
});

it('a damaged file of reasons leaves the document readable', async () => {
  const { folder } = test.engine.world.documents;
  await writeFile(join(folder, `${eight.fileName}.reasons.jsonl`), 'no reason\n');
  expect(await test.get('sips.read', { sip: 8 })).toMatchObject({
    text: eight.text,
    reasons: [],
    reasonsProblem: expect.stringMatching(/line 1 is not a reason/),
  });
});

it('without a chain documents are read, and their status is not known', async () => {
  test.gate.closed = true;
  const unheard = { status: 'Unknown', because: 'the chain does not answer', due: [] };
  // What was heard last still stands on the screen; a new start has heard nothing.
  expect(await test.get('sips.read', { sip: 8 })).toMatchObject({ text: eight.text });
  await expectRefused(test.ask('sips.check', { sip: 8 }), 'ENDPOINT_DOWN');
  await expectRefused(test.ask('sips.submit', { sip: 3 }), 'ENDPOINT_DOWN');
  test.gate.closed = false;
  expect((await test.get('sips.list', {}))[0]).not.toMatchObject(unheard);
});
