import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallName, CONTRACT, type Request } from '#desktop/shared/contract.ts';
import { axeFinds, bringAxe } from './support/axe.ts';
import { confirmed } from './support/confirm.ts';
import { type Display, startDisplay } from './support/display.ts';
import { type Launched, launchApp } from './support/launch.ts';
import { callIn, untilReady } from './support/page.ts';
import { SCREENS, show } from './support/screens.ts';

/** Whoever has no key sees everything, and whatever would sign is off and says why. */

let display: Display;
let launched: Launched;
let page: Page;
const broken: string[] = [];

beforeAll(async () => {
  display = await startDisplay();
  launched = await launchApp({ display });
  page = launched.window;
  page.on('pageerror', (error) => broken.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') broken.push(message.text());
  });
  await untilReady(page);
  let submitting: Promise<unknown> = Promise.resolve();
  await confirmed(launched, async () => {
    submitting = callIn(page, 'sips.submit', { sip: 4 });
  });
  expect(await submitting).toMatchObject({ ok: true });
  await page.getByLabel('Signing as').selectOption('');
  await callIn(page, 'theme.choose', { theme: 'light' });
  await bringAxe(page);
});
afterAll(async () => {
  await launched?.close();
  await display?.stop();
});

interface Shown {
  readonly name: string;
  readonly enabled: boolean;
  /** Of what stands around it. */
  readonly around: string;
}

/** Buttons that lead to a confirm window, by their verbs. */
const ACTS =
  /^(Submit SIP|Approve|Reject|Cancel…|Execute|Activate epoch|Close epoch|Pause the|Sign and|Request changes|Give a receipt)/;
const WHY = /Choose a seat|choose a (?:member’s )?key|Only the guardian’s key/;

const BUTTONS = `[...document.querySelectorAll('button')].map((one) => ({
  name: one.textContent.trim(),
  enabled: !one.disabled,
  around: (one.closest('.card, dialog') ?? one.parentElement).textContent,
}))`;

describe('who only looks', () => {
  const seen = new Set<string>();

  it.each(SCREENS)('is shown %s, and nothing there signs', async (route) => {
    await show(page, route, 'light');
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.getByText('This screen can’t be shown').count()).toBe(0);
    expect(await page.locator('.failure').allTextContents()).toEqual([]);
    const acts = ((await page.evaluate(BUTTONS)) as readonly Shown[]).filter(({ name }) => ACTS.test(name));
    for (const { name, enabled, around } of acts) {
      seen.add(name);
      expect(enabled, name).toBe(false);
      expect(around, name).toMatch(WHY);
    }
    expect(await axeFinds(page, route)).toEqual([]);
  });

  it('has seen the buttons that would', () => {
    expect([...seen].sort()).toEqual(
      expect.arrayContaining([
        'Approve',
        'Reject…',
        'Pause the protocol',
        'Sign and save as .sipz',
        'Submit SIP-8 to the council',
      ]),
    );
  });

  it('gets nothing signed by any call either', async () => {
    const asking: { readonly [N in CallName]?: Request<N> } = {
      'sips.submit': { sip: 8 },
      'sips.export': { sip: 8, form: 'sipz' },
      'proposals.act': { transactionIndex: '1', act: 'approve', seat: null },
      'epochs.activate': { index: 0 },
      'epochs.close': { index: 0 },
      'guardian.pause': {},
    };
    for (const [name, request] of Object.entries(asking)) {
      expect(Object.keys(CONTRACT)).toContain(name);
      expect(await callIn(page, name, request), name).toMatchObject({
        ok: false,
        error: { code: 'USAGE', sent: 'no' },
      });
    }
    expect(launched.app.windows()).toHaveLength(1);
  });

  it('and nothing broke on the way', () => expect(broken).toEqual([]));
});
