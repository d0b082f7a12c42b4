// The screen that a window would appear on, and handing it to another user.
import fs from 'node:fs';
import path from 'node:path';
import { ensurePackages, isDebian } from '../lib/debian.mjs';
import { ask, runOrFail } from '../lib/run.mjs';

/**
 * Switches of Chromium for the screen there is; undefined where there is none.
 * @param {{ forOther: boolean }} options whether another user's window is to appear on it: Wayland can't be handed over
 */
export function screenSwitches({ forOther }) {
  if (process.platform !== 'linux' || process.env.DISPLAY) return [];
  return process.env.WAYLAND_DISPLAY && !forOther ? ['--ozone-platform-hint=auto'] : undefined;
}

/** An entry's first field: the kind of address that it counts for. This one: any. */
const ANY_HOST = 'ffff';

/**
 * A file with the display's cookie and no other, which only the user can read.
 * @param {import('./account.mjs').Account} account
 * @returns {Promise<string | undefined>} its path; undefined where the display asks for no cookie
 */
export async function handOverCookie(account) {
  if (isDebian()) await ensurePackages([{ name: 'xauth' }], "handing the display to the window's user");
  const listed = ask('xauth', ['nlist', process.env.DISPLAY]);
  if (!listed) return undefined;
  // Not in the user's home: what root writes there could be led elsewhere.
  const folder = path.join(account.base, 'display');
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { mode: 0o700 });
  const entries = path.join(folder, 'entries');
  fs.writeFileSync(entries, listed.replace(/^\w{4}/gm, ANY_HOST), { mode: 0o600 });
  const authority = path.join(folder, 'authority');
  await runOrFail('Handing over the display', 'xauth', ['-q', '-f', authority, 'nmerge', entries]);
  fs.rmSync(entries);
  fs.chownSync(authority, account.uid, account.gid);
  fs.chmodSync(authority, 0o600);
  fs.chmodSync(folder, 0o711);
  return authority;
}
