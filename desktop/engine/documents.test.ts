import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderFiles } from '#governance/adapters/files.ts';
import { exportHandoff } from '#governance/handoff/sipz.ts';
import { parseUnnamed } from '#governance/sip/parse-unnamed.ts';
import { keypairSigner } from '#test/support/memory-ports.ts';
import { Documents } from './documents.ts';
import { readGiven } from './services/hand-in.ts';
import { TextStore } from './store.ts';

const NAME = 'sip-0008-whitelist-jupsol.md';
const author = keypairSigner();
let folder: string;
let text: string;
let store: TextStore;
let documents: Documents;
const added: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'documents-'));
  text = await readFile(join('sips', NAME), 'utf8');
  store = new TextStore(folderFiles(folder));
  added.length = 0;
  documents = new Documents(join(folder, 'sips'), store, () => added);
  await documents.reload();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const bytesOf = (of: string) => new TextEncoder().encode(of);
const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64');
const digestOf = (of: string) => parseUnnamed(bytesOf(of), 'test').digest;
const changed = () => text.replace('Title: Whitelist JupSOL', 'Title: Welcome JupSOL');
const sipz = async () =>
  exportHandoff(bytesOf(text), author, (bytes) => {
    const { header, digest } = parseUnnamed(bytes, 'test');
    return { sip: header.sip, digest };
  });

async function addFolder(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const path = join(folder, name);
  await mkdir(path);
  for (const [file, content] of Object.entries(files)) await writeFile(join(path, file), content);
  added.push(path);
  await documents.reload();
  return path;
}

describe('what was handed in', () => {
  it('is kept by its digest, with its author, and found again', async () => {
    await store.keep(readGiven(base64(await sipz()), 'a.sipz'));
    await store.keep(readGiven(base64(changed()), 'b.md'));
    const again = new TextStore(folderFiles(folder));
    await again.reload();
    expect(again.byDigest(digestOf(text))?.author).toBe(author.publicKey.toBase58());
    expect(again.byDigest(digestOf(changed()))?.author).toBeNull();
    expect(again.problems).toEqual([]);
  });

  it('is kept in memory where its chain ends with the console, and in a file once somebody hands it in', async () => {
    store.keepInMemory(readGiven(base64(text), 'a.md'));
    await store.reload();
    expect(store.byDigest(digestOf(text))?.bytes).toEqual(bytesOf(text));
    const again = new TextStore(folderFiles(folder));
    await again.reload();
    expect(again.texts).toEqual([]);
    await store.keep(readGiven(base64(text), 'a.md'));
    await again.reload();
    expect(again.byDigest(digestOf(text))?.bytes).toEqual(bytesOf(text));
  });

  it('is not used once its file holds something else', async () => {
    await store.keep(readGiven(base64(text), 'a.md'));
    const [name = ''] = await readdir(join(folder, 'store'));
    await writeFile(join(folder, 'store', name), changed());
    await store.reload();
    expect(store.texts).toEqual([]);
    expect(store.problems).toEqual([expect.stringContaining('it is not used')]);
    await writeFile(join(folder, 'store', name), 'nothing');
    await store.reload();
    expect(store.texts).toEqual([]);
    expect(store.problems).toHaveLength(1);
  });

  it.each([
    ['no SIP', 'hello', 'SIP_INVALID'],
    ['a damaged .sipz', '{"schemaVersion":1}', 'HANDOFF_INVALID'],
    ['a patch of nothing', '--- a\n', 'HANDOFF_INVALID'],
    ['bytes that are no text', Uint8Array.of(0xff, 0, 0x80), 'SIP_INVALID'],
    ['nothing', '', 'SIP_INVALID'],
  ])('is refused for %s, and nothing is kept', async (_, given, code) => {
    expect(() => readGiven(base64(given), 'x')).toThrow(expect.objectContaining({ code }));
    expect(await readdir(folder)).toEqual(['sips']);
  });

  it('with another author’s signature is refused', async () => {
    const file = JSON.parse(new TextDecoder().decode(await sipz())) as Record<string, unknown>;
    const other = { ...file, author: keypairSigner().publicKey.toBase58() };
    expect(() => readGiven(base64(JSON.stringify(other)), 'x')).toThrow(
      expect.objectContaining({ code: 'HANDOFF_SIGNATURE_INVALID' }),
    );
  });
});

describe('documents of several folders', () => {
  it('show one text of a number, and find the others by their digest', async () => {
    await documents.save(NAME, text);
    await addFolder('clone', { [NAME]: changed() });
    expect(documents.sip(8).digest).toBe(digestOf(text));
    expect(documents.library.byDigest(digestOf(changed()))?.header.title).toContain('Welcome');
    expect(documents.others(documents.sip(8)).map(({ digest }) => digest)).toEqual([digestOf(changed())]);
  });

  it('see what changes in a folder', async () => {
    const path = await addFolder('clone', { [NAME]: text });
    await writeFile(join(path, NAME), changed());
    await documents.reload();
    expect(documents.sip(8).digest).toBe(digestOf(changed()));
    await rm(path, { recursive: true });
    await documents.reload();
    expect(documents.sources[0]?.problem).toContain('cannot be read');
    expect(documents.library.sips).toEqual([]);
  });

  it('follow no link, and read nothing that is too large', async () => {
    await writeFile(join(folder, 'elsewhere.md'), text);
    const path = await addFolder('hostile', {
      'sip-0009-large.md': 'x'.repeat(300_000),
      'README.md': 'hello',
    });
    await symlink(join(folder, 'elsewhere.md'), join(path, NAME));
    await documents.reload();
    expect(documents.files).toEqual([]);
    expect(documents.sources[0]?.problem).toMatch(/not read\.$/);
  });
});
