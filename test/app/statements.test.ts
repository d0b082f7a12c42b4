import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keypairFileSigner } from '#governance/adapters/keypair-file.ts';
import { changeRequestsFile } from '#governance/change-requests/beside.ts';
import {
  type ChangeRequest,
  parseChangeRequests,
  renderChangeRequests,
  signChangeRequest,
} from '#governance/change-requests/request.ts';
import { runSip } from '#governance/cli/testing/run-sip.ts';
import type { SandboxInfo } from '#governance/sandbox/info.ts';
import type { Address } from '#governance/types.ts';
import { keypairSigner } from '#test/support/memory-ports.ts';
import { axeFinds, bringAxe } from './support/axe.ts';
import { confirmed } from './support/confirm.ts';
import { type Display, startDisplay } from './support/display.ts';
import { type Launched, launchApp } from './support/launch.ts';
import { callIn, untilReady } from './support/page.ts';
import { show } from './support/screens.ts';
import { screenshot } from './support/screenshot.ts';

/** Reviewers ask for changes of a text, before it is proposed and after; members give receipts. Nothing of it counts as a vote. */

const WANTED = 'Halve the cap.\n\nName the audits – all of them.';

let display: Display;
let launched: Launched;
let page: Page;
let info: SandboxInfo;
let folder: string;
let fileName: string;

beforeAll(async () => {
  display = await startDisplay();
  launched = await launchApp({ display });
  page = launched.window;
  await untilReady(page);
  const own = join(launched.dataDir, 'share', 'solayer-council');
  info = JSON.parse(readFileSync(join(own, 'sandbox', 'window', 'sandbox.json'), 'utf8')) as SandboxInfo;
  folder = join(own, 'sips', readdirSync(join(own, 'sips'))[0] ?? '');
  fileName = readdirSync(folder).find((name) => name.startsWith('sip-0008')) ?? 'none';
  await bringAxe(page);
  await callIn(page, 'theme.choose', { theme: 'light' });
});
afterAll(async () => {
  await launched?.close();
  await display?.stop();
});

const card = (title: string) =>
  page.locator('section.card', { has: page.getByRole('heading', { name: title, exact: true }) });
const rows = () => card('Requests for changes').getByRole('listitem');
const beside = () => readdirSync(folder).filter((name) => name.includes('.changes.'));

/** From the button to the confirm window. @returns what that showed */
async function askedFor(wanted: string, seat: string): Promise<string> {
  await page.getByRole('button', { name: 'Request changes…' }).click();
  await page.getByLabel(/^What should change/).fill(wanted);
  const look = (confirm: Page) =>
    screenshot(confirm, `confirm-request-changes-${seat.toLowerCase().replace(' ', '-')}`);
  return confirmed(
    launched,
    () => page.getByRole('button', { name: `Request changes with ${seat}` }).click(),
    /^Sign/,
    look,
  );
}

/** As a reviewer's file comes from elsewhere. */
function give(request: ChangeRequest): void {
  const path = join(folder, changeRequestsFile(fileName, request));
  writeFileSync(path, renderChangeRequests([request]));
  chmodSync(path, 0o644);
}

it('a member asks for changes to a text that is not on chain yet; the signer shows what it signs', async () => {
  await show(page, 'sip/8', 'light');
  await card('Requests for changes').getByText('None lies beside the document.').waitFor();
  const shown = await askedFor(WANTED, 'Seat 0');
  expect(shown).toContain('Request changes to SIP-8');
  expect(shown).toContain(WANTED);
  expect(shown).toContain('nothing: it is no vote');
  await page.getByText('Asked for changes to SIP-8.').waitFor();
  await rows().filter({ hasText: 'about this text' }).filter({ hasText: 'Name the audits' }).waitFor();
  expect(beside()).toHaveLength(1);
});

it('goes to its author as a file, and only as it was signed', async () => {
  const saved = join(launched.dataDir, 'request.jsonl');
  await launched.app.evaluate(({ dialog }, to) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: to });
  }, saved);
  await page.getByRole('button', { name: 'Save as file' }).click();
  await page.getByText('Saved.', { exact: true }).waitFor();
  const [own = ''] = beside();
  const content = readFileSync(join(folder, own));
  expect(Buffer.compare(readFileSync(saved), content)).toBe(0);
  rmSync(join(folder, own));
  await card('Requests for changes').getByText('None lies beside the document.').waitFor();
  const choose = (buffer: Buffer) =>
    page
      .getByLabel('Choose a request', { exact: true })
      .last()
      .setInputFiles({ name: 'request.jsonl', mimeType: 'text/plain', buffer });
  await choose(Buffer.from(content.toString().replace('Halve', 'Raise')));
  await page.getByText('CHANGE_REQUEST_INVALID').waitFor();
  expect(beside()).toEqual([]);
  await choose(content);
  await page.getByText('A request for changes to SIP-8 lies beside the document now.').waitFor();
  await rows().filter({ hasText: 'Name the audits' }).waitFor();
  expect(beside()).toEqual([own]);
});

it('waits in the inbox of its author until there is another text, and not of who asked', async () => {
  const row = page.locator('section.card .row', { hasText: 'Changes asked for' });
  await callIn(page, 'seat.choose', { seat: '1' });
  await show(page, 'inbox', 'light');
  await row.getByText(/^Seat 0 asked for changes to its text /).waitFor();
  for (const theme of ['light', 'dark'] as const) {
    await callIn(page, 'theme.choose', { theme });
    await show(page, 'inbox', theme);
    await row.scrollIntoViewIfNeeded();
    await screenshot(page, `inbox-requests-${theme}`);
    expect(await axeFinds(page, `inbox, ${theme}`)).toEqual([]);
  }
  await callIn(page, 'theme.choose', { theme: 'light' });
  await callIn(page, 'seat.choose', { seat: '0' });
  await row.waitFor({ state: 'detached' });
  await callIn(page, 'seat.choose', { seat: '1' });
  await row.getByRole('link', { name: /^Read: SIP-8/ }).click();
  await rows().filter({ hasText: 'Name the audits' }).waitFor();
  await callIn(page, 'seat.choose', { seat: '0' });
});

it('a refusal in the confirm window signs and keeps nothing', async () => {
  await page.getByRole('button', { name: 'Request changes…' }).click();
  await page.getByLabel(/^What should change/).fill('Never mind.');
  const press = () => page.getByRole('button', { name: 'Request changes with Seat 0' }).click();
  await confirmed(launched, press, /^Do not sign/);
  await page.getByText('SIGNING_REFUSED').waitFor();
  // What was typed is still there.
  expect(await page.getByLabel(/^What should change/).inputValue()).toBe('Never mind.');
  expect(await rows().count()).toBe(1);
});

it('a key that is no member may ask, and is shown as none', async () => {
  await callIn(page, 'seat.choose', { seat: 'guardian' });
  await show(page, 'sips', 'light');
  await show(page, 'sip/8', 'light');
  await askedFor('Tell the guardian when.', 'Guardian');
  await rows().filter({ hasText: 'no member of this council' }).filter({ hasText: 'guardian' }).waitFor();
  await callIn(page, 'seat.choose', { seat: '0' });
});

it('what is forged, for another council, or no request at all is told and hides nothing', async () => {
  const path = join(folder, beside().find((name) => name.includes(info.members[0]!.publicKey))!);
  const [honest] = parseChangeRequests(new Uint8Array(readFileSync(path)), path) as [ChangeRequest];
  const stranger = keypairSigner();
  const by = { ...honest, reviewer: stranger.publicKey.toBase58() as Address };
  give(await signChangeRequest({ ...by, text: 'Buy mine.' }, stranger));
  const member = info.members[2]!;
  const theirs = { ...honest, reviewer: member.publicKey as Address };
  give({ ...theirs, text: 'Raise the cap.' });
  const signer = await keypairFileSigner(info.members[1]!.keypairPath);
  const mine = { ...honest, reviewer: info.members[1]!.publicKey as Address };
  give(
    await signChangeRequest({ ...mine, text: 'Elsewhere.', council: member.publicKey as Address }, signer),
  );
  const broken = join(
    folder,
    path.replace(/.*\//, '').replace(/\.changes\.[0-9a-f]{64}/, `.changes.${'0'.repeat(64)}`),
  );
  writeFileSync(broken, 'no request\n');
  chmodSync(broken, 0o644);
  await rows().filter({ hasText: 'Buy mine.' }).filter({ hasText: 'no member of this council' }).waitFor();
  await rows().filter({ hasText: 'Raise the cap.' }).filter({ hasText: 'did not sign this' }).waitFor();
  await rows().filter({ hasText: 'Elsewhere.' }).filter({ hasText: 'another council' }).waitFor();
  await card('Requests for changes').getByRole('alert').filter({ hasText: 'holds no requests' }).waitFor();
  await rows().filter({ hasText: 'Name the audits' }).waitFor();
  for (const theme of ['light', 'dark'] as const) {
    await callIn(page, 'theme.choose', { theme });
    await show(page, 'sip/8', theme);
    await rows().first().scrollIntoViewIfNeeded();
    await screenshot(page, `sip-8-requests-${theme}`);
    expect(await axeFinds(page, `requests, ${theme}`)).toEqual([]);
  }
});

it('text that would not be seen for what it is reaches no confirm window', async () => {
  const { digest } = (await callIn(page, 'sips.read', { sip: 8 }).then((read) =>
    read.ok ? read.value.row : Promise.reject(new Error(read.error.message)),
  )) as { digest: string };
  for (const text of ['Raise \u202eevah the cap', 'Halve\u200b it', ' \n '])
    expect(await callIn(page, 'sips.request-changes', { digest, text, seat: '0' })).toMatchObject({
      ok: false,
      error: { code: 'CHANGE_REQUEST_TEXT', sent: 'no' },
    });
  expect(
    await callIn(page, 'sips.request-changes', { digest: '0'.repeat(64), text: 'x', seat: '0' }),
  ).toMatchObject({ ok: false, error: { code: 'CHANGE_REQUEST_TEXT_CHANGED' } });
  expect(await callIn(page, 'sips.request-changes', { digest, text: 'x', seat: '1' })).toMatchObject({
    ok: false,
    error: { code: 'SEAT_CHANGED' },
  });
});

it('a new text answers them, and they stay in sight, in the window and on the command line', async () => {
  const path = join(folder, fileName);
  writeFileSync(path, readFileSync(path, 'utf8').replace('250,000', '125,000'));
  await rows().filter({ hasText: 'Name the audits' }).filter({ hasText: 'answered by a new text' }).waitFor();
  expect(await rows().filter({ hasText: 'about this text' }).count()).toBe(0);
  // What they are about is still there, beside what answers it.
  await page.getByText('Another text of this number').waitFor();
  await rows().first().scrollIntoViewIfNeeded();
  await screenshot(page, 'sip-8-requests-answered-dark');
  await callIn(page, 'seat.choose', { seat: '1' });
  await show(page, 'inbox', 'dark');
  await page.getByRole('heading', { name: 'Waiting for a sponsor', exact: true }).waitFor();
  await page.getByRole('heading', { name: 'Changes asked for', exact: true }).waitFor({ state: 'detached' });
  await callIn(page, 'seat.choose', { seat: '0' });
  const { rpcUrl, council, programId } = info;
  const at = ['--url', rpcUrl, '--council', council, '--program-id', programId];
  const status = await runSip(['status', path, ...at, '--output', 'json']);
  expect(status.json()).toMatchObject({
    changeRequestProblems: [{ code: 'CHANGE_REQUEST_INVALID' }],
    changeRequests: expect.arrayContaining([
      expect.objectContaining({ text: WANTED, about: 'another-text', isMember: true, faults: [] }),
      expect.objectContaining({ text: 'Tell the guardian when.', isMember: false, faults: [] }),
    ]),
  });
});

it('a member gives a receipt beside the vote; it approves nothing', async () => {
  const press = async () => void callIn(page, 'sips.submit', { sip: 4 });
  expect(await confirmed(launched, press)).toContain('Propose SIP-4');
  await callIn(page, 'theme.choose', { theme: 'light' });
  await show(page, 'tx/1/votes', 'light');
  const give = page.getByRole('button', { name: 'Give a receipt with Seat 0' });
  await give.waitFor();
  const look = (confirm: Page) => screenshot(confirm, 'confirm-receipt');
  const shown = await confirmed(launched, () => give.click(), /^Sign/, look);
  expect(shown).toContain('Give a review receipt for SIP-4, transaction 1');
  expect(shown).toContain('a receipt approves nothing');
  await page.getByText(/Gave a receipt for transaction 1, verdict match/).waitFor();
  const receipt = card('Review receipts').getByRole('listitem').filter({ hasText: 'match' });
  await receipt.waitFor();
  const saved = join(launched.dataDir, 'receipt.jsonl');
  await launched.app.evaluate(({ dialog }, to) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: to });
  }, saved);
  await receipt.getByRole('button', { name: 'Save as file' }).click();
  await receipt.getByText('Saved.', { exact: true }).waitFor();
  const [own = ''] = readdirSync(folder).filter((name) => name.includes('.receipts.'));
  const content = readFileSync(join(folder, own));
  expect(Buffer.compare(readFileSync(saved), content)).toBe(0);
  rmSync(join(folder, own));
  const choose = (buffer: Buffer) =>
    page
      .getByLabel('Choose a receipt', { exact: true })
      .last()
      .setInputFiles({ name: 'receipt.jsonl', mimeType: 'text/plain', buffer });
  await choose(Buffer.from(content.toString().replace('"verdict":"match"', '"verdict":"stale"')));
  await page.getByText('RECEIPT_INVALID').waitFor();
  await choose(content);
  await page.getByText('A receipt for SIP-4 lies beside the document now.').waitFor();
  await receipt.waitFor();
  expect(await callIn(page, 'proposals.read', { transactionIndex: '1' })).toMatchObject({
    ok: true,
    value: { approvals: 0 },
  });
  await askedFor('Say which epoch.', 'Seat 0');
  await rows().filter({ hasText: 'Say which epoch.' }).filter({ hasText: 'about this text' }).waitFor();
  for (const theme of ['light', 'dark'] as const) {
    await callIn(page, 'theme.choose', { theme });
    await show(page, 'tx/1/votes', theme);
    await give.scrollIntoViewIfNeeded();
    await screenshot(page, `tx-1-votes-statements-${theme}`);
    expect(await axeFinds(page, `votes, ${theme}`)).toEqual([]);
  }
});
