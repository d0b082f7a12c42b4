// Runtime and app where the user whose window it is can run them.
import fs from 'node:fs';
import path from 'node:path';
import { allowHelper, sandboxWorks } from '../electron-runtime/sandbox.mjs';
import { contentHash, filesBelow, sha256 } from '../lib/hash.mjs';
import { asAccount, copyFor, ensureAccount } from './account.mjs';

const KEY_LENGTH = 16;

/** Changes with the runtime's file, without reading its 180 MB. */
function runtimeKey(electron) {
  const { size, mtimeMs } = fs.statSync(electron);
  return sha256(`${electron}\n${size}\n${mtimeMs}`).slice(0, KEY_LENGTH);
}

export const appKey = (folder) => contentHash(folder, filesBelow([folder])).slice(0, KEY_LENGTH);

/**
 * For root: a user of its own and copies for it. For everybody else: what there is.
 * @param {string} name of the user @param {string} electron @param {{ folder: string, key: string }} app
 * @returns {Promise<{ electron: string, app: string, account?: import('./account.mjs').Account }>}
 */
export async function placed(name, electron, app) {
  if (process.getuid?.() !== 0) return { electron, app: app.folder };
  const account = await ensureAccount(name);
  const dist = await copyFor(account, path.dirname(electron), 'runtime', runtimeKey(electron));
  const copy = path.join(dist, path.basename(electron));
  const folder = await copyFor(account, app.folder, 'app', app.key);
  if (!sandboxWorks(copy, (command, args) => asAccount(account, command, args))) allowHelper(copy);
  return { electron: copy, app: folder, account };
}
