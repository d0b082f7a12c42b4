import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { networkOf } from './support/by-squads.ts';
import { type Display, startDisplay } from './support/display.ts';
import { documentOf, type Hostile, proposeHostile } from './support/hostile.ts';
import { type Launched, launchApp } from './support/launch.ts';
import { callIn, untilReady } from './support/page.ts';
import { show } from './support/screens.ts';
import { screenshot } from './support/screenshot.ts';

/** What carries a text's digest and is not what the text says is named for what it is, and nobody can sign it here. */

let display: Display;
let launched: Launched;
let page: Page;
let text: string;

beforeAll(async () => {
  display = await startDisplay();
  launched = await launchApp({ display });
  page = launched.window;
  await untilReady(page);
  await callIn(page, 'theme.choose', { theme: 'dark' });
  text = documentOf(launched, 8);
});
afterAll(async () => {
  await launched?.close();
  await display?.stop();
});

const NOT_SAID = 'No record announces it';
/** The verdict, its sentence, and what stands among the effects for it. */
const VERDICTS: Readonly<Record<Hostile, readonly [string, RegExp, RegExp]>> = {
  'a cap a thousand times as high': [
    'different-argument',
    /Instruction 3 has data .*bytes 0x[0-9a-f]{4} to 0x[0-9a-f]{4}/,
    /^Set the cap of JupSOL .* to 100\u202f000\u202f000 not in the text$/,
  ],
  'a transfer out of the vault behind it': [
    'extra-instruction',
    /Instruction 4 is not in the text: it calls .*bytes 0x[0-9a-f]{4} to 0x[0-9a-f]{4}/,
    new RegExp(`^Transfer 1 SOL from .* ${NOT_SAID} not in the text$`),
  ],
  'a cap less than announced': [
    'missing-instruction',
    /Instruction 3 of the text is not in the message/,
    /^Set the cap of JupSOL .* to 100\u202f000 in the text only$/,
  ],
  'who gets it left to a lookup table': [
    'lookup-table-present',
    /takes accounts from lookup tables, which can change after approval/,
    /^An instruction of the program .* on accounts that a lookup table names.* not in the text$/,
  ],
  'a transfer in front of the announcement': [
    'extra-instruction',
    /Instruction 1 is not in the text: it calls /,
    new RegExp(`^Transfer 1 SOL from .* ${NOT_SAID} not in the text$`),
  ],
  'a transfer alone, that names no text': [
    'digest-unknown',
    /names no digest/,
    new RegExp(`^Transfer 1 SOL from .* ${NOT_SAID}$`),
  ],
};
/** Of those that name no text. */
const NAMELESS: readonly Hostile[] = ['a transfer alone, that names no text'];

describe.each(Object.keys(VERDICTS) as Hostile[])('%s', (change) => {
  const [verdict, named, effect] = VERDICTS[change];
  const isNameless = NAMELESS.includes(change);
  let transactionIndex: string;
  beforeAll(async () => {
    transactionIndex = `${await proposeHostile(networkOf(launched), text, change)}`;
  });

  it('is called what it is, with the difference in bytes and in words', async () => {
    await show(page, `tx/${transactionIndex}/effect`, 'dark');
    const title = isNameless ? 'Names no SIP' : 'Does not do what SIP-8 says';
    await page.getByRole('heading', { name: title }).waitFor();
    const differences = page.locator('.verdict li', { hasText: verdict });
    expect(await differences.first().textContent()).toMatch(named);
    const lines = await page.locator('.effects li').allTextContents();
    expect(lines).toContainEqual(expect.stringMatching(effect));
    await screenshot(page, `hostile-${change.replaceAll(/[^a-z]+/g, '-')}-dark`);
  });

  it('is approved and executed by nobody, whatever is asked of the console', async () => {
    for (const button of await page.getByRole('button', { name: /^(Approve|Execute)/ }).all())
      expect(await button.isDisabled()).toBe(true);
    for (const act of ['approve', 'execute'])
      expect(await callIn(page, 'proposals.act', { transactionIndex, act })).toMatchObject({
        ok: false,
        error: { code: 'VERDICT_NOT_MATCH', sent: 'no', message: expect.stringContaining(verdict) },
      });
    expect(launched.app.windows()).toHaveLength(1);
    const read = await callIn(page, 'proposals.read', { transactionIndex });
    expect(read).toMatchObject({ value: { verdict, approvals: 0 } });
  });

  it('is in the inbox as what it is', async () => {
    const inbox = await callIn(page, 'inbox.read', {});
    const rows = inbox.ok ? inbox.value.sections.flatMap((section) => section.rows) : [];
    expect(rows).toContainEqual(
      expect.objectContaining(
        isNameless
          ? { id: `stranger-${transactionIndex}`, symbol: '!', verb: 'See what it does', tone: 'bad' }
          : { id: `tx-${transactionIndex}`, symbol: '≠', verb: 'See why', tone: 'bad' },
      ),
    );
  });
});
