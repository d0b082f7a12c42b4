import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallName } from '#desktop/shared/contract.ts';
import { answerNext } from '#test/app/support/confirm.ts';
import { callIn } from '#test/app/support/page.ts';
import { Random } from '#test/verify/world.ts';
import { type Attack, type Outcome, type Slice, seedOf, Tally } from './attack.ts';
import { ATTEMPTS, attemptScript } from './renderer/attempts.ts';
import type { Answer } from './renderer/in-page.ts';
import { isAccepted, isPlain, KIND_NAMES, type Payload, payloadOf } from './renderer/payloads.ts';
import { CHANNELS, checkRequests, REQUESTS } from './renderer/requests.ts';
import { MARK, TakenWindow } from './renderer/window.ts';

/** Any code in the window's page: every channel of the contract with payloads of every kind, and what lies beyond the contract. */

const PAYLOADS_EACH = 1_000;
/** Calls at once. */
const BATCH = 60;

const beyond = (name: string) => `beyond the contract: ${name}`;

async function run({ seed, from, count, honest }: Slice): Promise<Outcome> {
  checkRequests();
  const window = await TakenWindow.open();
  const tally = new Tally();
  try {
    await tryBeyond(window, tally);
    await trySigning(window, tally);
    for (let at = from; at < from + count; at += BATCH)
      await tryBatch(window, seed, at, Math.min(BATCH, from + count - at), tally);
    for (let at = from; at < from + honest; at += 1) tally.accept(await honestProblem(window, at));
    return tally.outcome;
  } finally {
    await window.close();
  }
}

async function tryBeyond(window: TakenWindow, tally: Tally): Promise<void> {
  const { window: page } = window.launched;
  for (const name of Object.keys(ATTEMPTS)) {
    const got = await page
      .evaluate<string>(attemptScript(name, window.aim))
      .catch((error: unknown) => String(error));
    const told = [...(got === '' ? [] : [`got ${got}`]), ...window.soonProblems()];
    tally.try(beyond(name), told.length > 0 ? told.join('; ') : undefined);
  }
  const later = await window.problems();
  tally.try(beyond('what comes of all of it'), later.length > 0 ? later.join('; ') : undefined);
  // What it did to its own page is not carried into the calls.
  await page.reload();
}

/** As its person would ask for them: each gets as far as the confirm window, and no further. */
const SIGNING: readonly CallName[] = ['sips.submit', 'proposals.act', 'proposals.give-receipt'];

async function trySigning(window: TakenWindow, tally: Tally): Promise<void> {
  for (const channel of SIGNING) {
    const before = window.confirms;
    const payload: Payload = { kind: 'as it should be', recipe: REQUESTS[channel][0] as Payload['recipe'] };
    const [answer] = await window.calls([{ name: channel, recipe: payload.recipe }]);
    const told = [answerProblem(channel, payload, answer!), ...(await window.problems())].filter(Boolean);
    if (window.confirms === before) told.push('no confirm window was opened, so nothing was tried');
    tally.try(channel, told.length > 0 ? told.join('; ') : undefined);
  }
}

interface Made {
  readonly channel: CallName;
  readonly payload: Payload;
}

function madeOf(seed: number, at: number, outside: string): Made {
  const channel = CHANNELS[at % CHANNELS.length]!;
  const kind = KIND_NAMES[Math.floor(at / CHANNELS.length) % KIND_NAMES.length]!;
  const random = new Random(seedOf(seed, at));
  return { channel, payload: payloadOf(channel, kind, random, { outside, mark: MARK }) };
}

async function tryBatch(window: TakenWindow, seed: number, from: number, count: number, tally: Tally) {
  const made = Array.from({ length: count }, (_, at) => madeOf(seed, from + at, window.sink.origin));
  const answers = await window.calls(
    made.map(({ channel, payload }) => ({ name: channel, recipe: payload.recipe })),
  );
  const around = await window.problems();
  for (const [at, { channel, payload }] of made.entries()) {
    const told = answerProblem(channel, payload, answers[at]!);
    // What happened around the calls is told once, with the first of them.
    const problem =
      at === 0 && around.length > 0 ? `${told ?? ''} within ${count} calls: ${around.join('; ')}` : told;
    tally.try(channel, problem && `${problem} (${payload.kind}, try ${from + at} of seed ${seed})`);
  }
}

function answerProblem(channel: CallName, { recipe }: Payload, answer: Answer): string | undefined {
  switch (answer.kind) {
    case 'never':
      return 'never answered';
    case 'odd':
      return `answered with ${answer.message}`;
    case 'not sent':
      return isPlain(recipe) ? `did not leave the page: ${answer.message}` : undefined;
    case 'error':
      // Nobody has thought of what went wrong there.
      return /^(INTERNAL|ANSWER_MALFORMED)$/.test(answer.code)
        ? `${answer.code}: ${answer.message}`
        : undefined;
    case 'value':
      if (answer.signatures > 0) return 'signed';
      return isPlain(recipe) && !isAccepted(channel, recipe) ? 'let in without its shape' : undefined;
  }
}

/** What the window's screens read is still to be had, by the requests that they make. */
const READ = CHANNELS.filter((name) => /\.(read|list)$/.test(name) && !/^(mint|proposals)\.read$/.test(name));

async function honestProblem({ launched }: TakenWindow, at: number): Promise<string | undefined> {
  const name = READ[at % READ.length]!;
  const answer = await callIn(launched.window, name, REQUESTS[name][0]);
  return answer.ok ? undefined : `${name}: ${answer.error.code}`;
}

type Defect = (window: TakenWindow) => Promise<readonly string[] | undefined>;

/** Each does what must never happen, and says what was told about it; undefined where `problems` is to tell. */
const DEFECTS: Readonly<Record<string, readonly [tells: RegExp, Defect]>> = {
  'a file in the home folder': [
    /files outside: made home\/planted/,
    async ({ home }) => void writeFileSync(join(home, 'planted'), ''),
  ],
  'a file that was changed': [
    /files outside: changed home\/\.bashrc/,
    async ({ home }) => void appendFileSync(join(home, '.bashrc'), 'x'),
  ],
  'a name of nobody’s in the data folder': [
    /strange names in the data folder: sips\/planted/,
    async ({ dataFolder }) => void writeFileSync(join(dataFolder, 'sips', 'planted.sh'), ''),
  ],
  'a signature in the journal': [
    /signed in the journal/,
    async ({ dataFolder }) => {
      const journal = readdirSync(dataFolder).find((name) => name.startsWith('journal-'));
      appendFileSync(join(dataFolder, journal!), '"kind":"signed"');
      return undefined;
    },
  ],
  'a connection beyond this computer': [
    /connections beyond this computer.*arrived outside/s,
    async ({ launched, aim }) => {
      await launched.app.evaluate(async (_, { host, port }) => {
        const { connect } = process.getBuiltinModule('node:net');
        const socket = connect(port, host);
        Object.assign(globalThis, { socket });
        await new Promise((done) => socket.once('connect', done));
      }, aim);
      return undefined;
    },
  ],
  'a window of another page': [
    /windows: about:blank/,
    async ({ launched }) => {
      await launched.app.evaluate(async ({ BrowserWindow }) => {
        await new BrowserWindow({ show: false }).loadURL('about:blank');
      });
      return undefined;
    },
  ],
  'a polluted prototype': [
    /prototypes of main/,
    async ({ launched }) => {
      await launched.app.evaluate(() => Object.assign(Object.prototype, { polluted: true }));
      return undefined;
    },
  ],
  'an engine that has ended': [
    /processes: /,
    async ({ launched }) => {
      const engine = () =>
        launched.app.evaluate(
          ({ app }) =>
            app.getAppMetrics().find(({ name, serviceName }) => (name ?? serviceName) === 'engine')?.pid,
        );
      const pid = await engine();
      process.kill(pid!, 'SIGKILL');
      // Until main has noticed.
      while ((await engine()) === pid);
      return undefined;
    },
  ],
  'a call that is never answered': [/never answered/, (window) => behindADoor(window, 'never')],
  'an answer of another shape': [/answered with/, (window) => behindADoor(window, 'odd')],
  'a request let in without its shape': [/let in without its shape/, (window) => behindADoor(window, 'any')],
};

/** A door of main's that does not do what it has to. */
async function behindADoor(window: TakenWindow, how: 'never' | 'odd' | 'any'): Promise<readonly string[]> {
  await window.launched.app.evaluate(({ ipcMain }, what) => {
    ipcMain.removeHandler('call');
    ipcMain.handle('call', async (_event, name) => {
      if (name === 'seat.choose' || what === 'any') return { ok: true, value: {} };
      return what === 'odd' ? 'x' : new Promise(() => undefined);
    });
  }, how);
  const payload: Payload = { kind: 'planted', recipe: { unknown: 1 } };
  const answers = await window.calls([{ name: 'state.read', recipe: payload.recipe }], 1_000);
  return answers.map((answer) => answerProblem('state.read', payload, answer) ?? '');
}

/** Its person signs after all: that shows in the answer, in the journal and on chain. */
async function missedSignature(window: TakenWindow): Promise<readonly string[]> {
  await window.stopRefusing();
  const recipe = { transactionIndex: '1', act: 'approve', seat: '0' };
  const asked = window.calls([{ name: 'proposals.act', recipe }]);
  await answerNext(window.launched);
  const [answer] = await asked;
  const told = [
    answerProblem('proposals.act', { kind: 'planted', recipe }, answer!) ?? '',
    ...(await window.problems()),
  ];
  return ['signed', 'signed in the journal', 'on chain'].flatMap((what) =>
    told.some((one) => one.startsWith(what)) ? [] : [`a signature: ${what}`],
  );
}

async function missedDefects(): Promise<readonly string[]> {
  const window = await TakenWindow.open();
  try {
    const missed = [...(await missedSignature(window))];
    for (const [name, [tells, defect]] of Object.entries(DEFECTS)) {
      const told = (await defect(window)) ?? (await window.problems());
      if (!tells.test(told.join('; '))) missed.push(name);
    }
    return missed;
  } finally {
    await window.close();
  }
}

export const renderer: Attack = {
  name: 'attack:renderer',
  what: 'Any code in the window’s page: no signature, no file outside, no connection beyond this computer, and every call is answered.',
  unit: 'calls and attempts',
  full: CHANNELS.length * PAYLOADS_EACH,
  slice: 5_000,
  honestIn: (count) => Math.ceil(count / 100),
  // One window at a time: two would share the cores that answer.
  workers: 1,
  classes: [...CHANNELS, ...[...Object.keys(ATTEMPTS), 'what comes of all of it'].map(beyond)],
  classesFrom: CHANNELS.length,
  run,
  missedDefects,
};
