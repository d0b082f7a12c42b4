import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderFiles } from '#governance/adapters/files.ts';
import { systemTimer } from '#governance/adapters/timer.ts';
import { connectRpc } from '#governance/chain/rpc.ts';
import { type Ran, type RunOptions, runSip } from '#governance/cli/testing/run-sip.ts';
import type { SandboxOptions } from '#governance/sandbox/options.ts';
import { loadPrograms } from '#governance/sandbox/programs.ts';
import { type Sandbox, startSandbox } from '#governance/sandbox/start.ts';
import { parseSip, type Sip, type SipFile } from '#governance/sip/index.ts';

/** The command line in this process, against an embedded network and a folder of SIPs of its own. */
export interface CliWorld {
  readonly folder: string;
  readonly sips: string;
  readonly sandbox: Sandbox;
  readonly rpc: ReturnType<typeof connectRpc>;
  /** Midnight of the network's day at the start. */
  readonly today: bigint;
  sip(argv: readonly string[], options?: RunOptions): Promise<Ran>;
  /** The same with `--output json`: the document and the exit code. */
  json(argv: readonly string[]): Promise<Record<string, unknown> & { readonly exit: number }>;
  write(file: SipFile): Promise<Sip>;
  stop(): Promise<void>;
}

export async function startCliWorld(options: Partial<SandboxOptions> = {}): Promise<CliWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'sip-cli-'));
  const sips = join(folder, 'sips');
  await mkdir(sips);
  const sandbox = await startSandbox({ dataDir: join(folder, 'data'), programs: loadPrograms(), ...options });
  const rpc = connectRpc(sandbox.info.rpcUrl, { timer: systemTimer });
  const { unixTimestamp } = await rpc.clock();
  const home = join(folder, 'home');
  await mkdir(home);
  // By the environment, so that a test can say otherwise on the line.
  const env = { SIP_DATA_DIR: join(folder, 'data'), SIP_SIPS: sips };
  const sip: CliWorld['sip'] = (argv, run) =>
    runSip(argv, { cwd: home, ...run, env: { ...env, ...run?.env } });
  return {
    folder,
    sips,
    sandbox,
    rpc,
    today: unixTimestamp - (unixTimestamp % 86_400n),
    sip,
    async json(argv) {
      const ran = await sip([...argv, '--output', 'json']);
      return { ...ran.json(), exit: ran.code };
    },
    async write({ file, bytes }) {
      await folderFiles(sips).write(file, bytes);
      const { sip: parsed, findings } = parseSip(bytes, join(sips, file));
      if (!parsed) throw new Error(`the test's SIP is not valid: ${JSON.stringify(findings)}`);
      return parsed;
    },
    async stop() {
      await sandbox.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What every failure says under `--output json`. */
export const errorOf = (document: Record<string, unknown>) =>
  document.error as {
    readonly code: string;
    readonly message: string;
    readonly sent: string;
    readonly remedy: string;
  };
