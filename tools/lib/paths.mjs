// Where things are: the project's root, and the cache folder outside the clone.
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the clone this file belongs to. */
export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Absolute path inside the clone. */
export const inProject = (...parts) => path.join(projectRoot, ...parts);

/** The project's cache folder: $XDG_CACHE_HOME or ~/.cache (Windows: %LOCALAPPDATA%), never inside the clone. */
export function cacheRoot(env = process.env) {
  const named = env.XDG_CACHE_HOME;
  // The XDG rule: a relative path is to be ignored.
  const base =
    named && path.isAbsolute(named)
      ? named
      : process.platform === 'win32' && env.LOCALAPPDATA
        ? env.LOCALAPPDATA
        : path.join(os.homedir(), '.cache');
  return path.join(base, 'solayer-council');
}

/** Absolute path inside the cache folder. */
export const inCache = (...parts) => path.join(cacheRoot(), ...parts);
