import { describe, expect, it } from 'vitest';
import { isSipFile } from './file-name.ts';
import { lintFiles } from './lint.ts';
import { lintJson, lintText } from './lint-output.ts';
import { DOUBLE } from './testing/double-catalog.ts';
import { bytesOf, FILE, sample } from './testing/sample.ts';

const file = (name: string, text: string) => ({ file: name, bytes: bytesOf(text) });
const lint = (...files: ReturnType<typeof file>[]) => lintFiles(files, { catalog: DOUBLE });

describe('lint', () => {
  it('passes valid files and gives their SIPs', () => {
    const report = lint(file(FILE, sample()));
    expect(report).toMatchObject({ ok: true, findings: [], sips: [{ header: { sip: 8 } }] });
  });

  it('refuses a number that another file has', () => {
    const report = lint(file(FILE, sample()), file('sips/sip-0008-other.md', sample()));
    expect(report.ok).toBe(false);
    expect(report.findings).toMatchObject([
      {
        code: 'number-duplicate',
        file: 'sips/sip-0008-other.md',
        line: 3,
        message: `The number 8 is taken by ${FILE}.`,
      },
    ]);
  });

  it('refuses a number that a neighbour has, and judges the neighbour not', () => {
    const neighbours = [
      file('sips/sip-0008-other.md', sample({ replace: ['Status: Draft', 'Status: Odd'] })),
    ];
    const report = lintFiles([file(FILE, sample())], { catalog: DOUBLE, neighbours });
    expect(report.findings.map((finding) => finding.code)).toEqual(['number-duplicate']);
  });

  it('does not stop at warnings', () => {
    const report = lint(file(FILE, sample({ sections: { Abstract: 'word '.repeat(400) } })));
    expect(report).toMatchObject({ ok: true, findings: [{ level: 'warning', code: 'abstract-long' }] });
  });

  it('skips README and template of a folder', () => {
    const names = [
      'sips/README.md',
      'sips\\template.md',
      'sips/sip-0002-a.md',
      'sips/notes.txt',
      'sips/odd.md',
    ];
    expect(names.filter(isSipFile)).toEqual(['sips/sip-0002-a.md', 'sips/odd.md']);
  });
});

describe('output', () => {
  const files = [file(FILE, sample({ replace: ['Status: Draft', 'Status: Drft'] }))];
  const report = lintFiles(files, { catalog: DOUBLE });

  it('shows place, caret and remedy', () => {
    expect(lintText(report, files)).toBe(
      [
        `error[status-unknown]: "Drft" is no status of a SIP. --> ${FILE}:6:9`,
        '  |',
        '6 | Status: Drft',
        '  |         ^',
        '  = help: Did you mean "Draft"?',
        '',
      ].join('\n'),
    );
  });

  it('shows nothing that a terminal obeys, and keeps the caret in place', () => {
    const odd = [file(FILE, 'ab\x1b[31m\u202e red')];
    const text = lintText(lintFiles(odd, { catalog: DOUBLE }), odd);
    for (const char of ['\x1b', '\u202e']) expect(text).not.toContain(char);
    expect(text).toContain('1 | ab\u{fffd}[31m\u{fffd} red\n  |   ^\n');
  });

  it('cuts long lines around the place', () => {
    const long = [file(FILE, `${'a'.repeat(3_000)}\u200b${'b'.repeat(1_000)}`)];
    const text = lintText(lintFiles(long, { catalog: DOUBLE }), long);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(200);
    expect(text).toContain('a\u{fffd}b');
  });

  it('is one JSON document with the findings', () => {
    expect(lintJson(report)).toEqual({ schemaVersion: 1, ok: false, findings: report.findings });
    expect(Object.keys(report.findings[0] ?? {}).sort()).toEqual(
      ['code', 'column', 'file', 'help', 'level', 'line', 'message'].sort(),
    );
  });
});
