import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * What git knows of a document. The folder may be anybody's clone: nothing that its configuration names is run (no hook, no
 * pager, no monitor, no external diff or filter, no signature program), and nothing is fetched, not even a missing object.
 */
export interface Commit {
  /** SHA-1 or SHA-256 of git, hex. */
  readonly hash: string;
  readonly author: string;
  /** Unix seconds, as the committer's computer had it. */
  readonly when: number;
  readonly subject: string;
}

export interface GitHistory {
  /** Newest first. */
  readonly commits: readonly Commit[];
  /** The text of the last commit; null where the file is not in it. */
  readonly committed: string | null;
}

const MOST_COMMITS = 50;
const TIMEOUT_MS = 5_000;
const MAX_BYTES = 1024 * 1024;
const CLOSED = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  'protocol.allow=never',
  'log.showSignature=false',
  'diff.external=',
].flatMap((setting) => ['-c', setting]);

const run = promisify(execFile);

function git(folder: string, ...args: readonly string[]): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    LC_ALL: 'C.UTF-8',
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ATTR_NOSYSTEM: '1',
  };
  return run('git', ['-C', folder, ...CLOSED, ...args], {
    env,
    timeout: TIMEOUT_MS,
    maxBuffer: MAX_BYTES,
    windowsHide: true,
  }).then(({ stdout }) => stdout);
}

/** Null where there is no git, or the folder is no work tree that git lets this user read. */
export async function gitHistory(folder: string, file: string): Promise<GitHistory | null> {
  const format = '--format=%H%x1f%an%x1f%ct%x1f%s%x1e';
  const options = [
    '--no-show-signature',
    '--no-ext-diff',
    '--no-textconv',
    `--max-count=${MOST_COMMITS}`,
    format,
  ];
  try {
    const log = await git(folder, 'log', '--follow', ...options, '--', file);
    const commits = log.split('\x1e').flatMap((record): Commit[] => {
      const [hash = '', author = '', when = '', subject = ''] = record.trim().split('\x1f');
      return /^[0-9a-f]{40,64}$/.test(hash) ? [{ hash, author, when: Number(when), subject }] : [];
    });
    const committed = await git(folder, 'cat-file', 'blob', `HEAD:./${file}`).catch(() => null);
    return { commits, committed };
  } catch {
    return null;
  }
}
