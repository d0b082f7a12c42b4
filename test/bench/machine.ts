import os from 'node:os';
import type { Table } from './section.ts';

/** The machine without what would say whose it is. */
export function machine(): Table {
  const [cpu] = os.cpus();
  return {
    columns: ['Machine', ''],
    rows: [
      ['CPU', `${cpu?.model.trim() ?? 'unknown'}, ${os.cpus().length} cores, ${os.arch()}`],
      ['Memory', `${(os.totalmem() / 2 ** 30).toFixed(1)} GiB`],
      // Without the suffix, which names whoever built it.
      ['Kernel', `${os.type()} ${os.release().split('-')[0]}`],
      ['Node', process.version],
    ],
  };
}

/** Processes that ran or waited for a core, the mean of the last minute. */
export const load = () => (os.loadavg()[0] ?? 0).toFixed(2);
