import { closeSync, openSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { Io } from '#governance/cli/io.ts';
import { countAsDead } from './dead.ts';
import { saveTexts } from './save-texts.ts';

/**
 * `serve ORDERS MAIN`: one command after the other in one process, so that none has to start Node. The shim follows the
 * file ORDERS.run while a command runs, and the empty ORDERS.rest behind it.
 */

export interface Asked {
  readonly program: 'sip' | 'save' | 'careless';
  readonly words: readonly string[];
  readonly folder: string;
  /** Processes that count as dead. */
  readonly dead: readonly number[];
}
export interface Served {
  readonly code: number;
  readonly stderr: string;
}

const [orders = '', mainPath = ''] = process.argv.slice(2);
const { main } = (await import(mainPath)) as { main(words: readonly string[], io: Io): Promise<number> };

const DISPATCHER = Symbol.for('undici.globalDispatcher.1');
interface Dispatcher {
  readonly constructor: new () => Dispatcher;
  destroy(): Promise<void>;
}

/** A process opens its own connections. */
async function dropConnections(): Promise<void> {
  const held = globalThis as unknown as Record<symbol, Dispatcher | undefined>;
  const old = held[DISPATCHER];
  if (!old) return;
  held[DISPATCHER] = new old.constructor();
  await old.destroy();
}

const follow = (name: string): void => closeSync(openSync(`${orders}.${name}`, 'r'));
const say = (text: string): unknown => process.stdout.write(text);

async function run({ program, words, folder, dead }: Asked): Promise<Served> {
  for (const pid of dead) countAsDead(pid);
  let stderr = '';
  const io: Io = {
    stdout: { write: say },
    stderr: {
      write(text) {
        stderr += text;
      },
    },
    stdin: Readable.from([]),
    env: { PATH: process.env.PATH, HOME: folder, SIP_PROJECT: folder },
    cwd: folder,
    interrupt: new AbortController().signal,
    leave: () => undefined,
  };
  process.chdir(folder);
  follow('run');
  const code = program === 'save' ? await saveTexts(words, say) : await main(words, io);
  // What nobody waits for is done before a process ends.
  for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
  await dropConnections();
  follow('rest');
  process.chdir('/');
  return { code, stderr };
}

process.on('disconnect', () => process.exit());
process.on('message', (asked: Asked) => void run(asked).then((served) => process.send?.(served)));
