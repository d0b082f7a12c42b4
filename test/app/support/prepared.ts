import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What tools/desktop/prepare.mjs hands out. */
export interface Prepared {
  /** Executable of Electron. */
  readonly electron: string;
  /** The app's folder. */
  readonly app: string;
  /** Set when the tests run as root: who runs the app instead. */
  readonly account?: Account;
}

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

/** A first download, build and copy. */
const PREPARE_MS = 10 * 60_000;

const known = new Map<string, Promise<Prepared>>();

/** Runtime and app in place, built first where they are missing. */
export function prepared(app?: string): Promise<Prepared> {
  const key = app ?? '';
  const found = known.get(key) ?? prepare(app);
  known.set(key, found);
  return found;
}

async function prepare(app?: string): Promise<Prepared> {
  const args = ['tools/desktop/prepare.mjs', ...(app === undefined ? [] : ['--app', app])];
  const running = promisify(execFile)(process.execPath, args, { timeout: PREPARE_MS });
  running.child.stderr?.pipe(process.stderr, { end: false });
  return JSON.parse((await running).stdout) as Prepared;
}
