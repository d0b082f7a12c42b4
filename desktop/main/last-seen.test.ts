import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LAST_SEEN_FILE } from '#desktop/shared/last-seen.ts';
import { readLastSeen } from './last-seen.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'last-seen-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const put = (text: string) => writeFileSync(join(folder, LAST_SEEN_FILE), text);

const SEEN = { schemaVersion: 1, theme: 'dark', profile: 'live', at: 5, inbox: null };

it('is none where there is no file', async () => {
  expect(await readLastSeen(join(folder, 'nowhere'))).toBeNull();
});

it('is what was written', async () => {
  put(JSON.stringify(SEEN));
  expect(await readLastSeen(folder)).toEqual(SEEN);
});

it.each([
  '',
  '{"schemaVersion":1',
  '[]',
  JSON.stringify({ ...SEEN, schemaVersion: 2 }),
  JSON.stringify({ ...SEEN, theme: 'pink' }),
  JSON.stringify({ ...SEEN, inbox: { now: 0, sections: [{ title: 'x', rows: [{}] }] } }),
  JSON.stringify({ ...SEEN, more: 1 }),
])('is none where the file is something else: %s', async (text) => {
  put(text);
  expect(await readLastSeen(folder)).toBeNull();
});
