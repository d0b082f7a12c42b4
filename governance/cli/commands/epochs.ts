import { defineCommand } from '../command.ts';
import { epochToJson, printEpoch } from '../render/epochs.ts';
import { chainTimeLine } from '../render/status.ts';
import { namesOn } from '../render/words.ts';

export const command = defineCommand({
  name: 'epochs',
  summary: 'Show the restaking epochs: what was planned, what the chain has, what is due',
  details:
    'Window, access, withdrawals, caps and how full they are, the SIP that scheduled each epoch, who activated it and when. Where the chain differs from the text, the difference is named.',
  examples: [['epochs', 'all restaking epochs of the program']],
  async run(context) {
    const { readSnapshot } = await import('#governance/lifecycle/track.ts');
    const { viewEpochs } = await import('#governance/lifecycle/epochs.ts');
    const { isPaused } = await import('#governance/operations/epochs.ts');
    const library = await context.sips.library();
    const pins = await context.pins();
    context.stage('reading the chain');
    const snapshot = await readSnapshot(await context.rpc(), pins, library);
    const { config } = snapshot.state;
    const { now } = snapshot.scan;
    const views = viewEpochs(snapshot, pins, library);
    const nameOf = namesOn((await context.deployment()).sandbox);
    const paused = config !== undefined && isPaused(config, now);
    return {
      json: {
        now,
        activeEpoch: config?.activeEpoch ?? null,
        nextActivation: config?.nextActivation ?? null,
        nextEpoch: config?.nextEpoch ?? null,
        withdrawalsOpen: config?.withdrawalsOpen ?? null,
        paused,
        epochs: views.map(epochToJson),
      },
      text: (paper) => {
        const { paint } = paper;
        if (config === undefined)
          paper.line(paint.red(`The program ${pins.programId} is not initialized on this cluster.`));
        else if (views.length === 0)
          paper.line('No restaking epoch is scheduled. A SIP schedules one with schedule-epoch.');
        for (const view of views) {
          printEpoch(paper, view, now, nameOf);
          paper.line();
        }
        if (paused) paper.line(paint.yellow('The protocol is paused: no deposits, no activation.'));
        if (config !== undefined)
          paper.line(
            `${config.activeEpoch === null ? 'No epoch is active' : `Epoch ${config.activeEpoch} is active`}; withdrawals are ${config.withdrawalsOpen ? 'open' : 'closed'}; the next epoch to activate is ${config.nextActivation}.`,
          );
        paper.line(chainTimeLine(paint, now));
      },
    };
  },
});
