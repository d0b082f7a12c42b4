import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerNext, confirmed } from './support/confirm.ts';
import { type Display, startDisplay } from './support/display.ts';
import { type Launched, launchApp } from './support/launch.ts';
import { callIn, untilReady } from './support/page.ts';

/** Parts of the console die in the middle of submitting SIP-2: its first part is on chain, the second asks to be signed. */

let display: Display;
let launched: Launched;
let folder: string;

beforeAll(async () => {
  display = await startDisplay();
});
afterAll(() => display?.stop());

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kills-'));
  launched = await launchApp({ display, dataDir: folder });
  await untilReady(launched.window);
});
afterEach(async () => {
  await launched?.close();
  rmSync(folder, { recursive: true, force: true });
});

const submitButton = () => launched.window.getByRole('button', { name: 'Submit SIP-2 to the council' });

async function openSip(): Promise<void> {
  await launched.window.getByLabel('Signing as').selectOption('0');
  await launched.window.evaluate(() => {
    globalThis.location.hash = '/sip/2';
  });
}

/** Until the confirm window of the second part shows what it is about. */
async function submitHalf(): Promise<void> {
  await openSip();
  await confirmed(launched, () => submitButton().click());
  const second = await secondWindow();
  await second.getByRole('button', { name: /^Sign/ }).waitFor();
}

async function secondWindow() {
  const { app, window } = launched;
  return app.windows().find((one) => one !== window) ?? (await app.waitForEvent('window'));
}

type Part = 'engine' | 'signer' | 'embedded network';

/** Ends one of the app's own processes as the kernel would. */
async function kill(part: Part): Promise<void> {
  const pid = await launched.app.evaluate(
    ({ app }, name) => app.getAppMetrics().find((one) => one.name === name || one.serviceName === name)?.pid,
    part,
  );
  if (pid === undefined) throw new Error(`there is no process ${part}`);
  process.kill(pid, 'SIGKILL');
}

async function expectFirstPartAlone(): Promise<void> {
  const list = await callIn(launched.window, 'proposals.list', { page: null });
  expect(list).toMatchObject({
    ok: true,
    value: { newest: '1', rows: [{ transactionIndex: '1', verdict: 'match' }] },
  });
}

/** Asks for what is missing and for nothing twice. */
async function expectFinish(): Promise<void> {
  await openSip();
  await confirmed(launched, () => submitButton().click());
  await launched.window.getByText('SIP-2 is before the council as transaction 1, 2.').waitFor();
  const list = await callIn(launched.window, 'proposals.list', { page: null });
  expect(list).toMatchObject({ ok: true, value: { rows: [{ verdict: 'match' }, { verdict: 'match' }] } });
}

describe('in the middle of a submit', () => {
  it('the signer dies: nothing more is sent, and the next signature is made by a new one', async () => {
    await submitHalf();
    await kill('signer');
    await launched.window.getByText('SIGNER_GONE').waitFor();
    await expectFirstPartAlone();
    await expectFinish();
  });

  it('the page dies: it comes back, and the signature that was asked for can still be given', async () => {
    await submitHalf();
    // Playwright counts a crashed page as lost: main is asked about it from here on.
    await launched.app.evaluate(async ({ BrowserWindow }) => {
      const page = BrowserWindow.getAllWindows().find((one) =>
        one.webContents.getURL().includes('index.html'),
      );
      const back = new Promise<void>((resolve) => page?.webContents.once('did-finish-load', () => resolve()));
      page?.webContents.forcefullyCrashRenderer();
      await back;
    });
    await answerNext(launched);
    await launched.app.evaluate(async ({ BrowserWindow }) => {
      const page = BrowserWindow.getAllWindows().find((one) =>
        one.webContents.getURL().includes('index.html'),
      );
      const both =
        "council.call('proposals.list', { page: null }).then(({ value }) => value?.rows.filter(({ verdict }) => verdict === 'match').length === 2)";
      while (!(await page?.webContents.executeJavaScript(both)));
    });
  });

  it('the engine dies: what waited for a person is refused, and the window says what to do', async () => {
    await submitHalf();
    const confirm = await secondWindow();
    const closed = confirm.waitForEvent('close');
    await kill('engine');
    await closed;
    await launched.window.getByText('ENGINE_GONE').first().waitFor();
  });

  it('the network dies: its chain is gone, and the window says so', async () => {
    await submitHalf();
    await kill('embedded network');
    await launched.window.getByText('NETWORK_GONE').first().waitFor();
  });

  it('the app dies: started again on the same folder it is clean and works', async () => {
    await submitHalf();
    const main = launched.app.process();
    const gone = new Promise((resolve) => main.once('exit', resolve));
    main.kill('SIGKILL');
    await gone;
    await launched.close();
    launched = await launchApp({ display, dataDir: folder });
    await untilReady(launched.window);
    expect(await callIn(launched.window, 'activity.read', {})).toMatchObject({ ok: true, value: [] });
    await openSip();
    await confirmed(launched, () => submitButton().click());
    await answerNext(launched);
    await launched.window.getByText('SIP-2 is before the council as transaction 1, 2.').waitFor();
  });
});
