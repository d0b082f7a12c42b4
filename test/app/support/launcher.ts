import { spawnSync } from 'node:child_process';
import { chownSync, lstatSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Display } from './display.ts';
import type { Account, Prepared } from './prepared.ts';

/** A program that becomes Electron, and the file with what that writes. */
export interface Launcher {
  readonly program: string;
  readonly log: string;
}

/**
 * It becomes Electron as the other user where there is one, and ends with the tests. What Electron writes goes to the log
 * from the first byte on, standard error to us as well: Playwright reads there where to attach.
 * @param name of its files in the folder
 */
export function launcher({ electron, account }: Prepared, folder: string, name: string): Launcher {
  const [program, log, errors] = ['sh', 'log', 'stderr'].map((end) => join(folder, `${name}.${end}`));
  const who = account ? `${identity(account).join(' ')} ` : '';
  const script = [
    '#!/bin/sh',
    `mkfifo '${errors}'`,
    `(tee -a '${log}' <'${errors}' >&2 &)`,
    `exec setpriv --pdeathsig KILL ${who}-- '${electron}' "$@" >>'${log}' 2>'${errors}'`,
  ];
  writeFileSync(log!, '');
  writeFileSync(program!, `${script.join('\n')}\n`, { mode: 0o755 });
  return { program: program!, log: log! };
}

/** Nothing of this process's environment but what finds programs. */
export function environment(display: Display, dataDir: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    LANG: 'C.UTF-8',
    DISPLAY: display.name,
    XAUTHORITY: display.authority,
    HOME: dataDir,
    XDG_CONFIG_HOME: join(dataDir, 'config'),
    XDG_DATA_HOME: join(dataDir, 'share'),
    XDG_CACHE_HOME: join(dataDir, 'cache'),
    // Without one Electron would look for the bus of whoever runs the tests.
    DBUS_SESSION_BUS_ADDRESS: 'disabled:',
  };
}

const identity = ({ uid, gid }: Account) => [`--reuid=${uid}`, `--regid=${gid}`, '--init-groups'];

/** Makes the folder, and all in it, the user's. */
export function give(folder: string, account: Account | undefined): void {
  mkdirSync(folder, { recursive: true });
  if (account === undefined) return;
  giveAll(folder, account);
  const { status } = spawnSync('setpriv', [...identity(account), '--', 'test', '-w', folder]);
  if (status !== 0)
    throw new Error(`${account.name} can't get to ${folder}: a folder above it is closed to others`);
}

function giveAll(at: string, account: Account): void {
  // Not where a link leads.
  if (lstatSync(at).isSymbolicLink()) return;
  chownSync(at, account.uid, account.gid);
  if (lstatSync(at).isDirectory()) for (const name of readdirSync(at)) giveAll(join(at, name), account);
}
