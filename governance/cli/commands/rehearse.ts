import { SipError } from '#governance/errors.ts';
import type { Rehearsal } from '#governance/rehearse/rehearse.ts';
import type { Stage } from '#governance/rehearse/stages.ts';
import type { SandboxOptions } from '#governance/sandbox/options.ts';
import type { Sandbox } from '#governance/sandbox/start.ts';
import type { Sip } from '#governance/sip/document.ts';
import type { Rebased } from '#governance/sip/rebase.ts';
import type { UnixSeconds } from '#governance/types.ts';
import { momentText } from '#governance/words/times.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { type Paper, paperOn } from '../paper.ts';
import {
  type Copy,
  printCopy,
  printFailedStage,
  printFinal,
  rehearsalToJson,
  stageLine,
} from '../render/rehearsal.ts';
import { columnsOf, wantsJson } from '../render/screen.ts';
import { plural } from '../render/words.ts';
import { duration, time, whole } from '../values.ts';

export const command = defineCommand({
  name: 'rehearse',
  summary: 'Play every SIP of a folder from text to activated epoch, on a network of its own',
  details:
    'Starts an embedded network with the real programs, works on copies whose dates begin on its today, and shows every stage, the refusals included. Nothing of it stays behind. Exit 1 when any stage is not as expected.',
  args: { dir: { name: 'DIR', help: 'folder of SIPs' } },
  options: {
    keep: { flags: '--keep <dir>', help: 'leave the copies there' },
    members: { flags: '--members <n>', help: 'voters of the council (5)', parse: whole(1, 20) },
    threshold: { flags: '--threshold <n>', help: 'approvals needed (3)', parse: whole(1, 20) },
    timeLock: {
      flags: '--time-lock <seconds>',
      help: 'between approval and execution (600)',
      parse: (text: string) => Number(duration(text)),
    },
    startTime: {
      flags: '--start-time <iso>',
      help: "the network's time at the start",
      parse: time,
      hidden: true,
    },
  },
  examples: [
    ['rehearse sips', 'the whole history, as npm start does'],
    ['rehearse drafts --keep copies --time-lock 0', 'without a time lock, and leave the copies'],
  ],
  handlesInterrupt: true,
  async run(context, { dir }, options) {
    const files = await context.sips.files([dir]);
    if (files.length === 0) throw new SipError('SIPS_NOT_FOUND', { folder: dir });
    const { keep, startTime, members, threshold, timeLock } = options;
    const council = {
      ...(members !== undefined && { members }),
      ...(threshold !== undefined && { threshold }),
      ...(timeLock !== undefined && { timeLockSeconds: timeLock }),
    };
    const started = performance.now();
    return onNetwork(context, council, async (sandbox, folder) => {
      if (startTime !== undefined) await sandbox.warpTo(startTime);
      const { rehearsalWorld } = await import('#governance/sandbox/rehearsal-world.ts');
      const { rehearse } = await import('#governance/rehearse/rehearse.ts');
      const { nowIn } = await import('#governance/rehearse/world.ts');
      const world = await rehearsalWorld(sandbox, folder);
      try {
        const now = await nowIn(world);
        const { rebaseFolder } = await import('#governance/sip/rebase.ts');
        const rebased = rebaseFolder(files, momentText(now).slice(0, 10));
        const sips = await linted(rebased.files);
        if (keep !== undefined) await leave(context, keep, rebased.files);
        const copies = copiesOf(sips, rebased.files);
        const timeline = timelineOf(context, copies, rebased.days, now);
        context.stage('rehearsing');
        const result = await rehearse(world, sips, timeline);
        const seconds = ((performance.now() - started) / 1000).toFixed(1);
        return {
          json: rehearsalToJson(result, copies),
          text: (paper: Paper) => printEnd(paper, result, seconds, keep),
          exit: result.ok ? (0 as const) : (1 as const),
        };
      } finally {
        await world.close();
      }
    });
  },
});

/**
 * A network of its own in a folder of its own, both gone whatever happens.
 * @throws SipError INTERRUPTED after everything is swept up
 */
async function onNetwork<T>(
  context: Context,
  council: Partial<SandboxOptions>,
  work: (sandbox: Sandbox, folder: string) => Promise<T>,
): Promise<T> {
  const { mkdtemp, rm } = await import('node:fs/promises');
  const { tmpdir } = await import('node:os');
  const { join } = await import('node:path');
  const { randomBytes } = await import('node:crypto');
  const { loadPrograms } = await import('#governance/sandbox/programs.ts');
  const { startSandbox } = await import('#governance/sandbox/start.ts');
  const folder = await mkdtemp(join(tmpdir(), 'sip-rehearsal-'));
  const name = `rehearsal-${randomBytes(6).toString('hex')}`;
  context.stage('starting an embedded network');
  const starting = startSandbox({ dataDir: folder, name, programs: loadPrograms(), ...council });
  const running = starting.then((sandbox) => work(sandbox, join(folder, 'console')));
  running.catch(() => undefined);
  try {
    return await Promise.race([running, interruption(context.interrupted)]);
  } finally {
    const sandbox = await starting.catch(() => undefined);
    await sandbox?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function interruption(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(new SipError('INTERRUPTED', { signal: signal.reason, sent: 'no' }));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

/** The copies together, so that no number occurs twice. @throws SipError SIP_INVALID */
async function linted(copies: readonly Rebased[]): Promise<readonly Sip[]> {
  const { lintFiles } = await import('#governance/sip/lint.ts');
  const { sips, findings } = lintFiles(copies);
  const first = findings.find(({ level }) => level === 'error');
  if (first)
    throw new SipError('SIP_INVALID', {
      file: first.file,
      detail: `line ${first.line}: ${first.message.replace(/\.$/, '')}`,
    });
  return sips;
}

async function leave(context: Context, keep: string, copies: readonly Rebased[]): Promise<void> {
  const { basename } = await import('node:path');
  const { folderFiles } = await import('#governance/adapters/files.ts');
  const files = folderFiles(context.path(keep));
  for (const { file, bytes } of copies) await files.write(basename(file), bytes);
}

function copiesOf(sips: readonly Sip[], rebased: readonly Rebased[]): readonly Copy[] {
  const before = new Map(rebased.map((copy) => [copy.file, copy.before]));
  return [...sips]
    .sort((a, b) => a.header.sip - b.header.sip)
    .map(({ file, header, digest }) => ({
      sip: header.sip,
      title: header.title,
      before: before.get(file) ?? digest,
      after: digest,
    }));
}

/** Prints stages as they end; on standard error where standard output is one JSON document. */
function timelineOf(
  context: Context,
  copies: readonly Copy[],
  days: number,
  now: UnixSeconds,
): (stage: Stage) => void {
  const columns = columnsOf(context);
  const say = (text: (paper: Paper) => void) => {
    if (wantsJson(context)) text(paperOn(context.io.stderr, context.io));
    else context.print({ json: {}, text });
  };
  say((paper) => {
    paper.line(`An embedded network stands at ${momentText(now)}.`);
    const moved = `every time moved by ${plural(Math.abs(days), 'day')} ${days < 0 ? 'back' : 'forward'}`;
    paper.line(
      `${plural(copies.length, 'SIP')} will be played as copies, ${days === 0 ? 'dates unchanged' : moved}.`,
    );
  });
  let current: number | null = null;
  return (stage) =>
    say((paper) => {
      if (stage.sip !== current) {
        current = stage.sip;
        const copy = copies.find(({ sip }) => sip === stage.sip);
        paper.line();
        if (copy) printCopy(paper, copy);
      }
      paper.line(stageLine(paper.paint, stage, columns));
      printFailedStage(paper, stage, columns);
      context.stage(`rehearsing SIP-${stage.sip}`);
    });
}

function printEnd(paper: Paper, result: Rehearsal, seconds: string, keep: string | undefined): void {
  const { paint } = paper;
  printFinal(paper, result);
  paper.line();
  const { stages, ok, final } = result;
  const failed = stages.filter((stage) => !stage.ok).length;
  const played = `${plural(final.sips.length, 'SIP')}, ${plural(stages.length, 'stage')} in ${seconds} s`;
  paper.line(
    ok
      ? `${paint.green('The rehearsal came out as expected')}: ${played}.`
      : `${paint.red(`The rehearsal failed in ${plural(failed, 'stage')}`)}: ${played}. Later SIPs were not played.`,
  );
  if (keep !== undefined) paper.line(`The copies are in ${keep}.`);
}
