import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { elsewhere } from './elsewhere.ts';
import type { Launched } from './launch.ts';

/** Transaction that the council has before it when the stage is set. */
export const OPEN_TRANSACTION = 5;
const TIME_LOCK_SECONDS = '600';

/**
 * Puts the network inside an app into the middle of a council's work, from elsewhere: four LSTs are in, epoch 0 is active
 * with deposits, epoch 1 is scheduled, the operators' SIP has one vote.
 */
export async function setTheStage(launched: Launched): Promise<void> {
  const { documents, sip, end } = elsewhere(launched);
  const decide = async (number: string) => {
    await sip('submit', number, '--as', '5');
    for (const seat of ['0', '1', '2']) await sip('approve', number, '--as', seat);
    await sip('sandbox', 'warp', '--by', TIME_LOCK_SECONDS);
    await sip('execute', number, '--as', '0');
  };
  try {
    await decide('2');
    await decide('4');
    const [, opensAt = ''] =
      /opens-at: (\S+)/.exec(
        readFileSync(join(documents, 'sip-0004-schedule-restaking-epoch-0.md'), 'utf8'),
      ) ?? [];
    await sip('sandbox', 'warp', '--to-time', opensAt);
    await sip('epoch', 'activate', '0', '--as', 'epoch-admin');
    for (const [lst, amount] of [
      ['mSOL', '6400.5'],
      ['JitoSOL', '9100'],
    ] as const)
      await sip(
        'restake',
        '--lst',
        lst,
        '--amount',
        amount,
        '--as',
        'depositor',
        '--gatekeeper',
        'gatekeeper',
      );
    await decide('5');
    await sip('submit', '3', '--as', '5');
    await sip('approve', '3', '--as', '3');
  } finally {
    end();
  }
}
