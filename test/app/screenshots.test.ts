import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { networkOf } from './support/by-squads.ts';
import { confirmed } from './support/confirm.ts';
import { type Display, startDisplay } from './support/display.ts';
import { documentOf, proposeHostile } from './support/hostile.ts';
import { type Launched, launchApp } from './support/launch.ts';
import { callIn, untilReady } from './support/page.ts';
import { SCREENS, show } from './support/screens.ts';
import { screenshot } from './support/screenshot.ts';
import { OPEN_TRANSACTION, setTheStage } from './support/stage.ts';

let display: Display;
let launched: Launched;

beforeAll(async () => {
  display = await startDisplay();
  launched = await launchApp({ display });
  await untilReady(launched.window);
  await setTheStage(launched);
});
afterAll(async () => {
  await launched?.close();
  await display?.stop();
});

it('shows every screen in both themes, and nothing breaks the content policy', async () => {
  const page = launched.window;
  await page.evaluate(() => {
    const seen: string[] = [];
    (globalThis as unknown as { violations: string[] }).violations = seen;
    document.addEventListener('securitypolicyviolation', (event) =>
      seen.push(`${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  const look = (confirm: Page) => screenshot(confirm, 'confirm-light');
  let approving: Promise<unknown> = Promise.resolve();
  const press = async () => {
    approving = callIn(page, 'proposals.act', { transactionIndex: `${OPEN_TRANSACTION}`, act: 'approve' });
  };
  const refused = /^Do not sign/;
  expect(await confirmed(launched, press, refused, look)).toContain(
    `Approve transaction ${OPEN_TRANSACTION}`,
  );
  expect(await approving).toMatchObject({ ok: false, error: { code: 'SIGNING_REFUSED' } });

  const hostile = await proposeHostile(
    networkOf(launched),
    documentOf(launched, 8),
    'a cap a thousand times as high',
  );
  for (const theme of ['light', 'dark'] as const) {
    await callIn(page, 'theme.choose', { theme });
    for (const route of SCREENS) {
      await show(page, route.replace('tx/1/', `tx/${OPEN_TRANSACTION}/`), theme);
      await screenshot(page, `${route.replace('tx/1/', 'proposal-').replaceAll('/', '-')}-${theme}`);
    }
    await show(page, `tx/${hostile}/effect`, theme);
    await screenshot(page, `proposal-refused-${theme}`);
  }
  expect(await page.evaluate(() => (globalThis as unknown as { violations: string[] }).violations)).toEqual(
    [],
  );
});
