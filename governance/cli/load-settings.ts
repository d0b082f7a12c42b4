import { dirname, join } from 'node:path';
import {
  environmentLayer,
  fileLayer,
  type Layer,
  resolveSettings,
  type Settings,
} from '#governance/profile/settings.ts';
import { pathOf, solanaConfigFile } from './folders.ts';
import { flagLayer, type Globals } from './globals.ts';
import type { Io } from './io.ts';
import { readIfThere, readNamed } from './read-file.ts';

/** In the data folder: what `sip config set` and `sip profile use` write. */
export const CONSOLE_FILE = 'config.json';
const PROJECT_FILE = 'sip.json';

/** @throws SipError SETTINGS_INVALID, FILE_UNREADABLE */
export async function loadSettings(io: Io, globals: Globals, dataDir: string): Promise<Settings> {
  const [project, own, solana] = await Promise.all([
    projectLayer(io.cwd),
    layerIn(join(dataDir, CONSOLE_FILE)),
    solanaLayerOf(io, globals),
  ]);
  return resolveSettings({
    flag: flagLayer(globals),
    environment: environmentLayer(io.env),
    project,
    console: own,
    solana,
    default: {
      profile: { value: 'embedded', where: 'the console' },
      output: { value: 'display', where: 'the console' },
      commitment: { value: 'confirmed', where: 'the console' },
    },
  });
}

async function layerIn(path: string): Promise<Layer> {
  const bytes = await readIfThere(path);
  return bytes === null ? {} : fileLayer(bytes, path);
}

/** The nearest sip.json at or above the working folder. Relative paths in it count from where it stands. */
async function projectLayer(cwd: string): Promise<Layer> {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const path = join(folder, PROJECT_FILE);
    const bytes = await readIfThere(path);
    if (bytes !== null) {
      const layer = fileLayer(bytes, path);
      const beside = (entry: Layer[keyof Layer]) =>
        entry && { ...entry, value: pathOf({ env: {}, cwd: folder }, entry.value) };
      const { keypair, sips } = layer;
      return {
        ...layer,
        ...(sips && { sips: beside(sips) }),
        ...(keypair && !/^(?:~|[a-z]+:)/.test(keypair.value) && { keypair: beside(keypair) }),
      };
    }
    if (dirname(folder) === folder) return {};
  }
}

async function solanaLayerOf(io: Io, globals: Globals): Promise<Layer> {
  const named = globals.config !== undefined;
  const path = globals.config === undefined ? solanaConfigFile(io) : pathOf(io, globals.config);
  // Named and not there is a mistake, the default one need not exist.
  const bytes = named ? await readNamed(path, globals.config) : await readIfThere(path);
  if (bytes === null) return {};
  const { solanaLayer } = await import('#governance/profile/solana-config.ts');
  return solanaLayer(bytes, path, named);
}
