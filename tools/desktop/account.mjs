// Users of their own for the window: Chromium's sandbox refuses to work for root. What such a user runs are copies
// that it can read and not change; what it writes is in its home.
import fs from 'node:fs';
import path from 'node:path';
import { Failure } from '../lib/failure.mjs';
import { folderWhole } from '../lib/files.mjs';
import { withLock } from '../lib/lock.mjs';
import { inCache } from '../lib/paths.mjs';
import { ask, runOrFail } from '../lib/run.mjs';
import { removeUnused, touch } from './unused.mjs';

/** @typedef {{ name: string, uid: number, gid: number, base: string, home: string }} Account */

const lockOf = (name) => inCache('locks', `account-${name}.lock`);
const number = (option, name) => {
  const text = ask('id', [option, name]);
  return text === undefined ? undefined : Number(text);
};

/**
 * The user, created first where there is none; only root can.
 * @param {string} name @returns {Promise<Account>}
 */
export async function ensureAccount(name) {
  const base = path.join('/var/lib', name);
  const home = path.join(base, 'home');
  return withLock(lockOf(name), `creating the user ${name}`, async () => {
    if (number('-u', name) === undefined) {
      const shell = ['--shell', '/usr/sbin/nologin', '--no-create-home', '--home-dir', home];
      await runOrFail(`Creating the user ${name}`, '/usr/sbin/useradd', [
        '--system',
        '--user-group',
        ...shell,
        name,
      ]);
    }
    const uid = number('-u', name);
    const gid = number('-g', name);
    if (!uid || !gid) throw new Failure(`The user ${name} could not be created.`);
    fs.mkdirSync(base, { recursive: true });
    fs.chmodSync(base, 0o755);
    fs.mkdirSync(home, { recursive: true });
    fs.chownSync(home, uid, gid);
    fs.chmodSync(home, 0o700);
    return { name, uid, gid, base, home };
  });
}

function letRead(at) {
  const stat = fs.lstatSync(at);
  if (stat.isSymbolicLink()) return;
  fs.chmodSync(at, (stat.mode & 0o777) | (stat.isDirectory() || stat.mode & 0o100 ? 0o555 : 0o444));
  if (stat.isDirectory()) for (const name of fs.readdirSync(at)) letRead(path.join(at, name));
}

/**
 * A copy that the user can read.
 * @param {Account} account @param {string} folder @param {string} kind @param {string} key of its content
 * @returns {Promise<string>} the copy
 */
export async function copyFor(account, folder, kind, key) {
  const copies = path.join(account.base, kind);
  const copy = path.join(copies, key);
  await withLock(lockOf(account.name), `copying the ${kind}`, async () => {
    if (!fs.existsSync(copy)) {
      fs.mkdirSync(copies, { recursive: true });
      fs.chmodSync(copies, 0o755);
      await folderWhole(copy, async (fresh) => {
        fs.cpSync(folder, fresh, {
          recursive: true,
          verbatimSymlinks: true,
          mode: fs.constants.COPYFILE_FICLONE,
        });
        letRead(fresh);
      });
    }
    touch(copy);
    removeUnused(copies, '', copy);
  });
  return copy;
}

/** Command and arguments that run a program as the user; it becomes the very process that is started. */
export function asAccount(account, command, args = []) {
  const who = [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--init-groups'];
  return ['setpriv', [...who, '--', command, ...args]];
}
