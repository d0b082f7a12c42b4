import { execFileSync } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keypairFileSigner } from '#governance/adapters/keypair-file.ts';
import { exportHandoff } from '#governance/handoff/sipz.ts';
import { parseUnnamed } from '#governance/sip/parse-unnamed.ts';
import { base64, expectRefused } from '../testing/calls.ts';
import { startTestEngine, type TestEngine } from '../testing/test-engine.ts';

let test: TestEngine;
/** Of a number that nobody has. */
let text: string;
beforeAll(async () => {
  test = await startTestEngine();
  text = (await test.get('sips.read', { sip: 8 })).text.replace('SIP: 8\n', 'SIP: 9\n');
});
afterAll(() => test?.stop());

const bytesOf = (of: string) => new TextEncoder().encode(of);
const give = (name: string, content: string | Uint8Array) => ({ name, base64: base64(content) });
const other = () => text.replace('Title: Whitelist JupSOL', 'Title: Welcome JupSOL');

async function sipz(of: string, seat: number): Promise<Uint8Array> {
  const author = await keypairFileSigner(test.info.members[seat]!.keypairPath);
  return exportHandoff(bytesOf(of), author, (bytes) => {
    const { header, digest } = parseUnnamed(bytes, 'test');
    return { sip: header.sip, digest };
  });
}

const patchOf = (of: string): string => {
  const lines = of.replace(/\n$/, '').split('\n');
  return [
    '--- /dev/null',
    '+++ b/sips/sip-0009-whitelist-jupsol.md',
    `@@ -0,0 +1,${lines.length} @@`,
    ...lines.map((line) => `+${line}`),
    '',
  ].join('\n');
};

describe('what is handed in', () => {
  it.each([
    ['no SIP', 'hello', 'SIP_INVALID'],
    ['nothing', '', 'SIP_INVALID'],
    ['a damaged .sipz', '{"schemaVersion":1}', 'HANDOFF_INVALID'],
    ['a patch of nothing', '--- a\n', 'HANDOFF_INVALID'],
  ])('is refused for %s, and nothing is kept', async (_, content, code) => {
    await expectRefused(
      test.ask('sips.import', give('C:\\Users\\x\\given.sipz', content)),
      code,
      /^given\.sipz /,
    );
    expect(test.engine.store.texts).toEqual([]);
  });

  it('by another than who signed it is refused', async () => {
    const file = JSON.parse(new TextDecoder().decode(await sipz(text, 5))) as Record<string, unknown>;
    const forged = JSON.stringify({ ...file, author: test.info.members[0]!.publicKey });
    await expectRefused(test.ask('sips.import', give('x.sipz', forged)), 'HANDOFF_SIGNATURE_INVALID');
    expect(test.engine.store.texts).toEqual([]);
  });

  it('is new once, with its author by name, then known in whatever form it comes', async () => {
    expect(await test.get('sips.import', give('a.sipz', await sipz(text, 5)))).toMatchObject({
      ...{ sip: 9, state: 'new', diff: [] },
      ...{ author: test.info.members[5]!.publicKey, authorName: 'Seat 5' },
    });
    for (const form of [text, patchOf(text)])
      expect(await test.get('sips.import', give('a', form))).toMatchObject({
        ...{ state: 'known', author: test.info.members[5]!.publicKey },
      });
    expect((await test.get('sips.read', { sip: 9 })).text).toBe(text);
  });

  it('under a number that another text has is kept beside it', async () => {
    const given = await test.get('sips.import', give('b.md', other()));
    expect(given).toMatchObject({ state: 'taken', author: null, authorName: null });
    expect(given.diff.flatMap(({ lines }) => lines)).toContainEqual({
      kind: 'added',
      text: expect.stringContaining('Welcome JupSOL'),
    });
    expect((await test.get('sips.read', { sip: 9 })).text).toBe(text);
    expect(await test.get('sips.changes', { sip: 9 })).toMatchObject([
      { what: 'Another text of this number', digest: given.digest, author: null },
    ]);
  });

  it('never replaces a file of ours, not even one that is no SIP now', async () => {
    const { documents } = test.engine.world;
    const ten = text.replace('SIP: 9\n', 'SIP: 10\n');
    const parsed = parseUnnamed(bytesOf(ten), 'test');
    await writeFile(join(documents.folder, parsed.file), 'half a thought');
    expect(await test.get('sips.import', give('ten.md', ten))).toMatchObject({ state: 'taken' });
    const kept = documents.files.find(({ file }) => file === parsed.file);
    expect(new TextDecoder().decode(kept?.bytes)).toBe('half a thought');
    expect(test.engine.store.byDigest(parsed.digest)).toBeDefined();
  });
});

describe('what is handed out', () => {
  it('goes where its person says, or nowhere', async () => {
    await test.as(null);
    expect(await test.get('sips.export', { sip: 9, form: 'md' })).toEqual({ saved: true });
    expect(new TextDecoder().decode(test.saved.at(-1)?.bytes)).toBe(text);
    test.person.saves = false;
    expect(await test.get('sips.export', { sip: 9, form: 'md' })).toEqual({ saved: false });
    test.person.saves = true;
  });

  it('as a .sipz is signed by whoever hands it in', async () => {
    await expectRefused(test.ask('sips.export', { sip: 9, form: 'sipz' }), 'USAGE', /Nobody signs here/);
    await expectRefused(test.ask('sips.export', { sip: 77, form: 'md' }), 'SIP_NOT_FOUND');
    await test.as('3');
    expect(await test.get('sips.export', { sip: 9, form: 'sipz' })).toEqual({ saved: true });
    expect(test.asked.at(-1)?.claim.title).toMatch(/^Hand in SIP-9/);
    const { fileName, bytes } = test.saved.at(-1)!;
    expect(fileName).toMatch(/^sip-0009-.*\.sipz$/);
    expect(await test.get('sips.import', give(fileName, bytes))).toMatchObject({
      ...{ state: 'known', authorName: 'Seat 3' },
    });
    // Who was first stays its author, after a new start, too.
    await test.engine.store.reload();
    const { digest } = (await test.get('sips.read', { sip: 9 })).row;
    expect(test.engine.store.byDigest(digest)?.author).toBe(test.info.members[5]!.publicKey);
  });
});

it('git tells the history of a document in a clone, and of no other', async () => {
  expect(await test.get('sips.history', { sip: 9 })).toBeNull();
  const clone = join(test.dataDir, '..', 'clone');
  await mkdir(clone);
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', clone, ...args], { env: { ...process.env, ...WHO } });
  await writeFile(join(clone, 'sip-0011-whitelist-jupsol.md'), text.replace('SIP: 9\n', 'SIP: 11\n'));
  git('init', '-q');
  git('add', '.');
  git('commit', '-q', '-m', 'SIP-11: first');
  test.person.chooses = clone;
  expect(await test.get('sources.add', {})).toEqual({ added: true });
  expect(await readdir(clone)).toContain('sip-0011-whitelist-jupsol.md');
  expect(await test.get('sips.history', { sip: 11 })).toMatchObject({
    commits: [{ subject: 'SIP-11: first', author: 'Ada' }],
    uncommitted: [],
  });
});

const WHO = {
  ...{ GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@example.com' },
  ...{ GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'ada@example.com' },
  ...{ GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
};
