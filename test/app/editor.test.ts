import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Display, startDisplay } from './support/display.ts';
import { type Launched, launchApp } from './support/launch.ts';
import { callIn, untilReady } from './support/page.ts';
import { screenshot } from './support/screenshot.ts';

/** An LST team's first SIP, written by form and text; what is typed is never lost. */

const MINT = 'jupSoLaHXQiZZTSfEWMTRRgpnyFm8f6sZdosWBjx93v';

let display: Display;
let launched: Launched;
let page: Page;

beforeAll(async () => {
  display = await startDisplay();
  launched = await launchApp({ display });
  page = launched.window;
  await untilReady(page);
  await page.evaluate(() => {
    const seen: string[] = [];
    (globalThis as unknown as { violations: string[] }).violations = seen;
    document.addEventListener('securitypolicyviolation', (event) =>
      seen.push(`${event.violatedDirective} ${event.blockedURI}`),
    );
  });
});
afterAll(async () => {
  await launched?.close();
  await display?.stop();
});

const open = (route: string) =>
  page.evaluate((to) => {
    globalThis.location.hash = `/${to}`;
  }, route);
/** Longer than a loaded computer takes from a key to the file. */
const WAIT = { timeout: 30_000 };
const code = () => page.getByRole('textbox', { name: /^Text of/ });
/** CodeMirror draws only the lines in sight: the whole text is what is kept. */
async function keptText(): Promise<string> {
  const edited = await callIn(page, 'sips.edit', { sip: 9 });
  if (!edited.ok) throw new Error(edited.error.message);
  return edited.value.text;
}

it('begins with an action, a title and authors', async () => {
  await open('edit/new');
  await page
    .getByLabel(/^Action/)
    .first()
    .selectOption({ label: 'Whitelist an LST' });
  await page.getByLabel('Title').fill('Whitelist JupSOL again');
  await page.getByLabel('Authors').fill('JupSOL team (@JupiterExchange)');
  await screenshot(page, 'edit-begin-light');
  await page.getByRole('button', { name: 'Begin the document' }).click();
  await page.getByRole('heading', { level: 1, name: 'sip-0009-whitelist-jupsol-again.md' }).waitFor();
  await code().waitFor();
});

it('the chain fills in what it knows, and the form writes the text', async () => {
  await page.getByLabel('Mint', { exact: true }).fill(MINT);
  await page.getByRole('button', { name: 'Fill in from the chain' }).click();
  await page.getByText(/On chain: token, 9 decimals/).waitFor();
  expect(await page.getByLabel('Decimals').inputValue()).toBe('9');
  await page.getByLabel('Symbol').fill('JupSOL');
  await page.getByLabel('Cap', { exact: true }).fill('2e5');
  await page.getByText('an amount is a plain decimal').waitFor();
  await page.getByLabel('Cap', { exact: true }).fill('200000');
  await expect.poll(keptText, WAIT).toContain('cap: "200000"');
  await screenshot(page, 'edit-form-light');
});

it('the text changes the form', async () => {
  await code().click();
  await page.keyboard.press('Control+f');
  await page.getByLabel('Find').waitFor();
  await page.keyboard.type('200000');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.type('175000');
  await expect.poll(() => page.getByLabel('Cap', { exact: true }).inputValue(), WAIT).toBe('175000');
  await expect.poll(keptText, WAIT).toContain('175000');
  for (const pane of ['Lint', 'Effect', 'Preview', 'Check']) {
    await page.getByRole('tab', { name: pane }).click();
    await screenshot(page, `edit-${pane.toLowerCase()}-light`);
  }
  expect(await page.evaluate(() => (globalThis as unknown as { violations: string[] }).violations)).toEqual(
    [],
  );
});

it('a finished document is saved, and its digest is what the engine says', async () => {
  const eight = await callIn(page, 'sips.read', { sip: 8 });
  if (!eight.ok) throw new Error(eight.error.message);
  const text = eight.value.text.replace('SIP: 8\n', 'SIP: 9\n');
  const fileName = 'sip-0009-whitelist-jupsol-again.md';
  expect(await callIn(page, 'sips.keep', { fileName, text })).toMatchObject({ ok: true });
  const lint = await callIn(page, 'sips.lint', { fileName, text });
  expect(lint).toMatchObject({ ok: true, value: { ok: true } });
  expect(await callIn(page, 'sips.save', { fileName, text })).toMatchObject({ ok: true, value: { sip: 9 } });
  const saved = await callIn(page, 'sips.read', { sip: 9 });
  if (!saved.ok || !lint.ok) throw new Error('not read');
  expect(saved.value.row.digest).toBe(lint.value.digest);
  expect(await callIn(page, 'sips.unsaved', {})).toMatchObject({ ok: true, value: [] });
});

it('an epoch that missed its window gets a SIP with what the chain knows', async () => {
  const drafted = await callIn(page, 'sips.draft-for-epoch', { index: 0, what: 'amend' });
  expect(drafted).toMatchObject({ ok: false, error: { code: 'USAGE' } });
});

it('keeps what is typed when the page is gone, and says so', async () => {
  await open('edit/9');
  await code().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('and more');
  await expect.poll(keptText, WAIT).toContain('and more');
  await launched.app.evaluate(async ({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0];
    const back = new Promise<void>((resolve) => window?.webContents.once('did-finish-load', () => resolve()));
    window?.webContents.forcefullyCrashRenderer();
    await back;
  });
  await launched.app.evaluate(async ({ BrowserWindow }) => {
    const web = BrowserWindow.getAllWindows()[0]?.webContents;
    await web?.executeJavaScript("location.hash = '/edit/9'");
    const shows = `[...document.querySelectorAll('[role=status]')].some((one) => one.textContent.includes('what was typed and not saved'))`;
    while (!(await web?.executeJavaScript(shows)));
  });
});
