import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderFiles } from '#governance/adapters/files.ts';
import { keypairFileSigner } from '#governance/adapters/keypair-file.ts';
import { changeRequestsFile, keepChangeRequest } from '#governance/change-requests/beside.ts';
import {
  type ChangeRequest,
  parseChangeRequests,
  renderChangeRequests,
  signChangeRequest,
  type Wish,
} from '#governance/change-requests/request.ts';
import type { Address } from '#governance/types.ts';
import { keypairSigner } from '#test/support/memory-ports.ts';
import { base64, expectRefused } from '../testing/calls.ts';
import { startTestEngine, type TestEngine } from '../testing/test-engine.ts';

let test: TestEngine;
let digest: string;
/** Of the first seat, about the text of SIP-8. */
let asked: ChangeRequest;
beforeAll(async () => {
  test = await startTestEngine();
  await test.as('0');
  digest = (await test.get('sips.read', { sip: 8 })).row.digest;
});
afterAll(() => test?.stop());

const documents = () => test.engine.world.documents;
const own = () => documents().folder;
const fileOf = () => documents().sip(8).file;
const beside = async () => (await readdir(own())).filter((name) => name.includes('.changes.'));
const ask = (text: string, more: object = {}) =>
  test.ask('sips.request-changes', { digest, text, seat: '0', ...more });
const read = async () => (await test.get('sips.requests', { digest })).requests;
const file = (...requests: readonly ChangeRequest[]) => base64(renderChangeRequests(requests));
const take = (content: string) =>
  test.ask('sips.import-statements', { name: 'C:\\x\\given.jsonl', base64: content });
const byMember = async (seat: number, change: Partial<Wish>) => {
  const signer = await keypairFileSigner(test.info.members[seat]!.keypairPath);
  const reviewer = test.info.members[seat]!.publicKey as Address;
  return signChangeRequest({ ...asked, reviewer, ...change }, signer);
};
/** The row of SIP-8 as this seat's inbox has it. */
async function rowFor(seat: string | null) {
  await test.as(seat);
  test.engine.world.requests.forget();
  const { sections } = await test.get('inbox.read', {});
  const rows = sections.find(({ title }) => title === 'Changes asked for')?.rows ?? [];
  await test.as('0');
  return rows.find(({ route }) => route === 'sip/8');
}

describe('a request that is signed here', () => {
  it('is of the key that was shown, over the text that was shown, and no other', async () => {
    await expectRefused(ask('Halve the cap.', { seat: '1' }), 'SEAT_CHANGED');
    await expectRefused(ask('Halve the cap.', { digest: '0'.repeat(64) }), 'CHANGE_REQUEST_TEXT_CHANGED');
    await expectRefused(ask('Halve\u200b the cap.'), 'CHANGE_REQUEST_TEXT');
    await test.as(null);
    await expectRefused(ask('Halve the cap.', { seat: null }), 'USAGE', /^Nobody signs/);
    await test.as('0');
    expect(test.asked).toEqual([]);
    expect(await beside()).toEqual([]);
  });

  it('is not kept where its person does not confirm', async () => {
    test.person.confirms = false;
    await expectRefused(ask('Halve the cap.'), 'SIGNING_REFUSED');
    test.person.confirms = true;
    expect(await beside()).toEqual([]);
  });

  it('is kept beside the document with the text that it is about', async () => {
    const told = await test.get('sips.request-changes', { digest, text: ' Halve the cap. ', seat: '0' });
    const key = test.info.members[0]!.publicKey;
    expect(told).toMatchObject({ line: expect.stringContaining(digest), signatures: [expect.any(String)] });
    const [name = ''] = await beside();
    [asked] = parseChangeRequests(await readFile(join(own(), name)), name) as [ChangeRequest];
    expect(asked).toMatchObject({ reviewer: key, digest, sip: 8, text: 'Halve the cap.' });
    expect(name).toBe(changeRequestsFile(fileOf(), asked));
    expect(told.signatures).toEqual([asked.signature]);
    expect(test.engine.store.byDigest(digest)?.sip.header.sip).toBe(8);
    expect(await read()).toMatchObject([
      { seat: 'Seat 0', publicKey: key, standing: '', open: true, faults: [], text: 'Halve the cap.' },
    ]);
  });

  it('waits in the inbox of whoever may be the author, and not of who asked', async () => {
    expect(await rowFor('0')).toBeUndefined();
    for (const seat of ['1', 'guardian', null])
      expect(await rowFor(seat)).toMatchObject({
        title: expect.stringMatching(/^SIP-8 · /),
        detail: expect.stringMatching(/^Seat 0 asked for changes to its text /),
      });
    expect((await test.get('state.read', {})).counts.inbox).toBe(7);
    await test.as('1');
    expect((await test.get('state.read', {})).counts.inbox).toBe(8);
    await test.as('0');
  });
});

describe('a request as a file', () => {
  it('goes where its person says, with the name that it has beside the document', async () => {
    const [{ id } = { id: '' }] = await read();
    test.person.saves = false;
    expect(await test.get('sips.export-request', { digest, id })).toEqual({ saved: false });
    test.person.saves = true;
    expect(await test.get('sips.export-request', { digest, id })).toEqual({ saved: true });
    const { fileName, bytes } = test.saved.at(-1)!;
    expect(fileName).toBe(changeRequestsFile(fileOf(), asked));
    expect(parseChangeRequests(bytes, fileName)).toEqual([asked]);
    await expectRefused(test.ask('sips.export-request', { digest, id: '0'.repeat(64) }), 'USAGE');
    await expectRefused(
      test.ask('sips.export-request', { digest: '0'.repeat(64), id }),
      'CHANGE_REQUEST_TEXT_CHANGED',
    );
  });

  it('is taken in when it is what it says, and one that is not takes nothing in with it', async () => {
    const other = await byMember(1, { text: 'Name the audits.' });
    await expectRefused(
      take(file({ ...other, text: 'Raise the cap.' })),
      'CHANGE_REQUEST_INVALID',
      /did not sign/,
    );
    const elsewhere = await byMember(1, { council: test.info.members[2]!.publicKey as Address });
    await expectRefused(take(file(other, elsewhere)), 'CHANGE_REQUEST_INVALID', /another council/);
    await expectRefused(take(base64('no request\n')), 'CHANGE_REQUEST_INVALID', /^given\.jsonl /);
    await expectRefused(take(file(await byMember(1, { sip: 77 }))), 'SIP_NOT_FOUND');
    expect(await beside()).toHaveLength(1);
    expect(await test.get('sips.import-statements', { name: 'a.jsonl', base64: file(other) })).toEqual({
      ...{ kind: 'requests', sip: 8, taken: 1 },
    });
    expect((await read()).map(({ text }) => text).sort()).toEqual(['Halve the cap.', 'Name the audits.']);
    expect(await rowFor(null)).toMatchObject({ detail: expect.stringContaining('So did 1 other.') });
    expect(await rowFor('0')).toMatchObject({ detail: expect.stringMatching(/^Seat 1 asked/) });
  });

  it('of a key that is no member is shown as none, and what is forged in an added folder as false', async () => {
    const clone = join(test.dataDir, '..', 'clone');
    await mkdir(clone);
    test.person.chooses = clone;
    await test.get('sources.add', {});
    const stranger = keypairSigner();
    const reviewer = stranger.publicKey.toBase58() as Address;
    const files = folderFiles(clone);
    await keepChangeRequest(
      files,
      fileOf(),
      await signChangeRequest({ ...asked, reviewer, text: 'Buy mine.' }, stranger),
    );
    await keepChangeRequest(files, fileOf(), { ...(await byMember(2, {})), text: 'Raise the cap.' });
    const unread = changeRequestsFile(fileOf(), { digest: asked.digest, reviewer: test.info.council });
    await writeFile(join(clone, unread), 'no request\n');
    const { requests, problems } = await test.get('sips.requests', { digest });
    const named = (text: string) => requests.find((one) => one.text === text);
    expect(named('Buy mine.')).toMatchObject({ standing: 'no member of this council', faults: [] });
    expect(named('Raise the cap.')).toMatchObject({ faults: [expect.stringContaining('did not sign')] });
    expect(problems).toEqual([expect.stringContaining(unread)]);
    expect(problems[0]).not.toContain(test.dataDir);
    // The stranger is one more who asks; what is forged asks nothing.
    expect(await rowFor(null)).toMatchObject({ detail: expect.stringContaining('So did 2 others.') });
    await rm(clone, { recursive: true });
  });
});

it('without a chain requests are shown all the same, and nobody is called a stranger', async () => {
  test.gate.closed = true;
  expect(await read()).toHaveLength(2);
  test.gate.closed = false;
});

it('a new text answers them: they stay in sight, and wait for nobody any more', async () => {
  const { text, fileName } = await test.get('sips.read', { sip: 8 });
  await test.get('sips.save', { text: text.replace('250,000', '125,000'), fileName });
  expect(await rowFor(null)).toBeUndefined();
  const now = (await test.get('sips.read', { sip: 8 })).row.digest;
  const { requests } = await test.get('sips.requests', { digest: now });
  expect(requests.map(({ open, digest: about }) => [open, about])).toEqual([
    [false, digest],
    [false, digest],
  ]);
});
