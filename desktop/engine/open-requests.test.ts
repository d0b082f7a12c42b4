import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { folderFiles } from '#governance/adapters/files.ts';
import { addressOf } from '#governance/chain/address.ts';
import { changeRequestsFile, keepChangeRequest } from '#governance/change-requests/beside.ts';
import { type ChangeRequest, signChangeRequest } from '#governance/change-requests/request.ts';
import type { Digest, UnixSeconds } from '#governance/types.ts';
import { keypairSigner } from '#test/support/memory-ports.ts';
import { Documents } from './documents.ts';
import { OpenRequests } from './open-requests.ts';
import { TextStore } from './store.ts';

const NAME = 'sip-0008-whitelist-jupsol.md';
const signer = keypairSigner();
const key = addressOf(signer.publicKey);
const pins = { council: key, programId: key, genesisHash: key as string };
/** Everything is asked for again at once. */
let now = 0;
const timer = { now: () => (now += 60_000) };

let root: string;
let own: string;
let clone: string;
let documents: Documents;
let requests: OpenRequests;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'requests-'));
  own = join(root, 'own');
  clone = join(root, 'clone');
  mkdirSync(own);
  mkdirSync(clone);
  writeFileSync(join(own, NAME), readFileSync(`sips/${NAME}`));
  documents = new Documents(own, new TextStore(folderFiles(join(root, 'data'))), () => [clone]);
  await documents.reload();
  requests = new OpenRequests(documents, pins, timer);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true });
});

const wish = (text: string, digest: string = documents.sip(8).digest) => ({
  ...({ schemaVersion: 1, tool: '0.1.0', genesisHash: key, programId: key, council: key } as const),
  ...{ sip: 8, digest: digest as Digest, chainTime: 5n as UnixSeconds, text, reviewer: key },
});
const ask = (text: string, digest?: string) => signChangeRequest(wish(text, digest), signer);
const keep = (folder: string, one: ChangeRequest, name = NAME) =>
  keepChangeRequest(folderFiles(folder), name, one);
const texts = async () =>
  [...(await requests.read())].map(([digest, found]) => [digest, ...found.map(({ text }) => text)]);

it('are found in every folder, once each, also beside an earlier name of the file', async () => {
  expect(await texts()).toEqual([]);
  const one = await ask('Halve the cap.');
  await keep(own, one);
  await keep(clone, one, 'sip-0008-earlier.md');
  await keep(clone, await ask('Name the audits.'), NAME);
  const [[digest, ...found] = []] = await texts();
  expect(digest).toBe(documents.sip(8).digest);
  expect(found.sort()).toEqual(['Halve the cap.', 'Name the audits.']);
});

it('are none of another text, of another SIP’s file, or of what is not what it says', async () => {
  await keep(own, await ask('Of an earlier text.', '0'.repeat(64)));
  await keep(own, await ask('Beside another.'), 'sip-0009-x.md');
  await keep(own, { ...(await ask('Signed otherwise.')), text: 'Forged.' });
  const elsewhere = { ...wish('Of another council.'), council: addressOf(keypairSigner().publicKey) };
  await keep(clone, await signChangeRequest(elsewhere, signer));
  expect((await texts()).flat().slice(1)).toEqual([]);
});

it('follow no link, and a file that cannot be read hides none of the others', async () => {
  const one = await ask('Halve the cap.');
  await keep(clone, one);
  const other = changeRequestsFile(NAME, { digest: one.digest, reviewer: pins.council });
  symlinkSync(join(clone, other), join(own, other));
  const stranger = changeRequestsFile(NAME, {
    digest: one.digest,
    reviewer: addressOf(keypairSigner().publicKey),
  });
  writeFileSync(join(own, stranger), 'no request\n');
  expect((await texts()).flat().slice(1)).toEqual(['Halve the cap.']);
  rmSync(clone, { recursive: true });
  expect((await texts()).flat().slice(1)).toEqual([]);
});

it('a second one in the same file is seen, and none is any more once the text has changed', async () => {
  await keep(own, await ask('Halve the cap.'));
  expect(await texts()).toHaveLength(1);
  await keep(own, await ask('Name the audits.'));
  expect((await texts()).flat()).toHaveLength(3);
  const path = join(own, NAME);
  // By another program: the documents are read again for it.
  writeFileSync(path, readFileSync(path, 'utf8').replace('250,000', '125,000'));
  vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000);
  expect(await texts()).toEqual([]);
});

it('of one text hide nothing of another, however many they are', async () => {
  const other = 'sip-0002-whitelist-the-four-launch-lsts.md';
  writeFileSync(join(own, other), readFileSync(`sips/${other}`));
  await documents.reload();
  const { digest } = documents.sip(8);
  const DIGITS = '123456789A';
  // Their names come before that of any key.
  for (let at = 0; at < 100; at += 1) {
    const reviewer = `${'1'.repeat(30)}${DIGITS[Math.floor(at / 10)]}${DIGITS[at % 10]}` as typeof key;
    writeFileSync(join(clone, changeRequestsFile(NAME, { digest, reviewer })), 'flood\n');
  }
  await keep(clone, await ask('Flooded.'));
  const { digest: second } = documents.sip(2);
  await keep(clone, await signChangeRequest({ ...wish('Seen.', second), sip: 2 }, signer), other);
  await keep(own, await ask('Seen in another folder.'));
  expect((await texts()).flat()).toEqual([digest, 'Seen in another folder.', second, 'Seen.']);
});
