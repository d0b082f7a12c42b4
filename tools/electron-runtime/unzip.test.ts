// Archives as other programs write them, laid out here byte by byte.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';

const { unzip } = (await import(resolve(import.meta.dirname, 'unzip.mjs'))) as {
  unzip(archive: string, folder: string, place: (name: string) => string | undefined): Promise<void>;
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unzip-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const u16 = (value: number) => Buffer.from([value & 0xff, value >>> 8]);
const u32 = (value: number) => Buffer.concat([u16(value & 0xffff), u16(value >>> 16)]);

function archive(files: Record<string, { text: string; mode?: number; stored?: boolean }>): string {
  const [bodies, table]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, { text, mode = 0o644, stored }] of Object.entries(files)) {
    const packed = stored ? Buffer.from(text) : deflateRawSync(text);
    const sizes = [u32(0), u32(packed.length), u32(text.length), u16(name.length)];
    const common = [u16(20), u16(0), u16(stored ? 0 : 8), u32(0), ...sizes];
    // The extra field in front of the content is longer than the one in the table, as often.
    const local = [u32(0x04034b50), ...common, u16(4), Buffer.from(name), u32(0), packed];
    table.push(u32(0x02014b50), u16(20), ...common, u16(0), u16(0), u16(0), u16(0));
    table.push(u32((mode << 16) >>> 0), u32(offset), Buffer.from(name));
    bodies.push(...local);
    offset += Buffer.concat(local).length;
  }
  const count = u16(Object.keys(files).length);
  const end = [u32(0x06054b50), u32(0), count, count, u32(Buffer.concat(table).length), u32(offset), u16(2)];
  const file = join(folder, 'a.zip');
  writeFileSync(file, Buffer.concat([...bodies, ...table, ...end, Buffer.from('hi')]));
  return file;
}

it('unpacks what it is given a place for, with its rights', async () => {
  const long = 'all work and no play '.repeat(5000);
  const file = archive({
    'top/': { text: '' },
    'top/run': { text: long, mode: 0o755 },
    'top/empty': { text: '', stored: true },
    'top/sub/stored': { text: 'as it is', stored: true },
    'top/left': { text: 'out' },
  });
  await unzip(file, join(folder, 'out'), (name) => (name.endsWith('left') ? undefined : name.slice(4)));
  const read = (name: string) => readFileSync(join(folder, 'out', name), 'utf8');
  expect([read('run'), read('empty'), read('sub/stored')]).toEqual([long, '', 'as it is']);
  expect(statSync(join(folder, 'out/run')).mode & 0o111).not.toBe(0);
  expect(existsSync(join(folder, 'out/left'))).toBe(false);
});

it('writes nothing outside its folder', async () => {
  const file = archive({ '../../evil': { text: 'x' } });
  await expect(unzip(file, join(folder, 'a/b'), (name) => name)).rejects.toThrow(/outside its folder/);
  expect(existsSync(join(folder, 'evil'))).toBe(false);
});

it('says that something else is no archive', async () => {
  writeFileSync(join(folder, 'page.html'), '<h1>Sign in to the network</h1>');
  await expect(unzip(join(folder, 'page.html'), folder, (name) => name)).rejects.toThrow(/no zip/);
});
