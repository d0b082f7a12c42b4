import { cpus } from 'node:os';
import type { Effort, Measured, Section, Table } from './section.ts';

/** Results as Markdown: the same text on the screen and in the file. */

export interface Done {
  readonly section: Section;
  readonly measured: Measured;
  readonly loadBefore: string;
}

/** Columns padded to one width, figures to the right. */
export function tableText({ title, columns, rows }: Table): string {
  const widths = columns.map((column, at) =>
    Math.max(3, column.length, ...rows.map((row) => (row[at] ?? '').length)),
  );
  const right = columns.map(
    (_, at) => at > 0 && rows.every((row) => /^(?:[\d.,]+\b.*|n\/a|none)$/.test(row[at] ?? '')),
  );
  const line = (cells: readonly string[]) => {
    const padded = widths.map((width, at) =>
      right[at] ? (cells[at] ?? '').padStart(width) : (cells[at] ?? '').padEnd(width),
    );
    return `| ${padded.join(' | ')} |\n`;
  };
  const rule = widths.map((width, at) => `${'-'.repeat(width - 1)}${right[at] ? ':' : '-'}`);
  return `${title === undefined ? '' : `### ${title}\n\n`}${line(columns)}${line(rule)}${rows.map(line).join('')}`;
}

export function sectionText({ section, measured, loadBefore }: Done): string {
  const tables = measured.tables.map(tableText).join('\n');
  const notes = [...measured.notes, `Load when it began: ${loadBefore}.`].join('\n\n');
  return `## ${section.title}\n\n${tables}\n${notes}\n`;
}

export function resultsPage(began: Date, machine: Table, done: readonly Done[], { seed }: Effort): string {
  const loads = done.map(({ loadBefore }) => Number(loadBefore));
  const head = `# Results

Written by \`npm run bench\` on ${began.toISOString().slice(0, 10)}, seed ${seed}. What is compared was measured in this one run, side by
side; only the ratios say something about another machine.

${tableText(machine)}
Load is the number of processes that run or wait for a core, over the minute before; this machine has ${cpus().length} cores, and
between the sections it was ${Math.min(...loads)} to ${Math.max(...loads)}, the benchmark's own share included. Where it was above the cores, times are
too long and rates too low. Compute units do not depend on it; ratios do, less than times.
`;
  return `${[head, ...done.map(sectionText)].join('\n')}`;
}
