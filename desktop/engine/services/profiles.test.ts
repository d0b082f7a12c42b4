import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { expectRefused } from '../testing/calls.ts';
import { type QuietEngine, startQuietEngine } from '../testing/quiet-engine.ts';

/** Without a chain; adding one against a real deployment is in worlds/profile.test.ts. */

const KEY = 'CatzoSMUkTRidT5DwBxAC2pEtnwMBTpkCepHkFgZDiqb';
const given = {
  name: 'second',
  endpoints: ['http://127.0.0.1:9/KEY?token=KEY'],
  council: KEY,
  programId: KEY,
};

let test: QuietEngine;
let allowed: readonly string[][];
beforeEach(async () => {
  allowed = [];
  test = await startQuietEngine({
    async allow(hosts) {
      allowed = [...allowed, [...hosts]];
      return true;
    },
  });
});
afterEach(() => test?.stop());

const rows = () => test.get('profiles.list', {});
const put = (name: string, text: string) => writeFile(join(test.dataDir, 'profiles', `${name}.json`), text);

it('are listed with their cluster, and never with an address', async () => {
  const found = await rows();
  expect(found).toMatchObject([
    { name: 'embedded', current: false, facts: { cluster: 'embedded', council: null } },
    {
      name: 'live',
      current: true,
      problem: null,
      facts: { cluster: 'local', hosts: 1, quorum: '1 of 1 at confirmed' },
    },
  ]);
  expect(JSON.stringify(found)).not.toMatch(/http|127\.0\.0\.1/);
});

it('that cannot be used say why, and can be removed', async () => {
  await put('broken', '{');
  await put(
    'wrong',
    JSON.stringify({ name: 'wrong', endpoints: ['https://x/KEY'], council: 'x', programId: KEY }),
  );
  const problems = (await rows()).flatMap(({ problem }) => problem ?? []);
  expect(problems).toEqual([expect.stringContaining('not JSON'), expect.stringContaining('council')]);
  expect(problems.join(' ')).not.toContain('KEY');
  await expectRefused(test.ask('profiles.use', { name: 'broken' }), 'PROFILE_INVALID');
  await test.get('profiles.remove', { name: 'broken' });
  expect((await rows()).map(({ name }) => name)).toEqual(['embedded', 'live', 'wrong']);
});

it('of which the one in use is gone still says that it is in use', async () => {
  await rm(join(test.dataDir, 'profiles', 'live.json'));
  expect((await rows())[1]).toMatchObject({
    name: 'live',
    current: true,
    facts: null,
    problem: expect.stringContaining('no profile'),
  });
});

it('whose folder cannot be read are told without its path', async () => {
  await rm(join(test.dataDir, 'profiles'), { recursive: true });
  await writeFile(join(test.dataDir, 'profiles'), '');
  await expectRefused(test.ask('profiles.list', {}), 'FILE_UNREADABLE', /^profiles cannot be read/);
  await rm(join(test.dataDir, 'profiles'));
  await mkdir(join(test.dataDir, 'profiles'));
});

it.each([
  [{ name: 'Bad Name' }, 'USAGE'],
  [{ name: 'embedded' }, 'USAGE'],
  [{ name: 'live' }, 'USAGE'],
  [{ endpoints: ['  '] }, 'USAGE'],
  [{ endpoints: ['ftp://x'] }, 'ENDPOINT_INVALID'],
  [{}, 'ENDPOINT_DOWN'],
] as const)('are not added as %j: %s', async (change, code) => {
  const answer = test.ask('profiles.add', {
    ...given,
    ...change,
    endpoints: [...(('endpoints' in change && change.endpoints) || given.endpoints)],
  });
  await expectRefused(answer, code);
  expect(JSON.stringify(await answer)).not.toContain('KEY');
  expect((await rows()).map(({ name }) => name)).toEqual(['embedded', 'live']);
  expect(allowed.flat().join()).not.toContain('KEY');
});

it('are used and removed by name; the console’s own stays', async () => {
  await expectRefused(test.ask('profiles.use', { name: 'nobody' }), 'PROFILE_UNKNOWN');
  await expectRefused(test.ask('profiles.remove', { name: 'nobody' }), 'PROFILE_UNKNOWN');
  await expectRefused(test.ask('profiles.remove', { name: 'embedded' }), 'USAGE');
  // There is no network inside: going there is told by the state.
  await test.get('profiles.remove', { name: 'live' });
  expect(test.engine.preferences.profile).toBe('embedded');
  expect(await test.get('state.read', {})).toMatchObject({ phase: 'failed', failure: { code: 'INTERNAL' } });
});
