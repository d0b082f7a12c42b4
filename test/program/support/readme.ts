import { readFileSync } from 'node:fs';

const README = readFileSync(new URL('../../../programs/restaking/README.md', import.meta.url), 'utf8');

/** The rows of the first table under a heading of the program's README, by the titles of its columns. */
export function readmeTable(heading: string): readonly Readonly<Record<string, string>>[] {
  const section = README.split(/^## /m).find((text) => text.startsWith(`${heading}\n`));
  const lines = (section ?? '').split('\n');
  const start = lines.findIndex((line) => line.startsWith('| '));
  if (start < 0) throw new Error(`no table under ${heading}`);
  const end = lines.findIndex((line, at) => at > start && !line.startsWith('|'));
  const [titles = [], , ...rows] = lines.slice(start, end < 0 ? undefined : end).map(cellsOf);
  return rows.map((cells) => Object.fromEntries(titles.map((title, at) => [title, cells[at] ?? ''])));
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
}
