import { isSipError } from '#governance/errors.ts';
import type { TrackedSip } from '#governance/lifecycle/track.ts';
import type { UnixSeconds } from '#governance/types.ts';
import { stateText, stepText } from '#governance/words/steps.ts';
import { momentText } from '#governance/words/times.ts';
import { defineCommand } from '../command.ts';
import type { Paper } from '../paper.ts';
import { dueText, statusText, trackedToJson } from '../render/status.ts';
import { type NameOf, namesOn, whoText } from '../render/words.ts';
import { whole } from '../values.ts';

export const command = defineCommand({
  name: 'watch',
  summary: 'Print every change of status until interrupted',
  details:
    'Reads the chain again and again. Under --output json each change is one document on its own line.',
  options: {
    interval: {
      flags: '--interval <seconds>',
      help: 'between two readings (2 if left out)',
      parse: whole(1, 3600),
    },
  },
  examples: [
    ['watch', 'until Ctrl-C'],
    ['watch --interval 30 --output json', 'one JSON document per change'],
  ],
  handlesInterrupt: true,
  async run(context, _, { interval = 2 }) {
    const { readSnapshot, trackSips } = await import('#governance/lifecycle/track.ts');
    const library = await context.sips.library();
    const pins = await context.pins();
    const rpc = await context.rpc();
    const nameOf = namesOn((await context.deployment()).sandbox);
    const seen = new Map<number, string>();
    let silent = false;
    for (let first = true; !context.interrupted.aborted; first = false) {
      try {
        const snapshot = await readSnapshot(rpc, pins, library);
        if (silent) context.warn('The endpoint answers again.');
        silent = false;
        const { now } = snapshot.scan;
        for (const tracked of trackSips(snapshot, pins, library)) {
          const { sip } = tracked;
          const state = fingerprint(tracked);
          if (seen.get(sip.header.sip) === state) continue;
          seen.set(sip.header.sip, state);
          context.print({
            json: { now, ...trackedToJson(tracked) },
            text: (paper) => printChange(paper, tracked, now, nameOf),
          });
        }
      } catch (error) {
        // An endpoint that falls silent later may come back; one that never answered is a failure.
        if (first || !isSipError(error) || error.exit !== 5) throw error;
        if (!silent) context.warn(`${error.message} Watching goes on.`);
        silent = true;
      }
      await pause(interval * 1000, context.interrupted);
    }
    return null;
  },
});

/** What a change is: status, votes, impostors, due steps; not the mere passing of time. */
function fingerprint({ status, because, due, transactions, impostors }: TrackedSip): string {
  const states = [...transactions, ...impostors].map(({ transactionIndex, state }) => {
    const { nextSteps: _, ...rest } = state;
    const lockRuns = rest.kind === 'approved' && rest.timeLockLeftSeconds > 0n;
    return [
      transactionIndex,
      { ...rest, ...(rest.kind === 'approved' && { timeLockLeftSeconds: lockRuns ? 1 : 0 }) },
    ];
  });
  return JSON.stringify([status, because, due, states], (_, value) =>
    typeof value === 'bigint' ? `${value}` : value,
  );
}

function printChange(paper: Paper, tracked: TrackedSip, now: UnixSeconds, nameOf: NameOf): void {
  const { paint } = paper;
  const { sip, status, because, due, transactions, impostors } = tracked;
  paper.line(
    `${paint.dim(momentText(now))}  ${paint.bold(`SIP-${sip.header.sip}`)}  ${statusText(paint, status)}, ${because}`,
  );
  for (const { transactionIndex, state } of transactions.slice(0, 3))
    paper.line(`    transaction ${transactionIndex}: ${stateText(state, now)}`);
  for (const { transactionIndex, verification } of impostors)
    paper.line(paint.yellow(`    impostor: transaction ${transactionIndex} (${verification.verdict})`));
  for (const step of due)
    paper.line(`    due: ${stepText(step)}, by ${whoText(step.who, nameOf)}, ${dueText(step, now)}`);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
