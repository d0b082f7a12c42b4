import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import type { Io } from './io.ts';

/** Where things are on this computer. */

const NAME = 'solayer-council';

export function homeOf({ env }: Pick<Io, 'env'>): string {
  return env.HOME || env.USERPROFILE || homedir();
}

/** The path as the user meant it: `~/` is the home folder, the rest counts from the working folder. */
export function pathOf(io: Pick<Io, 'env' | 'cwd'>, text: string): string {
  if (text === '~' || text.startsWith('~/')) return join(homeOf(io), text.slice(1));
  return isAbsolute(text) ? text : resolve(io.cwd, text);
}

/** The console's own folder: journal, profiles, settings, embedded networks. */
export function dataFolder(
  io: Pick<Io, 'env' | 'cwd'>,
  flag: string | undefined,
  platform = process.platform,
): string {
  const { env } = io;
  const said = flag ?? (env.SIP_DATA_DIR || undefined);
  if (said !== undefined) return pathOf(io, said);
  const home = homeOf(io);
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', NAME);
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), NAME, 'Data');
  // The base directory specification calls relative values invalid.
  const base =
    env.XDG_DATA_HOME && isAbsolute(env.XDG_DATA_HOME) ? env.XDG_DATA_HOME : join(home, '.local', 'share');
  return join(base, NAME);
}

/** The clone that the launcher belongs to, else the working folder. */
export const projectFolder = ({ env, cwd }: Pick<Io, 'env' | 'cwd'>): string => env.SIP_PROJECT || cwd;

export const solanaConfigFile = (io: Pick<Io, 'env' | 'cwd'>): string =>
  join(homeOf(io), '.config', 'solana', 'cli', 'config.yml');

export const solanaKeypairFile = (io: Pick<Io, 'env' | 'cwd'>): string =>
  join(homeOf(io), '.config', 'solana', 'id.json');
