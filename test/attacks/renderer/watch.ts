import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { family } from '#test/app/support/processes.ts';
import { connectionsBeyond } from '#test/app/support/sockets.ts';

/** What is looked at from outside while a page that was taken over does what it can. */

/** Every file with what it is made of, by its path from the folder. */
export function filesBelow(folder: string, leave: (path: string) => boolean): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const walk = (at: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const path = join(at, entry.name);
      const shown = relative(folder, path);
      if (leave(shown)) continue;
      if (entry.isDirectory()) walk(path);
      else found.set(shown, contentOf(path));
    }
  };
  walk(folder);
  return found;
}

function contentOf(path: string): string {
  try {
    if (!lstatSync(path).isFile()) return 'no plain file';
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    return 'gone'; // meanwhile
  }
}

/** In sentences: what was made, changed or removed. */
export function changesBetween(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  const made = [...after].flatMap(([path, content]) =>
    before.get(path) === content ? [] : [`${before.has(path) ? 'changed' : 'made'} ${path}`],
  );
  return [...made, ...[...before.keys()].filter((path) => !after.has(path)).map((path) => `removed ${path}`)];
}

/** Every name that the console gives in its data folder. */
const OWN_NAMES = [
  /^desktop(\.unreadable)?\.json$/,
  /^last-seen\.json$/,
  /^journal-[\w-]+(\.lock\S*)?$/,
  /^profiles\/[a-z0-9-]{1,32}\.json$/,
  /^store\/[0-9a-f]{64}\.(md|sipz)$/,
  /^sips\/\w{32,44}\/(unsaved\/)?sip-\d{4}-[a-z0-9-]+\.md$/,
  /^sips\/\w{32,44}\/sip-\d{4}-[a-z0-9-]+\.md\.(changes|receipts)\.[0-9a-f]{64}\.\w{32,44}\.jsonl$/,
  /^sips\/\w{32,44}\/(template|README)\.md$/,
  /^sandbox\//,
];

export const strangeNames = (dataFolder: string): string[] =>
  [...filesBelow(dataFolder, () => false).keys()].filter(
    (path) => !path.includes('.tmp-') && !OWN_NAMES.some((name) => name.test(path)),
  );

/** Where a path that leads out of everything would end. */
const COMMON = ['/', '/tmp', '/var/tmp', '/etc', '/root', '/home'];
export const marked = (mark: string): string[] =>
  COMMON.flatMap((folder) => {
    try {
      return existsSync(folder)
        ? readdirSync(folder).flatMap((name) => (name.includes(mark) ? [join(folder, name)] : []))
        : [];
    } catch {
      return []; // closed to us, and to the app as well
    }
  });

/** Records of the journals that hold a signature. */
export const signedRecords = (dataFolder: string): number =>
  readdirSync(dataFolder)
    .filter((name) => name.startsWith('journal-'))
    .map((name) => readFileSync(join(dataFolder, name), 'utf8').split('"kind":"signed"').length - 1)
    .reduce((sum, count) => sum + count, 0);

/** Of every key of the embedded network: the transactions that it has signed. */
export async function signaturesOnChain(rpcUrl: string, keys: readonly string[]): Promise<readonly string[]> {
  const asked = keys.map((key, id) => ({
    jsonrpc: '2.0',
    id,
    method: 'getSignaturesForAddress',
    params: [key, { limit: 1_000 }],
  }));
  const answers = await Promise.all(
    asked.map(async (body) => {
      const response = await fetch(rpcUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const { result } = (await response.json()) as { result?: readonly { signature: string }[] };
      if (result === undefined) throw new Error('the embedded network does not tell signatures');
      return result.map(({ signature }) => signature);
    }),
  );
  return answers.flat().sort();
}

const LOOK_EVERY_MS = 250;

/** Other ends beyond this computer, of all processes of the app, looked at again and again. */
export class SocketWatch {
  readonly #found = new Set<string>();
  readonly #timer: NodeJS.Timeout;
  readonly #look: () => void;

  constructor(main: number) {
    this.#look = () => {
      const members = family(main);
      for (const { pid, address } of connectionsBeyond(members.map((one) => one.pid)))
        this.#found.add(`${members.find((one) => one.pid === pid)?.type} to ${address}`);
    };
    this.#timer = setInterval(this.#look, LOOK_EVERY_MS);
  }

  take(): string[] {
    this.#look();
    const found = [...this.#found];
    this.#found.clear();
    return found;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
