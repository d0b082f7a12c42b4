import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { keypairFileSigner } from '#governance/adapters/keypair-file.ts';
import { startHost } from '#governance/sandbox/host.ts';
import type { SandboxInfo } from '#governance/sandbox/info.ts';
import { loadPrograms } from '#governance/sandbox/programs.ts';
import { Engine } from '../engine.ts';
import { Passed } from '../failure.ts';
import type { Outside } from '../outside.ts';
import { type Calls, callsOf } from './calls.ts';
import { type Gate, gateTo } from './gate.ts';

/** What the confirm window would say of a request. */
interface Asked {
  readonly publicKey: string;
  readonly transactionIndex: string | null;
  readonly claim: { readonly title: string; readonly verdict: string | null; readonly digest: string | null };
}

/** The engine as main runs it, on an embedded network of its own; its person confirms what is asked. */
export interface TestEngine extends Calls {
  readonly engine: Engine;
  /** Of the console: settings, journal, documents. */
  readonly dataDir: string;
  readonly info: SandboxInfo;
  /** In front of the network. */
  readonly gate: Gate;
  /** Every signature that was asked for, oldest first. */
  readonly asked: readonly Asked[];
  /** What its person does; a test puts something else in. */
  readonly person: { confirms: boolean; chooses: string | null; saves: boolean };
  readonly saved: readonly { readonly fileName: string; readonly bytes: Uint8Array }[];
  /** Approves by the first three seats, lets the time lock pass and executes. */
  enact(...transactions: readonly number[]): Promise<void>;
  stop(): Promise<void>;
}

/** @param prepare the data folder, before the engine starts */
export async function startTestEngine(
  prepare: (dataDir: string) => Promise<unknown> = async () => undefined,
): Promise<TestEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'engine-'));
  const [appFolder, dataDir] = [join(folder, 'app'), join(folder, 'data')];
  await mkdir(dataDir);
  await Promise.all([appIn(appFolder), prepare(dataDir)]);
  const asked: Asked[] = [];
  const saved: { fileName: string; bytes: Uint8Array }[] = [];
  const person: TestEngine['person'] = { confirms: true, chooses: null, saves: true };
  let gate: Gate | undefined;
  const outside: Outside = {
    async startNetwork(slotMs) {
      const host = await startHost(slotMs);
      gate = await gateTo(host.rpcUrl);
      return { ...host, rpcUrl: gate.url };
    },
    choose: async () => person.chooses,
    async save(fileName, bytes) {
      if (person.saves) saved.push({ fileName, bytes });
      return person.saves;
    },
    allow: async () => person.confirms,
    inspect: async (path) => (await keypairFileSigner(path)).publicKey.toBase58(),
    ledgerAddresses: async () => [],
    ledgerShow: () => Promise.reject(new Passed(NO_LEDGER)),
    async sign(request) {
      const { source, message, ...rest } = request;
      asked.push(rest as unknown as Asked);
      if (!person.confirms) throw new Passed(REFUSED);
      const signer = await keypairFileSigner((source as { readonly path: string }).path);
      return signer.sign(message as Uint8Array);
    },
    networkGone: () => undefined,
  };
  const engine = new Engine({ appFolder, dataDir }, outside);
  await engine.start();
  if (engine.failure || !gate) throw new Error(engine.failure?.message ?? 'the network did not start');
  const info = await readFile(join(dataDir, 'sandbox', 'window', 'sandbox.json'), 'utf8');
  const calls = callsOf(engine);
  const { as, get } = calls;
  const opened = gate;
  return {
    ...{ engine, dataDir, info: JSON.parse(info) as SandboxInfo, gate: opened },
    ...{ asked, person, saved, ...calls },
    async enact(...transactions) {
      const act = (index: number, what: 'approve' | 'execute') =>
        get('proposals.act', { transactionIndex: `${index}`, act: what });
      for (const index of transactions)
        for (const seat of ['0', '1', '2']) {
          await as(seat);
          await act(index, 'approve');
        }
      await get('network.warp', { seconds: 600 });
      for (const index of transactions) await act(index, 'execute');
    },
    async stop() {
      await engine.stop();
      await opened.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** An app's folder as far as the engine reads it. */
async function appIn(folder: string): Promise<void> {
  await mkdir(join(folder, 'programs'), { recursive: true });
  const programs = await loadPrograms();
  const inside = programs.map((program) => ({ ...program, path: relative(folder, program.path) }));
  await Promise.all([
    writeFile(join(folder, 'programs', 'programs.json'), JSON.stringify(inside)),
    cp('sips', join(folder, 'sips'), { recursive: true }),
  ]);
}

const REFUSED = {
  code: 'SIGNING_REFUSED',
  message: 'It was not confirmed.',
  sent: 'no',
  remedy: 'Nothing was signed.',
} as const;
const NO_LEDGER = {
  code: 'LEDGER_ABSENT',
  message: 'No Ledger is connected.',
  sent: 'no',
  remedy: 'Connect it.',
} as const;
