import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rehearse } from '#governance/rehearse/rehearse.ts';
import { nowIn } from '#governance/rehearse/world.ts';
import { loadPrograms } from '#governance/sandbox/programs.ts';
import { rehearsalWorld } from '#governance/sandbox/rehearsal-world.ts';
import { type Sandbox, startSandbox } from '#governance/sandbox/start.ts';
import { isSipFile, parseSip, rebaseFolder } from '#governance/sip/index.ts';
import { renderTime } from '#governance/times.ts';

/** Every document of the repository, from its text to the state it promises, on the real programs. */

const DAY = 86_400n;

describe.each([
  ['today', 0n],
  ['a day later', DAY],
  ['a year later', 365n * DAY],
  ['ten years later', 3_652n * DAY],
])('rehearsed %s', (_, later) => {
  let folder: string;
  let sandbox: Sandbox;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rehearse-'));
    sandbox = await startSandbox({ dataDir: folder, programs: loadPrograms() });
    if (later > 0n) await sandbox.warpBy(later);
  });
  afterAll(async () => {
    await sandbox?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('every SIP of the repository ends as its text says', async () => {
    const world = await rehearsalWorld(sandbox, join(folder, 'console'));
    try {
      const names = (await readdir('sips')).filter(isSipFile).sort();
      const files = await Promise.all(
        names.map(async (file) => ({ file, bytes: new Uint8Array(await readFile(join('sips', file))) })),
      );
      const today = renderTime(await nowIn(world)).slice(0, 10);
      const rebased = rebaseFolder(files, today);
      const parsed = rebased.files.map(({ file, bytes }) => parseSip(bytes, file));
      expect(parsed.flatMap(({ findings }) => findings)).toEqual([]);
      const sips = parsed.flatMap(({ sip }) => (sip ? [sip] : []));
      const result = await rehearse(world, sips, () => {});
      expect(result.stages.filter((stage) => !stage.ok)).toEqual([]);
      expect(result.final.sips.map(({ status }) => status)).toEqual(
        sips.map((sip) =>
          sip.actions.some(({ kind }) => kind === 'schedule-epoch') ? 'Activated' : 'Executed',
        ),
      );
    } finally {
      await world.close();
    }
  });
});
