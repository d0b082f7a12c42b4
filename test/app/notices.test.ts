import { afterAll, beforeAll, expect, it } from 'vitest';
import { confirmed } from './support/confirm.ts';
import { type Display, startDisplay } from './support/display.ts';
import { type Launched, launchApp } from './support/launch.ts';
import { callIn, untilReady } from './support/page.ts';

/** What the system is told while nobody looks; a click opens the view. The bus that would show it is not there. */

let display: Display;
let launched: Launched;

beforeAll(async () => {
  display = await startDisplay();
  launched = await launchApp({ display });
  await untilReady(launched.window);
  await launched.app.evaluate(({ Notification, BrowserWindow }) => {
    const shown: Electron.Notification[] = [];
    (globalThis as unknown as { shown: Electron.Notification[] }).shown = shown;
    Notification.isSupported = () => true;
    Notification.prototype.show = function show(this: Electron.Notification) {
      shown.push(this);
    };
    for (const window of BrowserWindow.getAllWindows()) window.isFocused = () => false;
  });
});
afterAll(async () => {
  await launched?.close();
  await display?.stop();
});

const titles = () =>
  launched.app.evaluate(() =>
    (globalThis as unknown as { shown: Electron.Notification[] }).shown.map(
      ({ title, body }) => `${title}: ${body}`,
    ),
  );

it('tells once that a proposal needs this key’s vote, and a click opens it', async () => {
  let submitting: Promise<unknown> = Promise.resolve();
  await confirmed(launched, async () => {
    submitting = callIn(launched.window, 'sips.submit', { sip: 4 });
  });
  expect(await submitting).toMatchObject({ ok: true });
  await expect.poll(titles, { timeout: 60_000 }).toEqual([expect.stringMatching(/^Needs your vote: SIP-4/)]);
  await launched.app.evaluate(() => {
    (globalThis as unknown as { shown: Electron.Notification[] }).shown[0]?.emit('click');
  });
  await launched.window.getByRole('heading', { level: 1, name: /^SIP-4/ }).waitFor();
  expect(await titles()).toHaveLength(1);
});
