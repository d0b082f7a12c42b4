import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { projectRoot } from '#governance/sandbox/project.ts';

/** The program's own code compiled for this computer (`host/`): a process that plays steps beside its own model. */

const run = promisify(execFile);
/** Anchor prints addresses of some errors; what is asked for comes last. */
const MOST_OUTPUT = 256 * 1024 * 1024;

async function lastLine(command: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run(command, args, {
    cwd: projectRoot(),
    encoding: 'utf8',
    maxBuffer: MOST_OUTPUT,
  });
  return stdout.trimEnd().split('\n').at(-1) ?? '';
}

let binary: Promise<string> | undefined;

/** Builds it where its sources have changed; the first time that takes minutes. */
export function hostModel(): Promise<string> {
  binary ??= lastLine(process.execPath, ['test/attacks/model/host/build.mjs']);
  return binary;
}

async function asked<T>(command: string, numbers: Readonly<Record<string, number>>): Promise<T> {
  const options = Object.entries(numbers).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return JSON.parse(await lastLine(await hostModel(), [command, ...options])) as T;
}

export interface Played {
  /** Steps by class: made, and of them those that took effect. */
  readonly steps: Readonly<Record<string, readonly [made: number, inEffect: number]>>;
  /** A sentence for each difference, with the fewest steps that show it. */
  readonly broken: readonly string[];
}

/** The steps with these numbers. */
export const playOnHost = (slice: { readonly seed: number; readonly from: number; readonly count: number }) =>
  asked<Played>('play', { seed: slice.seed, from: slice.from, count: slice.count });

/** The planted defects that it does not find. */
export async function missedOnHost(seed: number): Promise<readonly string[]> {
  return (await asked<{ readonly missed: readonly string[] }>('control', { seed })).missed;
}

const ALWAYS_IN_EFFECT = [
  ...(['wait', 'propose', 'change of the council', 'bind receipts'] as const),
  'stand in the way of an account',
] as const;
const MAY_BE_REFUSED = [
  ...([
    'initialize',
    'begin_sip',
    'accept_authority',
    'propose_authority',
    'set_roles',
    'set_guard',
  ] as const),
  ...(['pause', 'unpause', 'record_external', 'whitelist_lst', 'set_pool_cap', 'set_pool_status'] as const),
  ...(['set_receipts_transferable', 'whitelist_operator', 'update_operator', 'retire_operator'] as const),
  ...(['schedule_epoch', 'amend_epoch', 'set_epoch_cap', 'cancel_epoch', 'end_epoch'] as const),
  ...(['execute a proposal of before', 'activate_epoch', 'close_epoch', 'guardian_pause'] as const),
  ...(['restake', 'unrestake', 'thaw_receipts', 'send receipts', 'send to the vault'] as const),
] as const;

/** How steps are counted: those in effect, and those refused. */
export const inEffect = (name: string): string => `host: ${name}`;
export const refused = (name: string): string => `host: ${name}, refused`;
export const HOST_CLASSES: readonly string[] = [
  ...ALWAYS_IN_EFFECT.map(inEffect),
  ...MAY_BE_REFUSED.flatMap((name) => [inEffect(name), refused(name)]),
];
