import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefused } from '../testing/calls.ts';
import { startTestEngine, type TestEngine } from '../testing/test-engine.ts';

const JUPSOL = 'jupSoLaHXQiZZTSfEWMTRRgpnyFm8f6sZdosWBjx93v';
const NOBODY = 'Vote111111111111111111111111111111111111112';

let test: TestEngine;
let eight: { readonly text: string; readonly fileName: string };
beforeAll(async () => {
  test = await startTestEngine();
  const { text, fileName } = await test.get('sips.read', { sip: 8 });
  eight = { text, fileName };
});
afterAll(() => test?.stop());

describe('the form', () => {
  it('knows every action by its fields', async () => {
    const kinds = await test.get('actions.list', {});
    expect(kinds.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['whitelist-lst', 'pause', 'amend-epoch']),
    );
    for (const { title, summary } of kinds) expect(title && summary).not.toBe('');
  });

  it('reads a mint from the chain, and says where there is none', async () => {
    expect(await test.get('mint.read', { mint: JUPSOL })).toMatchObject({ decimals: 9, pool: null });
    expect(await test.get('mint.read', { mint: NOBODY })).toBeNull();
    await expectRefused(test.ask('mint.read', { mint: 'jupSOL' }), 'USAGE', /"jupSOL" is no address/);
  });

  it('and the text are two views of one block', async () => {
    const { block, problems } = await test.get('sips.block', { text: eight.text });
    expect(block?.actions.map(({ kind }) => kind)).toEqual(['whitelist-lst', 'set-epoch-cap']);
    expect(problems).toEqual([[], []]);
    expect(await test.get('sips.set-block', { text: eight.text, block: block! })).toEqual({
      text: eight.text,
    });
    const [first, second] = block!.actions;
    const more = { ...block!, actions: [{ ...first!, values: { ...first!.values, cap: '7' } }, second!] };
    const { text } = await test.get('sips.set-block', { text: eight.text, block: more });
    expect(text).toContain('cap: "7"');
    expect(await test.get('sips.block', { text })).toMatchObject({ block: more });
  });

  it('tells what is wrong with a value, and holds no other than plain text', async () => {
    const { block } = await test.get('sips.block', { text: eight.text });
    const [first] = block!.actions;
    const withCap = (cap: string) => ({
      ...block!,
      actions: [{ ...first!, values: { ...first!.values, cap } }],
    });
    const { text } = await test.get('sips.set-block', { text: eight.text, block: withCap('many') });
    expect((await test.get('sips.block', { text })).problems[0]).toMatchObject([{ path: 'cap' }]);
    await expectRefused(
      test.ask('sips.set-block', { text: eight.text, block: withCap('\u202e7') }),
      'USAGE',
      /plain ASCII/,
    );
    await expectRefused(
      test.ask('sips.set-block', { text: 'no block', block: block! }),
      'USAGE',
      /no actions block/,
    );
    expect(await test.get('sips.block', { text: 'no block' })).toEqual({ block: null, problems: [] });
  });
});

describe('a draft', () => {
  const asked = { kind: 'whitelist-lst', title: 'Another asset', author: 'A team (@team)' };

  it('has the next free number each time, and is kept before it is saved', async () => {
    await expectRefused(test.ask('sips.draft', { ...asked, kind: 'mint-money' }), 'USAGE', /no action/);
    const nine = await test.get('sips.draft', asked);
    const ten = await test.get('sips.draft', asked);
    expect([nine.fileName, ten.fileName]).toEqual(['sip-0009-another-asset.md', 'sip-0010-another-asset.md']);
    expect(await test.get('sips.unsaved', {})).toEqual([
      { sip: 9, fileName: nine.fileName },
      { sip: 10, fileName: ten.fileName },
    ]);
    expect(await test.get('sips.edit', { sip: 9 })).toEqual({ ...nine, saved: null, restored: true });
  });

  it('is there until its document is saved, is typed back, or somebody drops it', async () => {
    const typed = `${eight.text}\nMore.\n`;
    await test.get('sips.keep', { ...eight, text: typed });
    expect(await test.get('sips.edit', { sip: 8 })).toMatchObject({
      text: typed,
      saved: eight.text,
      restored: true,
    });
    await test.get('sips.keep', eight);
    expect(await test.get('sips.edit', { sip: 8 })).toEqual({ ...eight, saved: eight.text, restored: false });
    await test.get('sips.drop', { fileName: 'sip-0010-another-asset.md' });
    await test.get('sips.drop', { fileName: '../../desktop.json' });
    expect(await test.get('sips.unsaved', {})).toEqual([{ sip: 9, fileName: 'sip-0009-another-asset.md' }]);
    await expectRefused(test.ask('sips.edit', { sip: 10 }), 'SIP_NOT_FOUND');
    await expectRefused(test.ask('sips.keep', { fileName: 'x.md', text: '' }), 'USAGE', /no name of a SIP/);
  });

  it('of an epoch takes its terms over, a week later', async () => {
    for (const what of ['amend', 'cancel'] as const)
      await expectRefused(test.ask('sips.draft-for-epoch', { index: 0, what }), 'USAGE', /not scheduled/);
    await test.as('0');
    await test.get('sips.submit', { sip: 2 });
    await test.get('sips.submit', { sip: 4 });
    await test.enact(1, 2, 3);
    const amend = await test.get('sips.draft-for-epoch', { index: 0, what: 'amend' });
    const { block, problems } = await test.get('sips.block', { text: amend.text });
    expect(block?.actions).toMatchObject([
      { kind: 'amend-epoch', values: { index: 0, access: 'invite-only', withdrawals: 'off' } },
    ]);
    expect(problems).toEqual([[]]);
    expect(amend.text).toContain('cap: "28000"');
    const cancel = await test.get('sips.draft-for-epoch', { index: 0, what: 'cancel' });
    expect((await test.get('sips.block', { text: cancel.text })).block?.actions).toMatchObject([
      { kind: 'cancel-epoch', values: { index: 0 } },
    ]);
  });

  it('is begun without a chain, and what needs one says so', async () => {
    test.gate.closed = true;
    expect((await test.get('sips.draft', asked)).fileName).toMatch(/^sip-00\d\d-another-asset\.md$/);
    await expectRefused(test.ask('mint.read', { mint: JUPSOL }), 'ENDPOINT_DOWN');
    await expectRefused(test.ask('sips.draft-for-epoch', { index: 0, what: 'amend' }), 'ENDPOINT_DOWN');
    test.gate.closed = false;
  });
});
