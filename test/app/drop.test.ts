import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JSHandle, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keypairFileSigner } from '#governance/adapters/keypair-file.ts';
import { renderChangeRequests, signChangeRequest } from '#governance/change-requests/request.ts';
import { exportHandoff } from '#governance/handoff/sipz.ts';
import { renderReceipts, signReceipt } from '#governance/receipts/receipt.ts';
import type { SandboxInfo } from '#governance/sandbox/info.ts';
import { parseUnnamed } from '#governance/sip/parse-unnamed.ts';
import type { Address, UnixSeconds } from '#governance/types.ts';
import { axeFinds, bringAxe } from './support/axe.ts';
import { confirmed } from './support/confirm.ts';
import { type Display, startDisplay } from './support/display.ts';
import { elsewhere } from './support/elsewhere.ts';
import { type Launched, launchApp } from './support/launch.ts';
import { callIn, untilReady } from './support/page.ts';
import { show } from './support/screens.ts';
import { screenshot } from './support/screenshot.ts';

/** Files that are dropped: on any screen a SIP is handed in, beside a transaction without a text its text is given. */

let display: Display;
let launched: Launched;
let page: Page;
let own: string;
let info: SandboxInfo;
let four: string;
let eight: string;

beforeAll(async () => {
  display = await startDisplay();
  launched = await launchApp({ display });
  page = launched.window;
  await untilReady(page);
  own = join(launched.dataDir, 'share', 'solayer-council');
  info = JSON.parse(readFileSync(join(own, 'sandbox', 'window', 'sandbox.json'), 'utf8')) as SandboxInfo;
  [four, eight] = [textOf('sip-0004'), textOf('sip-0008')];
  let submitting: Promise<unknown> = Promise.resolve();
  await confirmed(launched, async () => {
    submitting = callIn(page, 'sips.submit', { sip: 4 });
  });
  expect(await submitting).toMatchObject({ ok: true });
  await bringAxe(page);
});
afterAll(async () => {
  await launched?.close();
  await display?.stop();
});

function documents(): string {
  const [genesis = ''] = readdirSync(join(own, 'sips'));
  return join(own, 'sips', genesis);
}
const textOf = (prefix: string): string => {
  const file = readdirSync(documents()).find((name) => name.startsWith(prefix)) ?? '';
  return readFileSync(join(documents(), file), 'utf8');
};
const bytesOf = (text: string) => new TextEncoder().encode(text);
const numbered = (number: number) => eight.replace('SIP: 8\n', `SIP: ${number}\n`);

function patchOf(text: string): string {
  const lines = text.replace(/\n$/, '').split('\n');
  const head = ['--- /dev/null', '+++ b/sips/sip-0031-jupsol.md', `@@ -0,0 +1,${lines.length} @@`];
  return [...head, ...lines.map((line) => `+${line}`), ''].join('\n');
}

interface Given {
  readonly name: string;
  readonly content: string;
}

const transferOf = (files: readonly Given[]): Promise<JSHandle<DataTransfer>> =>
  page.evaluateHandle((given) => {
    const transfer = new DataTransfer();
    for (const { name, content } of given) transfer.items.add(new File([content], name));
    return transfer;
  }, files);

async function drag(type: 'dragenter' | 'dragover' | 'drop', dataTransfer: JSHandle): Promise<void> {
  await page.dispatchEvent('.screen h1', type, { dataTransfer });
}

async function drop(...files: readonly Given[]): Promise<void> {
  const transfer = await transferOf(files);
  await drag('dragenter', transfer);
  await page.locator('.drop-over').waitFor();
  await drag('drop', transfer);
  await page.locator('.drop-over').waitFor({ state: 'detached' });
}

const told = (name: string) =>
  page.locator('.dropped .card', { has: page.getByRole('heading', { name, exact: true }) });
const close = () => page.locator('.dropped').getByRole('button', { name: 'Close' }).click();

it.each(['light', 'dark'] as const)(
  'says what will be taken while files are over the window, %s',
  async (theme) => {
    await callIn(page, 'theme.choose', { theme });
    await show(page, 'council', theme);
    const transfer = await transferOf([{ name: 'x.sipz', content: '' }]);
    await drag('dragenter', transfer);
    await page.getByText('Drop it to hand in a SIP').waitFor();
    expect(await axeFinds(page, 'files over the window')).toEqual([]);
    await screenshot(page, `drop-over-${theme}`);
    await page.dispatchEvent('body', 'dragleave', { dataTransfer: transfer });
    await page.getByText('Drop it to hand in a SIP').waitFor({ state: 'detached' });
  },
);

it('leaves text that is dragged to what is under it', async () => {
  const text = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.setData('text/plain', 'SIP: 9');
    return transfer;
  });
  await drag('dragenter', text);
  expect(await page.locator('.drop-over').count()).toBe(0);
});

it.each([
  ['inbox', 20],
  ['council', 21],
  ['settings', 22],
  ['epochs', 23],
  ['edit/8', 24],
  ['tx/1/votes', 25],
] as const)('takes a SIP on %s', async (route, number) => {
  await show(page, route, 'dark');
  await drop({ name: `given-${number}.md`, content: numbered(number) });
  await told(`given-${number}.md`).getByText('It is among the documents now.').waitFor();
  expect(await callIn(page, 'sips.read', { sip: number })).toMatchObject({ ok: true });
  expect(await axeFinds(page, route)).toEqual([]);
  await close();
  // The editor has the file's text nowhere in its own.
  expect(await page.locator('.cm-content', { hasText: `SIP: ${number}` }).count()).toBe(0);
});

it('tells of several files what becomes of each', async () => {
  await show(page, 'registry', 'dark');
  const author = await keypairFileSigner(info.members[5]!.keypairPath);
  const signed = await exportHandoff(bytesOf(numbered(30)), author, (bytes) => {
    const { header, digest } = parseUnnamed(bytes, 'test');
    return { sip: header.sip, digest };
  });
  await drop(
    { name: 'jupsol.sipz', content: new TextDecoder().decode(signed) },
    { name: 'holiday.png', content: 'no SIP' },
    { name: 'notes.md', content: 'no SIP' },
    { name: 'huge.md', content: 'x'.repeat(600_000) },
    { name: 'again.md', content: numbered(30) },
    { name: '0001-sip.patch', content: patchOf(numbered(31)) },
  );
  await told('jupsol.sipz').getByText('Seat 5').waitFor();
  await told('holiday.png').getByText('It is no .sipz, .md or patch').waitFor();
  await told('notes.md').getByText('SIP_INVALID').waitFor();
  await told('huge.md').getByText('larger than 512 KiB').waitFor();
  await told('0001-sip.patch').getByText('It is among the documents now.').waitFor();
  await told('again.md').getByText('The same text was here already.').waitFor();
  expect(await axeFinds(page, 'several files')).toEqual([]);
  await screenshot(page, 'drop-several-dark');
  await drop(...Array.from({ length: 11 }, (_, at) => ({ name: `${at}.md`, content: numbered(40 + at) })));
  await told('11 files').getByText('At most 10 are taken at once. Nothing was read.').waitFor();
  expect(await callIn(page, 'sips.read', { sip: 40 })).toMatchObject({
    ok: false,
    error: { code: 'SIP_NOT_FOUND' },
  });
  await close();
});

it('takes what reviewers and members signed, and nothing that they did not', async () => {
  await show(page, 'council', 'dark');
  const { publicKey, keypairPath } = info.members[5]!;
  const signer = await keypairFileSigner(keypairPath);
  const { council, programId } = info;
  const said = {
    ...({
      schemaVersion: 1,
      tool: '0.1.0',
      genesisHash: readdirSync(join(own, 'sips'))[0] as Address,
    } as const),
    ...{ programId, council, chainTime: 1_795_530_000n as UnixSeconds },
  };
  const request = await signChangeRequest(
    {
      ...said,
      sip: 8,
      digest: parseUnnamed(bytesOf(eight), '8').digest,
      text: 'Halve it.',
      reviewer: publicKey,
    },
    signer,
  );
  const receipt = await signReceipt(
    {
      ...{ ...said, sip: 4, digest: parseUnnamed(bytesOf(four), '4').digest, member: publicKey },
      ...({ transactionIndex: 1, verdict: 'match', messageHash: null } as const),
    },
    signer,
  );
  const content = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  await drop(
    { name: 'request.jsonl', content: content(renderChangeRequests([request])) },
    { name: 'receipt.jsonl', content: content(renderReceipts([receipt])) },
    { name: 'forged.jsonl', content: content(renderReceipts([{ ...receipt, verdict: 'stale' }])) },
    { name: 'other.jsonl', content: '{}\n' },
  );
  await told('request.jsonl')
    .getByText('A request for changes to SIP-8 lies beside the document now.')
    .waitFor();
  await told('receipt.jsonl').getByText('A receipt for SIP-4 lies beside the document now.').waitFor();
  await told('forged.jsonl').getByText('RECEIPT_INVALID').waitFor();
  await told('other.jsonl').getByText('CHANGE_REQUEST_INVALID').waitFor();
  const beside = readdirSync(documents()).filter((name) => name.endsWith('.jsonl'));
  expect(beside.map((name) => name.split('.')[2]).sort()).toEqual(['changes', 'receipts']);
  expect(await axeFinds(page, 'statements dropped')).toEqual([]);
  await screenshot(page, 'drop-statements-dark');
  await close();
  // Its words are the member's, and the chain has others: that is told where it is shown.
  expect(await callIn(page, 'proposals.receipts', { transactionIndex: '1' })).toMatchObject({
    value: { receipts: [{ faults: [expect.stringContaining('another message')] }] },
  });
});

it('beside a transaction whose text is missing takes that text and no other', async () => {
  const text = numbered(40);
  const sips = mkdtempSync(join(tmpdir(), 'sips-'));
  writeFileSync(join(sips, 'sip-0040-whitelist-jupsol.md'), text);
  const other = elsewhere(launched, sips);
  await other.sip('submit', '40', '--as', '5', '--skip-check');
  other.end();
  rmSync(sips, { recursive: true });
  await show(page, 'tx/2/effect', 'dark');
  await page.getByText('digest-unknown').first().waitFor();
  const transfer = await transferOf([{ name: 'forty.md', content: text }]);
  await drag('dragenter', transfer);
  await page.getByText('Drop the text of transaction 2').waitFor();
  await screenshot(page, 'drop-over-text-dark');
  await drop({ name: 'other.md', content: numbered(50) });
  await told('other.md').getByText('This is another text. It was not taken').waitFor();
  expect(await callIn(page, 'sips.read', { sip: 50 })).toMatchObject({ ok: false });
  await drop({ name: 'a.md', content: text }, { name: 'b.md', content: text });
  await told('2 files').getByText('One document is the text of this transaction.').waitFor();
  await drop({ name: 'forty.md', content: text });
  await told('forty.md').getByText('It is the text of transaction 2').waitFor();
  await page.getByText('Does exactly what SIP-40 says').waitFor();
});

/** As the system hands it over; Chromium reads the disk itself. */
async function dropFromDisk(...files: readonly string[]): Promise<void> {
  const session = await launched.app.context().newCDPSession(page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
  await session.detach();
}

it('takes a file from the disk, leaves a folder, and tells the page no path', async () => {
  await show(page, 'council', 'dark');
  const file = join(launched.dataDir, 'from-disk.md');
  const folder = join(launched.dataDir, 'folder.md');
  writeFileSync(file, numbered(60));
  mkdirSync(folder);
  const seen = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        addEventListener(
          'drop',
          ({ dataTransfer }) => {
            const [one] = dataTransfer?.files ?? [];
            resolve(
              JSON.stringify([one?.name, one && 'path' in one, dataTransfer?.getData('text/uri-list')]),
            );
          },
          { capture: true, once: true },
        );
      }),
  );
  await dropFromDisk(file, folder);
  await told('from-disk.md').getByText('It is among the documents now.').waitFor();
  await told('folder.md').getByText('It is a folder.').waitFor();
  expect(JSON.parse(await seen)).toEqual(['from-disk.md', false, '']);
});
