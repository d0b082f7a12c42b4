import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { expectRefused } from '../testing/calls.ts';
import { type QuietEngine, startQuietEngine } from '../testing/quiet-engine.ts';

let test: QuietEngine;
let chosen: string | null;
beforeEach(async () => {
  chosen = null;
  test = await startQuietEngine({ choose: async () => chosen });
});
afterEach(() => test?.stop());

const list = () => test.get('sources.list', {});

async function clone(name: string): Promise<string> {
  const path = join(test.folder, name);
  await mkdir(path);
  const file = 'sip-0008-whitelist-jupsol.md';
  await cp(join('sips', file), join(path, file));
  return path;
}

it('a folder is added by a dialog, told by its name, and gone when it is removed', async () => {
  expect(await test.get('sources.add', {})).toEqual({ added: false });
  chosen = await clone('council sips');
  expect(await test.get('sources.add', {})).toEqual({ added: true });
  const { sources } = await list();
  expect(sources).toMatchObject([{ name: 'council sips', documents: 1, problem: null }]);
  expect(JSON.stringify(sources)).not.toContain(test.folder);
  expect((await test.get('sips.list', {})).map(({ sip }) => sip)).toEqual([8]);
  await expectRefused(
    test.ask('sources.add', {}),
    'USAGE',
    /^The folder council sips is a source already\.$/,
  );
  await test.get('sources.remove', { id: sources[0]?.id ?? '' });
  expect((await list()).sources).toEqual([]);
  await expectRefused(test.ask('sips.read', { sip: 8 }), 'SIP_NOT_FOUND');
});

it('belongs to its profile', async () => {
  chosen = await clone('clone');
  await test.get('sources.add', {});
  expect(test.engine.preferences.sources).toEqual({ live: [chosen] });
});

it('that is gone, or that nobody knows, is a problem and stops nothing', async () => {
  chosen = await clone('clone');
  await test.get('sources.add', {});
  await rm(chosen, { recursive: true });
  await test.engine.world.documents.reload();
  expect(await list()).toMatchObject({
    sources: [{ name: 'clone', documents: 0, problem: expect.stringContaining('cannot be read') }],
  });
  expect(await test.get('sources.remove', { id: 'nobody' })).toEqual({});
  expect((await list()).sources).toHaveLength(1);
});

it('a stored text that is not what its name says is told by its name', async () => {
  await mkdir(join(test.dataDir, 'store'));
  const name = `${'ab'.repeat(32)}.md`;
  await writeFile(join(test.dataDir, 'store', name), 'no SIP');
  await test.engine.world.documents.reload();
  const { stored, problems } = await list();
  expect(stored).toBe(0);
  expect(problems).toEqual([expect.stringContaining(name)]);
  expect(problems[0]).not.toContain(test.folder);
});
