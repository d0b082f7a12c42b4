import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Display, startDisplay } from './support/display.ts';
import { type Launched, launchApp } from './support/launch.ts';
import { callIn, untilReady } from './support/page.ts';
import { screenshot } from './support/screenshot.ts';

let display: Display;
let launched: Launched;

beforeAll(async () => {
  display = await startDisplay();
  launched = await launchApp({ display });
  await untilReady(launched.window);
});
afterAll(async () => {
  await launched?.close();
  await display?.stop();
});

const SCREENS = [
  'inbox',
  'sips',
  'sip/8',
  'edit/new',
  'edit/8',
  'proposals',
  'tx/1/effect',
  'tx/1/transaction',
  'tx/1/votes',
  'epochs',
  'registry',
  'council',
  'activity',
  'settings',
  'about',
];

it('shows every screen in both themes, and nothing breaks the content policy', async () => {
  const page = launched.window;
  await page.evaluate(() => {
    const seen: string[] = [];
    (globalThis as unknown as { violations: string[] }).violations = seen;
    document.addEventListener('securitypolicyviolation', (event) =>
      seen.push(`${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  const opening = launched.app.waitForEvent('window');
  const submitting = callIn(page, 'sips.submit', { sip: 3 });
  const confirm = await opening;
  await confirm.getByRole('button', { name: /^Sign/ }).waitFor();
  await screenshot(confirm, 'confirm-light');
  await confirm.getByRole('button', { name: /^Sign/ }).click();
  expect(await submitting).toMatchObject({ ok: true });

  for (const theme of ['light', 'dark'] as const) {
    await callIn(page, 'theme.choose', { theme });
    for (const route of SCREENS) {
      await page.evaluate((to) => {
        globalThis.location.hash = `/${to}`;
      }, route);
      await page.waitForFunction(() => !document.querySelector('.skeleton'));
      await page.waitForFunction((wanted) => document.documentElement.dataset.theme === wanted, theme);
      await screenshot(page, `${route.replaceAll('/', '-')}-${theme}`);
    }
  }
  expect(await page.evaluate(() => (globalThis as unknown as { violations: string[] }).violations)).toEqual(
    [],
  );
});
