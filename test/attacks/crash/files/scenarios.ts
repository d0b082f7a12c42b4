import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import bs58 from 'bs58';
import { parseJournal } from '#governance/chain/journal-record.ts';
import { runSip } from '#governance/cli/testing/run-sip.ts';
import { pdas } from '#test/program/support/world.ts';
import { programPaths, type Ran } from './child.ts';
import type { CrashWorld, History, Turn } from './world.ts';

/** What a user asks for, and what has to be true of it whatever happened to the process. */
export interface Scenario {
  readonly name: string;
  /** A reason is kept beside the text before it says that it is done. */
  readonly keepsReason?: boolean;
  prepare(world: CrashWorld): Promise<History>;
  readonly program: 'sip' | 'save' | 'careless';
  /** What it is called with. */
  words(history: History, turn: Turn): readonly string[];
  /** What is wrong where the process said that it is done; undefined when all is there. */
  undone(history: History, ran: Pick<Ran, 'code' | 'stdout' | 'stderr'>): string | undefined;
  /** Asks for the same again, with nothing in the way. @returns what is wrong with the end */
  again(history: History): Promise<string | undefined>;
}

export const REASON = 'I checked it';

/** The journals of the console's folder, by path. */
export function journalsOf({ folder }: History): ReadonlyMap<string, Uint8Array> {
  const data = join(folder, 'data');
  if (!existsSync(data)) return new Map();
  const names = readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(^|\/)[^/]*journal[^/.]*$/.test(name),
  );
  return new Map(
    names.flatMap((name) => {
      try {
        return [[name, new Uint8Array(readFileSync(join(data, name)))] as const];
      } catch {
        return []; // a folder
      }
    }),
  );
}

/** Signatures that left and are in no journal of the disk. */
export function unwritten(history: History): readonly string[] {
  const written = new Set<string>();
  for (const bytes of journalsOf(history).values())
    for (const record of parseJournal(bytes).records)
      if (record.kind === 'signed') written.add(record.signature);
  return history.handedOver
    .map((bytes) => bs58.encode(bytes.subarray(1, 65)))
    .filter((signature) => !written.has(signature));
}

function command(options: {
  readonly name: string;
  readonly operators: number;
  readonly seat: number;
  readonly words: (history: History) => readonly string[];
  readonly prepare: (history: History) => Promise<void>;
  /** Transactions that it takes. */
  readonly takes: number;
  readonly wrong: (history: History) => string | undefined;
  readonly keepsReason?: true;
}): Scenario {
  const words = (history: History, turn: Turn) => [
    ...options.words(history),
    ...history.arguments(options.seat, turn),
  ];
  return {
    name: options.name,
    keepsReason: options.keepsReason === true,
    async prepare(world) {
      const history = await world.history(options.operators);
      await options.prepare(history);
      history.mark();
      return history;
    },
    program: 'sip',
    words,
    undone(history, { code, stdout, stderr }) {
      const wrong = options.wrong(history);
      if (wrong !== undefined) return wrong;
      if (!options.keepsReason || keptReason(history)) return undefined;
      // A reason belongs to a signature: where it stood before, it is said not to be kept.
      if (!/"already-/.test(stdout)) return 'the reason is not there';
      return code !== 0 || /the reason was not kept/.test(stderr)
        ? undefined
        : 'the reason is not there, and that is not said';
    },
    async again(history) {
      const ran = await runSip(words(history, 2), { cwd: history.folder });
      if (ran.code !== 0) return `once more it ends with ${ran.code}: ${ran.stdout}${ran.stderr}`;
      const wrong = options.wrong(history);
      if (wrong !== undefined) return wrong;
      const { landed } = history;
      return landed === options.takes
        ? undefined
        : `${landed} transactions landed instead of ${options.takes}`;
    },
  };
}

const keptReason = ({ folder }: History): boolean =>
  readdirSync(join(folder, 'sips'), { recursive: true, encoding: 'utf8' }).some((name) => {
    const path = join(folder, 'sips', name);
    return /reason/.test(name) && readFileSync(path, 'utf8').includes(REASON);
  });

export const TEXTS = [
  '# One\n\nThe first of three.\n',
  `# Two\n\n${'Much longer than the one before. '.repeat(300)}\n`,
  '# Three\n',
];
export const DOCUMENT = 'sip-0900-three-texts.md';

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'save',
    prepare: (world) => world.history(1),
    program: 'save',
    words: ({ folder }) => [join(folder, 'data', 'console'), DOCUMENT, ...TEXTS],
    undone({ folder }, { stdout }) {
      const path = join(folder, 'data', 'console', 'sips', DOCUMENT);
      const saved = stdout.split('\n').filter((line) => line.startsWith('saved ')).length;
      const found = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
      // The one after what was said may be there already.
      const allowed = [saved === 0 ? undefined : TEXTS[saved - 1], TEXTS[saved]];
      return saved === 0 && found === undefined
        ? undefined
        : found !== undefined && allowed.includes(found)
          ? undefined
          : `after ${saved} saved texts the document is ${found === undefined ? 'not there' : JSON.stringify(found.slice(0, 40))}`;
    },
    async again() {
      return undefined;
    },
  },
  command({
    ...{ name: 'submit', operators: 1, seat: 0, takes: 1 },
    words: ({ sip }) => ['submit', String(sip.header.sip)],
    prepare: async () => undefined,
    wrong: (history) => proposed(history, 1),
  }),
  command({
    ...{ name: 'submit in two parts', operators: 6, seat: 1, takes: 2 },
    words: ({ sip }) => ['submit', String(sip.header.sip), '--reason', REASON],
    prepare: async () => undefined,
    wrong: (history) => proposed(history, 2),
    keepsReason: true,
  }),
  command({
    ...{ name: 'approve', operators: 1, seat: 1, takes: 1 },
    words: ({ sip }) => ['approve', String(sip.header.sip), '--reason', REASON],
    prepare: (history) => history.propose(),
    wrong: ({ proposal }) =>
      proposal.approved.length === 1 ? undefined : `${proposal.approved.length} approvals`,
    keepsReason: true,
  }),
  command({
    ...{ name: 'reject', operators: 1, seat: 2, takes: 1 },
    words: ({ sip }) => ['reject', String(sip.header.sip), '--reason', REASON],
    prepare: (history) => history.propose(),
    wrong: ({ proposal }) =>
      proposal.rejected.length === 1 ? undefined : `${proposal.rejected.length} rejections`,
    keepsReason: true,
  }),
  command({
    ...{ name: 'execute', operators: 1, seat: 0, takes: 1 },
    words: ({ sip }) => ['execute', String(sip.header.sip)],
    async prepare(history) {
      await history.propose();
      await history.approve(0);
      await history.approve(1);
      history.passTimeLock();
    },
    wrong: ({ world, sip }) =>
      world.chain.read('SipRecord', pdas.sipRecord(sip.header.sip)) ? undefined : 'it was not executed',
  }),
];

const proposed = (history: History, parts: number): string | undefined => {
  const added = history.lastIndex - history.indexBefore;
  return added === BigInt(parts) ? undefined : `${added} transactions of the council instead of ${parts}`;
};

/** Arguments of Node for its process. */
export const argvOf = (scenario: Scenario, history: History): readonly string[] => [
  programPaths()[scenario.program],
  ...scenario.words(history, 0),
];

export function scenarioOf(name: string): Scenario {
  const scenario = SCENARIOS.find((one) => one.name === name);
  if (!scenario) throw new Error(`no scenario ${name}`);
  return scenario;
}

/** The planted defect: saving as no console should. */
export const CARELESS: Scenario = {
  ...scenarioOf('save'),
  program: 'careless',
};
