import { join } from 'node:path';
import { SipError } from '#governance/errors.ts';
import { embeddedNetwork } from '#governance/profile/schema.ts';
import type { SandboxInfo } from '#governance/sandbox/info.ts';
import type { Sandbox } from '#governance/sandbox/start.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { count } from '../json.ts';
import type { Paper } from '../paper.ts';
import { readIfThere } from '../read-file.ts';
import { duration, time, whole } from '../values.ts';

/** `sandbox stop` leaves it for the process in the foreground: the network's end was meant. */
const STOPPED = 'stopped';
/** How long a start under way may take to end after an interruption. */
const GIVE_UP_MS = 10_000;

const NAME = {
  flags: '--name <name>',
  help: 'which one, where several run ("default" if left out)',
} as const;

export const command = defineCommand({
  name: 'sandbox',
  summary: 'Run the embedded network: a Solana of your own with council, program and LSTs',
  details:
    'Stays in the foreground until Ctrl-C and leaves nothing behind. Its keys are made afresh and are worthless; its programs are built here. Commands of other terminals find it by themselves (profile embedded).',
  options: {
    members: {
      flags: '--members <n>',
      help: 'voters (5); one seat that may only initiate is added',
      parse: whole(1, 20),
    },
    threshold: { flags: '--threshold <m>', help: 'votes that decide (3)', parse: whole(1, 20) },
    timeLock: {
      flags: '--time-lock <duration>',
      help: 'between approval and execution (600; also 10m, 2h, 3d)',
      parse: duration,
    },
    slotMs: {
      flags: '--slot-ms <ms>',
      help: 'length of a slot (50; 400 is that of mainnet)',
      parse: whole(10, 1_000),
    },
    name: NAME,
  },
  examples: [
    ['sandbox', 'five voters, threshold 3, time lock ten minutes'],
    ['sandbox --members 1 --threshold 1 --time-lock 0', 'the shortest way from SIP to effect'],
    ['sandbox --output json', 'one JSON line when it is ready'],
    ['sandbox warp --by 10m', 'from another terminal: ten minutes pass'],
  ],
  handlesInterrupt: true,
  subcommands: [
    defineCommand({
      name: 'warp',
      summary: 'Move the embedded network’s clock forward',
      options: {
        toTime: {
          flags: '--to-time <time>',
          help: '2026-12-15T00:00:00Z, a day, or unix seconds',
          parse: time,
        },
        by: { flags: '--by <duration>', help: '600, 10m, 2h or 3d', parse: duration },
        name: NAME,
      },
      examples: [
        ['sandbox warp --by 600', 'ten minutes pass'],
        ['sandbox warp --to-time 2026-12-15T12:00:00Z', 'it becomes noon of that day'],
      ],
      async run(context, _args, { toTime, by, name }) {
        if ((toTime === undefined) === (by === undefined))
          throw new SipError('USAGE', { detail: 'warp needs one of --to-time and --by' });
        const { rpcUrl } = await running(context, name);
        const { warpBy, warpTo } = await import('#governance/sandbox/clock.ts');
        context.stage('moving the clock');
        const clock = toTime === undefined ? await warpBy(rpcUrl, by ?? 0n) : await warpTo(rpcUrl, toTime);
        const shown = new Date(Number(clock.unixTimestamp) * 1000).toISOString().replace('.000Z', 'Z');
        return {
          json: {
            time: shown,
            unixTimestamp: clock.unixTimestamp,
            slot: count(clock.slot),
            solanaEpoch: count(clock.solanaEpoch),
          },
          text: (paper) =>
            paper.line(`It is ${shown} (slot ${clock.slot}, Solana epoch ${clock.solanaEpoch}).`),
        };
      },
    }),
    defineCommand({
      name: 'status',
      summary: 'Show the running embedded network',
      options: { name: NAME },
      examples: [['sandbox status', 'endpoint, council, seats; exit 4 where none runs']],
      async run(context, _args, { name }) {
        const info = await running(context, name);
        const { readClock } = await import('#governance/sandbox/clock.ts');
        const { sandboxRpc } = await import('#governance/sandbox/rpc.ts');
        const rpc = sandboxRpc(info.rpcUrl);
        const clock = await readClock(rpc).finally(() => rpc.close());
        return {
          json: {
            ...info,
            clock: { ...clock, slot: count(clock.slot), solanaEpoch: count(clock.solanaEpoch) },
          },
          text: (paper) => describe(paper, info),
        };
      },
    }),
    defineCommand({
      name: 'stop',
      summary: 'End the running embedded network',
      options: { name: NAME },
      examples: [['sandbox stop', 'the same as Ctrl-C in its terminal']],
      async run(context, _args, options) {
        const name = nameOf(context, options.name);
        const { pid } = await running(context, options.name);
        await (await folderOf(context, name)).write(STOPPED, new Uint8Array());
        context.stage('stopping');
        process.kill(pid, 'SIGTERM');
        while (isAlive(pid)) await context.timer.sleep(20);
        // In case nobody was in the foreground to sweep up.
        const { removeInfo, sandboxFolder } = await import('#governance/sandbox/store.ts');
        await removeInfo(sandboxFolder(context.dataDir, name));
        return {
          json: { stopped: name },
          text: (paper) => paper.line(`The embedded network "${name}" has ended.`),
        };
      },
    }),
  ],
  async run(context, _args, options) {
    const name = nameOf(context, options.name);
    const { loadPrograms } = await import('#governance/sandbox/programs.ts');
    const { startSandbox } = await import('#governance/sandbox/start.ts');
    const own = await folderOf(context, name);
    context.stage('starting the embedded network');
    const starting = startSandbox({
      dataDir: context.dataDir,
      name,
      programs: loadPrograms(),
      ...(options.members !== undefined && { members: options.members }),
      ...(options.threshold !== undefined && { threshold: options.threshold }),
      ...(options.timeLock !== undefined && { timeLockSeconds: Number(options.timeLock) }),
      ...(options.slotMs !== undefined && { slotMs: options.slotMs }),
    });
    const sandbox = await unlessInterrupted(context, starting);
    await own.remove(STOPPED);
    const ended = Promise.race([
      sandbox.exited.then(() => 'network' as const),
      interruption(context.interrupted).then(() => 'signal' as const),
    ]);
    context.print({
      json: { ...sandbox.info },
      text(paper) {
        describe(paper, sandbox.info);
        paper.line();
        paper.line('Running; Ctrl-C ends it.');
      },
    });
    if ((await ended) === 'signal') await sandbox.stop();
    else if ((await readIfThere(join(context.dataDir, 'sandbox', name, STOPPED))) === null)
      throw new SipError('SANDBOX_DIED', { name });
    await own.remove(STOPPED);
    return null;
  },
});

/** --name, else what the profile says. */
function nameOf(context: Context, said: string | undefined): string {
  return said ?? embeddedNetwork(context.settings.profile?.value ?? '') ?? 'default';
}

async function running(context: Context, said: string | undefined): Promise<SandboxInfo> {
  const { requireSandbox } = await import('#governance/sandbox/store.ts');
  return requireSandbox(context.dataDir, nameOf(context, said));
}

async function folderOf(context: Context, name: string) {
  const { folderFiles } = await import('#governance/adapters/files.ts');
  const { sandboxFolder } = await import('#governance/sandbox/store.ts');
  return folderFiles(sandboxFolder(context.dataDir, name));
}

/** A start cannot be cut short, only undone. */
async function unlessInterrupted({ interrupted }: Context, starting: Promise<Sandbox>): Promise<Sandbox> {
  const first = await Promise.race([starting, interruption(interrupted).then(() => null)]);
  if (first !== null) return first;
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, GIVE_UP_MS);
  });
  await Promise.race([starting.then((sandbox) => sandbox.stop()).catch(() => undefined), patience]);
  clearTimeout(timer);
  throw new SipError('INTERRUPTED', { signal: interrupted.reason, sent: 'no' });
}

function interruption(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function describe(paper: Paper, info: SandboxInfo): void {
  paper.pairs([
    ['endpoint', info.rpcUrl],
    ['process', info.pid],
    ['council', info.council],
    ['vault', info.vault],
    ['program', info.programId],
  ]);
  paper.line();
  const seats = info.members.map(
    (member, seat) => [seat, member.publicKey, member.permissions.join(', ')] as const,
  );
  const offices = [
    ['epoch-admin', info.epochAdmin.publicKey, 'activates what a SIP scheduled'],
    ['guardian', info.guardian.publicKey, 'pauses'],
    ['gatekeeper', info.gatekeeper.publicKey, 'admits deposits of invite-only epochs'],
    ['depositor', info.depositor.publicKey, 'holds LSTs'],
  ] as const;
  paper.table(['--as', 'key', 'may'], [...seats, ...offices]);
  paper.line();
  paper.table(
    ['LST', 'mint'],
    info.lsts.map(({ symbol, mint }) => [symbol, mint]),
  );
  paper.line();
  paper.table(
    ['program', 'id', 'sha256', 'origin'],
    info.programs.map(({ name, id, sha256, origin }) => [name, id, sha256, origin]),
  );
}
