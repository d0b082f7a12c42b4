import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine } from '../engine.ts';
import type { Outside } from '../outside.ts';
import { type Calls, callsOf } from './calls.ts';

/** An engine on a profile whose endpoint nothing listens at: for what needs no chain. */
export interface QuietEngine extends Calls {
  readonly engine: Engine;
  readonly folder: string;
  readonly dataDir: string;
  stop(): Promise<void>;
}

const KEY = 'jupSoLaHXQiZZTSfEWMTRRgpnyFm8f6sZdosWBjx93v';
/** Pinned, so that nothing is asked of the endpoint to open it. */
const PROFILE = {
  ...{ name: 'live', endpoints: ['http://127.0.0.1:9'], programId: KEY, council: KEY },
  genesisHash: 'GH7ome3EiwEr7tu9JuTh2dpYWBJK3z69Xm1ZE3MEE6JC',
};

const NOBODY: Outside = {
  choose: async () => null,
  save: async () => false,
  allow: async () => false,
  startNetwork: () => Promise.reject(new Error('there is no network inside')),
  inspect: () => Promise.reject(new Error('there is no signer')),
  ledgerAddresses: () => Promise.reject(new Error('there is no Ledger')),
  ledgerShow: () => Promise.reject(new Error('there is no Ledger')),
  sign: () => Promise.reject(new Error('there is no signer')),
  networkGone: () => undefined,
};

/** @param outside what its person and main do, where a test asks for it @param settings of desktop.json */
export async function startQuietEngine(
  outside: Partial<Outside> = {},
  settings: object = {},
): Promise<QuietEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'engine-'));
  const dataDir = join(folder, 'data');
  await mkdir(join(dataDir, 'profiles'), { recursive: true });
  await writeFile(join(dataDir, 'profiles', 'live.json'), JSON.stringify(PROFILE));
  await writeFile(join(dataDir, 'desktop.json'), JSON.stringify({ profile: 'live', ...settings }));
  const engine = new Engine({ appFolder: join(folder, 'app'), dataDir }, { ...NOBODY, ...outside });
  await engine.start();
  return {
    ...{ engine, folder, dataDir, ...callsOf(engine) },
    async stop() {
      await engine.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
