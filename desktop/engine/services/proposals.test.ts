import { rmSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { submitSip } from '#governance/proposals/submit.ts';
import { parseUnnamed } from '#governance/sip/parse-unnamed.ts';
import { base64, expectRefused } from '../testing/calls.ts';
import { startTestEngine, type TestEngine } from '../testing/test-engine.ts';

/** One transaction's way before the council; the steps build on each other. */

let test: TestEngine;
let text: string;
beforeAll(async () => {
  test = await startTestEngine();
  text = (await test.get('sips.read', { sip: 2 })).text;
  await test.as('0');
  await test.get('sips.submit', { sip: 2 });
});
afterAll(() => test?.stop());

const one = { transactionIndex: '1' };
const none = { transactionIndex: '99' };
const act = (name: 'approve' | 'reject' | 'cancel' | 'execute', of: object = one) =>
  test.ask('proposals.act', { ...one, ...of, act: name });
const documents = () => test.engine.world.documents;

describe('a transaction', () => {
  it('is listed, each part with its verdict', async () => {
    const page = await test.get('proposals.list', { page: null });
    expect(page).toMatchObject({ newest: '2', page: 0 });
    expect(page.rows).toMatchObject([
      { transactionIndex: '1', title: expect.stringContaining('part 1 of 2') },
      { transactionIndex: '2', sip: 2, verdict: 'match', state: 'active', creator: 'seat 0' },
    ]);
    expect(await test.get('proposals.list', { page: 7 })).toMatchObject({ newest: '2', page: 7, rows: [] });
  });

  it('waits in the inbox of who may vote, the parts in their order', async () => {
    const { sections } = await test.get('inbox.read', {});
    const waiting = sections.find(({ title }) => title === 'Needs your vote');
    expect(waiting?.rows.map(({ route }) => route)).toEqual(['tx/1/effect', 'tx/2/effect']);
  });

  it('is read with what was compared, its effect and what each field becomes', async () => {
    const view = await test.get('proposals.read', one);
    expect(view).toMatchObject({
      ...{ verdict: 'match', executed: false, part: 1, parts: 2, differences: [], approvals: 0, needed: 3 },
      ...{ councilChange: null, reasons: [], reasonsProblem: '', seat: '0' },
      compared: expect.stringMatching(/Every byte is equal\. Read from the network inside this computer/),
    });
    expect(view.effects[0]).toMatchObject({ sentence: expect.stringContaining('mSOL'), saidBy: 'both' });
    expect(view.changes).toContainEqual(
      expect.objectContaining({
        account: 'RestakingPool',
        field: 'symbol',
        before: 'does not exist',
        after: 'mSOL',
      }),
    );
    expect(view.instructions[0]).toMatchObject({ program: 'Restaking program' });
    expect(view.instructions.flatMap(({ keys }) => keys).map(({ name }) => name)).toContain(
      'record of SIP-2',
    );
    expect(view.votes.map(({ seat, cast }) => [seat, cast])).toEqual([
      ...[0, 1, 2, 3, 4].map((at) => [`Seat ${at}`, 'none']),
      ['Seat 5', 'cannot'],
    ]);
  });

  it('of an index that was never used is not there, whatever is asked of it', async () => {
    await expectRefused(test.ask('proposals.read', none), 'PROPOSAL_NOT_FOUND');
    await expectRefused(
      test.ask('proposals.give-text', { ...none, name: 'x.md', base64: base64(text) }),
      'PROPOSAL_NOT_FOUND',
    );
    await expectRefused(test.ask('proposals.simulate', none), 'PROPOSAL_NOT_FOUND');
    await expectRefused(act('approve', none), 'PROPOSAL_NOT_FOUND');
    expect(await test.get('proposals.approvals', none)).toEqual([]);
    expect(await test.get('proposals.receipts', none)).toEqual({ receipts: [], problem: null });
  });
});

describe('whoever may not', () => {
  it('and only looks is offered nothing and told why', async () => {
    await test.as(null);
    const { acts, gates, seat } = await test.get('proposals.read', one);
    expect(seat).toBeNull();
    expect(acts.map(({ act: name, enabled }) => [name, enabled])).toEqual([
      ['approve', false],
      ['reject', false],
    ]);
    for (const { why } of acts) expect(why).toContain('Choose a seat at the lower left.');
    expect(gates).toContainEqual(expect.objectContaining({ name: 'Your key', state: 'wait' }));
    const before = test.asked.length;
    for (const name of ['approve', 'reject', 'cancel', 'execute'] as const)
      await expectRefused(act(name), 'USAGE', /Nobody signs here/);
    expect(test.asked).toHaveLength(before);
  });

  it.each([
    ['5', 'MEMBER_LACKS_PERMISSION', 'lacks the permission'],
    ['guardian', 'NOT_A_MEMBER', 'lacks the permission'],
  ])('seat %s: %s, and nothing is signed', async (seat, code, why) => {
    await test.as(seat);
    const { acts } = await test.get('proposals.read', one);
    expect(acts[0]).toMatchObject({ enabled: false, why: expect.stringContaining(why) });
    const before = test.asked.length;
    await expectRefused(act('approve'), code);
    expect(test.asked).toHaveLength(before);
  });

  it('with another seat than the button named is stopped', async () => {
    await test.as('1');
    await expectRefused(act('approve', { seat: '0' }), 'SEAT_CHANGED');
    await expectRefused(act('approve', { seat: null }), 'SEAT_CHANGED');
  });

  it('or does not confirm it leaves everything as it was', async () => {
    test.person.confirms = false;
    await expectRefused(act('approve'), 'SIGNING_REFUSED');
    test.person.confirms = true;
    expect(await test.get('proposals.read', one)).toMatchObject({ approvals: 0 });
  });
});

describe('a vote', () => {
  it('is told with a line for the others, and is cast once', async () => {
    const told = await test.get('proposals.act', { ...one, act: 'approve', seat: '1' });
    expect(told.sentence).toBe('Approved transaction 1.');
    expect(told.line).toContain('transaction 1');
    expect(told.signatures).toHaveLength(1);
    expect(test.asked.at(-1)).toMatchObject({
      transactionIndex: '1',
      claim: { title: expect.stringMatching(/^Approve SIP-2/), verdict: 'match' },
    });
    const again = await test.get('proposals.act', { ...one, act: 'approve' });
    expect(again).toMatchObject({
      sentence: expect.stringContaining('already. Nothing was sent.'),
      signatures: [],
    });
    expect(await test.get('proposals.read', one)).toMatchObject({
      approvals: 1,
      acts: [
        { act: 'approve', enabled: false, why: expect.stringContaining('approved already') },
        { enabled: true },
      ],
    });
  });

  it('comes before executing, and the time lock does', async () => {
    await expectRefused(act('execute'), 'PROPOSAL_NOT_APPROVED');
    for (const seat of ['0', '2']) {
      await test.as(seat);
      await test.get('proposals.act', { ...one, act: 'approve' });
    }
    const { acts, gates } = await test.get('proposals.read', one);
    expect(acts[0]).toMatchObject({
      act: 'execute',
      enabled: false,
      why: expect.stringMatching(/^Time lock over: .* left/),
    });
    expect(gates).toContainEqual(expect.objectContaining({ name: 'Time lock over', state: 'wait' }));
    await expectRefused(act('execute'), 'TIME_LOCK_RUNNING');
  });

  it('against it keeps its reason, and shows it', async () => {
    await test.as('3');
    const told = await test.get('proposals.act', { ...one, act: 'cancel', reason: 'Not now' });
    expect(told.sentence).toBe('Cancelled transaction 1.');
    expect(await test.get('proposals.read', one)).toMatchObject({
      reasons: [{ vote: 'cancel', text: 'Not now' }],
    });
    expect(await test.get('sips.read', { sip: 2 })).toMatchObject({
      reasons: [{ text: 'Not now' }],
      reasonsProblem: '',
    });
  });

  it('is told although its reason cannot be kept', async () => {
    const [file = ''] = (await readdir(documents().folder)).filter((name) => name.endsWith('.reasons.jsonl'));
    rmSync(join(documents().folder, file));
    await mkdir(join(documents().folder, file));
    await test.as('0');
    const told = await test.get('proposals.act', { ...one, act: 'cancel', reason: 'Nor later' });
    expect(told.sentence).toMatch(
      /^Cancelled transaction 1\. The reason was not kept: sip-0002-.* cannot be written/,
    );
    expect(told.signatures).toHaveLength(1);
    const { approvals, votes } = await test.get('proposals.read', one);
    expect([approvals, votes[0]?.cast]).toEqual([3, 'cancelled']);
    for (const view of [await test.get('proposals.read', one), await test.get('sips.read', { sip: 2 })])
      expect(view).toMatchObject({
        reasons: [],
        reasonsProblem: expect.stringMatching(/not shown\. sip-0002-/),
      });
    await rm(join(documents().folder, file), { recursive: true });
  });
});

/** By a console that has a text which is not here. */
async function submittedElsewhere(missing: string): Promise<void> {
  const { world } = test.engine;
  const sip = parseUnnamed(new TextEncoder().encode(missing), 'elsewhere.md');
  const claim = { title: 'elsewhere', verdict: null, digest: sip.digest, transactionIndex: null };
  const creator = world.signer('0', claim);
  await world.sending((ports) => submitSip(ports, { pins: world.pins, sip, creator }));
}

describe('a text that is missing', () => {
  it('has nobody approve, and is taken only if it is the very one', async () => {
    const elsewhere = text.concat('\nWritten elsewhere.\n');
    await submittedElsewhere(elsewhere);
    const third = { transactionIndex: '3' };
    expect(await test.get('proposals.read', third)).toMatchObject({ verdict: 'digest-unknown', text: null });
    await test.as('0');
    await expectRefused(act('approve', third), 'VERDICT_NOT_MATCH');
    const other = base64(text.replace('The text', 'A text').concat('\nMore.\n'));
    expect(await test.get('proposals.give-text', { ...third, name: 'x.md', base64: other })).toMatchObject({
      taken: false,
    });
    await expectRefused(
      test.ask('proposals.give-text', { ...third, name: '/srv/ada/x.md', base64: base64('no SIP') }),
      'SIP_INVALID',
      /^x\.md /,
    );
    expect(await test.get('proposals.read', third)).toMatchObject({ verdict: 'digest-unknown' });
    const given = await test.get('proposals.give-text', {
      ...third,
      name: 'x.md',
      base64: base64(elsewhere),
    });
    expect(given).toMatchObject({ taken: true, digest: given.expected, diff: [] });
    expect(await test.get('proposals.read', third)).toMatchObject({ verdict: 'match' });
    const kept = await readFile(join(test.dataDir, 'store', `${given.digest}.md`), 'utf8');
    expect(kept).toBe(elsewhere);
  });
});

describe('an endpoint that refuses', () => {
  it('is told, by a read and by an act, and nothing was sent', async () => {
    test.gate.closed = true;
    await expectRefused(test.ask('proposals.read', one), 'ENDPOINT_DOWN');
    await expectRefused(test.ask('proposals.list', { page: null }), 'ENDPOINT_DOWN');
    await expectRefused(act('approve', { transactionIndex: '2' }), 'ENDPOINT_DOWN');
    test.gate.closed = false;
    expect(await test.get('proposals.read', one)).toMatchObject({ verdict: 'match' });
  });
});
