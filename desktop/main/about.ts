import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app } from 'electron';
import type { About } from '#desktop/shared/views/index.ts';

/** The Electron that this is written for; an older one comes from tools/electron-runtime. */
const CURRENT_ELECTRON = 45;

export async function readAbout(appFolder: string): Promise<About> {
  const { electron = '0', chrome = '', node = '' } = process.versions;
  const text = await readFile(join(appFolder, 'programs', 'programs.json'), 'utf8').catch(() => '[]');
  const programs = JSON.parse(text) as About['programs'];
  return {
    version: app.getVersion(),
    runtime: `Electron ${electron}, Chromium ${chrome}, Node.js ${node}`,
    oldRuntime: Number(electron.split('.')[0]) < CURRENT_ELECTRON,
    programs: programs.map(({ name, id, sha256, origin }) => ({ name, id, sha256, origin })),
    licence: 'Apache-2.0',
  };
}
