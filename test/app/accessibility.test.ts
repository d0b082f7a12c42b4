import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeFinds, bringAxe } from './support/axe.ts';
import { confirmed } from './support/confirm.ts';
import { type Display, startDisplay } from './support/display.ts';
import { type Launched, launchApp } from './support/launch.ts';
import { callIn, untilReady } from './support/page.ts';
import { SCREENS, show } from './support/screens.ts';

let display: Display;
let launched: Launched;

beforeAll(async () => {
  display = await startDisplay();
  launched = await launchApp({ display });
  await untilReady(launched.window);
  // So that the screens of a transaction have one to show.
  let submitting: Promise<unknown> = Promise.resolve();
  await confirmed(launched, async () => {
    submitting = callIn(launched.window, 'sips.submit', { sip: 4 });
  });
  expect(await submitting).toMatchObject({ ok: true });
  await bringAxe(launched.window);
});
afterAll(async () => {
  await launched?.close();
  await display?.stop();
});

it.each(['light', 'dark'] as const)('axe finds nothing on any screen, %s', async (theme) => {
  const page = launched.window;
  await callIn(page, 'theme.choose', { theme });
  const found: string[] = [];
  for (const route of SCREENS) {
    await show(page, route, theme);
    found.push(...(await axeFinds(page, route)));
  }
  expect(found).toEqual([]);
});

it('opens the commands by keyboard, goes where they say, and none of them signs', async () => {
  const page = launched.window;
  await page.keyboard.press('Control+K');
  await page.getByRole('combobox', { name: /^Command/ }).fill('council');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Council' }).waitFor();
  expect(launched.app.windows()).toHaveLength(1);
});
