import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Keypair } from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ran, runSip } from '#governance/cli/testing/run-sip.ts';
import { loadPrograms, type ProgramBinary, programNamed } from '#governance/sandbox/programs.ts';
import { wallet } from '#governance/sandbox/seed-account.ts';
import { type BareNetwork, startBareNetwork } from '#governance/sandbox/start.ts';
import { type QuickLoader, quickLoader } from './support/quick-loader.ts';

/**
 * From a cluster that knows nothing of us to an executed SIP: two consoles with folders of their own, which share
 * nothing but an endpoint and a profile file.
 */

const SOL = 1_000_000_000n;
const STEPS = ['program', 'council', 'initialize', 'upgrade-authority', 'vault'];
const TIME_LOCK_SECONDS = 600;
/** The process is interrupted, then killed when so many pieces have arrived, of almost nine hundred. */
const INTERRUPT_AT = 150;
const KILL_AT = 450;

let folder: string;
let programs: readonly ProgramBinary[];
let network: BareNetwork;
let endpoint: QuickLoader;
const at = (...path: string[]) => join(folder, ...path);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sip-setup-'));
  programs = await loadPrograms();
  const deployer = await newKey('deployer.json');
  await newKey('poor.json');
  const accounts = [wallet(deployer.publicKey, 100n * SOL)];
  network = await startBareNetwork({ dataDir: at('network'), programs, accounts });
  endpoint = await quickLoader(network.info.rpcUrl);
  await writeFile(at('setup.json'), JSON.stringify(setupFile()));
  await Promise.all(['a', 'b'].map((name) => mkdir(at(name, 'sips'), { recursive: true })));
});
afterAll(async () => {
  await endpoint?.close();
  await network?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function newKey(file: string): Promise<Keypair> {
  const keypair = Keypair.generate();
  await writeFile(at(file), JSON.stringify([...keypair.secretKey]), { mode: 0o600 });
  return keypair;
}

function setupFile(changes: object = {}): object {
  const { members, epochAdmin, guardian, gatekeeper } = network.info;
  return {
    name: 'bare',
    members: members.map(({ publicKey, permissions }) => ({ key: publicKey, permissions })),
    threshold: 3,
    timeLockSeconds: TIME_LOCK_SECONDS,
    floors: { minThreshold: 3, minTimeLockSeconds: TIME_LOCK_SECONDS },
    epochAdmin: epochAdmin.publicKey,
    guardian: guardian.publicKey,
    gatekeeper: gatekeeper.publicKey,
    vaultLamports: String(10n * SOL),
    ...changes,
  };
}

type Console = 'a' | 'b';
type Document = Record<string, unknown> & { readonly exit: number };

function run(of: Console, argv: readonly string[]): Promise<Ran> {
  const own = ['--data-dir', at(of, 'data'), '--sips', at(of, 'sips')];
  return runSip([...argv, ...own], { cwd: at(of), env: { SIP_PROJECT: process.cwd() } });
}

async function json(of: Console, ...argv: readonly string[]): Promise<Document> {
  const ran = await run(of, [...argv, '--output', 'json']);
  return { ...ran.json(), exit: ran.code };
}

const setup = (verb: string, ...more: readonly string[]): Promise<Document> =>
  json('a', 'setup', verb, ...more, '--url', endpoint.url, '--keypair', at('deployer.json'));
const stepsOf = (document: Document, field: string): readonly unknown[] =>
  (document.steps as Record<string, unknown>[]).map((step) => step[field]);
const errorOf = (document: Document) => document.error as { readonly code: string; readonly sent: string };
const sends = () => endpoint.asked.filter((method) => method === 'sendTransaction').length;

describe('before anything is sent', () => {
  it('plans every step with signers and costs', async () => {
    const plan = await setup('plan', at('setup.json'));
    expect(plan).toMatchObject({ exit: 0, enough: true });
    expect(stepsOf(plan, 'name')).toEqual(STEPS);
    expect(stepsOf(plan, 'state')).toEqual(STEPS.map(() => 'missing'));
    expect(BigInt(String(plan.neededLamports))).toBeGreaterThan(16n * SOL);
    expect(sends()).toBe(0);
  });

  it('says in status that nothing is there', async () => {
    const status = await json('a', 'setup', 'status', '--url', endpoint.url);
    expect(status).toMatchObject({ exit: 4, complete: false });
  });

  it('refuses a payer without SOL', async () => {
    const refused = await json(
      'a',
      'setup',
      'apply',
      at('setup.json'),
      '-u',
      endpoint.url,
      '-k',
      at('poor.json'),
    );
    expect(errorOf(refused)).toMatchObject({ code: 'INSUFFICIENT_LAMPORTS', sent: 'no' });
    expect(sends()).toBe(0);
  });

  it('refuses a binary that is not of the program key', async () => {
    const { path } = programNamed(programs, 'squads');
    const refused = await setup('apply', at('setup.json'), '--program-so', path);
    expect(errorOf(refused)).toMatchObject({ code: 'PROGRAM_BINARY_WRONG', sent: 'no' });
    expect(sends()).toBe(0);
  });

  it('refuses the development key for another host, without asking it', async () => {
    const elsewhere = ['-u', 'https://rpc.invalid', '-k', at('deployer.json')];
    const { programId } = await setup('plan', at('setup.json'));
    const refused = await json(
      'a',
      'setup',
      'apply',
      at('setup.json'),
      ...elsewhere,
      '--program-id',
      String(programId),
    );
    expect(errorOf(refused)).toMatchObject({ code: 'DEVELOPMENT_KEY_REFUSED', sent: 'no' });
  });

  it('refuses a file that no council can be made of', async () => {
    await writeFile(at('broken.json'), JSON.stringify(setupFile({ threshold: 6 })));
    const refused = await setup('apply', at('broken.json'));
    expect(errorOf(refused)).toMatchObject({ code: 'SETUP_FILE_INVALID', sent: 'no' });
  });
});

describe('apply', () => {
  it('is interrupted, and says so', async () => {
    const { ended, output } = await stopApply('SIGINT', INTERRUPT_AT);
    expect(ended).toBe(130);
    const { code, sent } = errorOf(JSON.parse(output));
    // Pieces are sent in batches: between two of them everything sent has been seen.
    expect([code, sent]).toEqual(['INTERRUPTED', expect.stringMatching(/^(?:unknown|yes)$/)]);
  });

  it('is killed in the middle of the program', async () => {
    const { ended, output } = await stopApply('SIGKILL', KILL_AT);
    expect([ended, output]).toEqual(['SIGKILL', '']);
    const plan = await setup('plan', at('setup.json'));
    expect(stepsOf(plan, 'state')).toEqual(['begun', 'missing', 'missing', 'missing', 'missing']);
  });

  it('goes on where the chain stands', async () => {
    const before = endpoint.writes;
    const started = performance.now();
    const applied = await setup('apply', at('setup.json'), '--profile-out', at('profile.json'));
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const { written } = (applied.steps as { written: { chunks: number; kept: number } }[])[0]!;
    console.info(
      `setup apply: ${written.chunks - written.kept} of ${written.chunks} pieces in ${seconds} s in all`,
    );
    expect(applied).toMatchObject({ exit: 0, profileKept: true });
    expect(stepsOf(applied, 'outcome')).toEqual(STEPS.map(() => 'done'));
    expect(written.kept).toBeGreaterThanOrEqual(KILL_AT);
    expect(endpoint.writes - before).toBe(written.chunks - written.kept);
  });

  it('has nothing to do when run again', async () => {
    const before = sends();
    const again = await setup('apply', at('setup.json'), '--profile-out', at('profile.json'));
    expect(stepsOf(again, 'outcome')).toEqual(STEPS.map(() => 'kept'));
    expect(sends()).toBe(before);
  });

  it('refuses a file with another member', async () => {
    const { members } = setupFile() as { members: { key: string }[] };
    const others = [{ ...members[0], key: network.info.depositor.publicKey }, ...members.slice(1)];
    await writeFile(at('others.json'), JSON.stringify(setupFile({ members: others })));
    const refused = await setup('apply', at('others.json'));
    expect(errorOf(refused)).toMatchObject({ code: 'SETUP_MISMATCH', sent: 'no' });
    const status = await json('a', 'setup', 'status', at('others.json'), '--profile', 'bare');
    expect(status.exit).toBe(1);
    expect(stepsOf(status, 'state')).toEqual(['done', 'mismatch', 'done', 'done', 'done']);
  });
});

describe('the other console', () => {
  it('knows the deployment by the profile file, and what is still hot', async () => {
    expect(await json('b', 'profile', 'add', 'theirs', '--from', at('profile.json'))).toMatchObject({
      exit: 0,
    });
    const { path } = programNamed(programs, 'restaking');
    const status = await json('b', 'setup', 'status', '--profile', 'theirs', '--program-so', path);
    expect(status).toMatchObject({ exit: 0, complete: true });
    const codes = (status.hot as { code: string; level: string }[]).filter(({ level }) => level !== 'ok');
    expect(codes.map(({ code }) => code)).toEqual([
      'epoch-admin-hot',
      'guardian-hot',
      'gatekeeper-hot',
      'time-lock-short',
      'vault-holdings',
    ]);
  });

  it('sees a SIP of the first one from its text to the state it promises', async () => {
    const member = (of: Console, seat: number, ...argv: readonly string[]) => {
      const { keypairPath } = network.info.members[seat]!;
      return json(of, ...argv, '--profile', of === 'a' ? 'bare' : 'theirs', '--keypair', keypairPath);
    };
    for (const of of ['a', 'b'] as const) {
      const copied = await member(
        of,
        0,
        'rebase',
        join(process.cwd(), 'sips'),
        '--to-chain',
        '--out',
        at(of, 'sips'),
      );
      expect(copied.exit).toBe(0);
    }
    expect(await readFile(at('a', 'sips', await nameOf(2)))).toEqual(
      await readFile(at('b', 'sips', await nameOf(2))),
    );

    const submitted = await member('a', 0, 'submit', '2');
    expect(submitted).toMatchObject({ exit: 0, outcome: 'submitted' });
    const parts = submitted.parts as { transactionIndex: number }[];
    for (const { transactionIndex } of parts) {
      const verified = await member('b', 1, 'verify', '2', '--transaction-index', String(transactionIndex));
      expect(verified).toMatchObject({ exit: 0, verdict: 'match' });
    }
    expect(await member('b', 1, 'approve', '2')).toMatchObject({ exit: 0 });
    expect(await member('a', 0, 'approve', '2')).toMatchObject({ exit: 0 });
    const early = await member('a', 0, 'execute', '2');
    expect(errorOf(early)).toMatchObject({ code: 'PROPOSAL_NOT_APPROVED', sent: 'no' });
    expect(await member('b', 2, 'approve', '2')).toMatchObject({ exit: 0 });
    const locked = await member('b', 2, 'execute', '2');
    expect(locked.exit).toBe(4);
    expect(errorOf(locked)).toMatchObject({ code: 'TIME_LOCK_RUNNING', sent: 'no' });

    await network.warpBy(BigInt(TIME_LOCK_SECONDS));
    expect(await member('b', 2, 'execute', '2')).toMatchObject({ exit: 0, stateAsExpected: true });
    for (const of of ['a', 'b'] as const) {
      const status = await run(of, [
        'status',
        '2',
        '--profile',
        of === 'a' ? 'bare' : 'theirs',
        '--output',
        'json',
      ]);
      expect(status.code).toBe(0);
      expect(status.stdout).toContain('"Executed"');
    }
  });
});

/** Runs apply in a process of its own until so many pieces have arrived. */
async function stopApply(
  signal: NodeJS.Signals,
  pieces: number,
): Promise<{ ended: number | NodeJS.Signals | null; output: string }> {
  const words = ['setup', 'apply', at('setup.json'), '--url', endpoint.url, '--keypair', at('deployer.json')];
  const own = ['--data-dir', at('a', 'data'), '--output', 'json'];
  const child = spawn(process.execPath, ['tools/sip.mjs', ...words, ...own], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.once('close', (code, by) => resolve(code ?? by)),
  );
  while (endpoint.writes < pieces && child.exitCode === null)
    await new Promise((resolve) => setTimeout(resolve, 2));
  child.kill(signal);
  return { ended: await ended, output };
}

async function nameOf(number: number): Promise<string> {
  const start = `sip-${String(number).padStart(4, '0')}-`;
  const found = (await readdir('sips')).find((name) => name.startsWith(start));
  if (found === undefined) throw new Error(`there is no SIP-${number}`);
  return found;
}
