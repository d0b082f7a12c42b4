import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Every answer that the map gives is a test that there is. */
const ROW = /^\| .* \| `([\w./-]+)`: (.+) \|$/;

const rows = readFileSync('programs/restaking/AUDIT-MAP.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| Finding') && !line.startsWith('| ---'));

describe('the map of findings', () => {
  it('has a test in every row', () => {
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter((row) => !ROW.test(row))).toEqual([]);
  });

  it.each(rows.map((row) => ROW.exec(row) ?? ['', '', '']).map(([, file, name]) => [name, file] as const))(
    '%s',
    (name, file) => {
      expect(readFileSync(file ?? '', 'utf8')).toContain(name);
    },
  );
});
