import { describe, expect, it } from 'vitest';
import { isSipError } from '../errors.ts';
import { digestOf } from './digest.ts';
import { rebaseFolder } from './rebase.ts';
import { DOUBLE } from './testing/double-catalog.ts';
import { bytesOf, MINT, parse, sample } from './testing/sample.ts';

const options = { catalog: DOUBLE };
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const WINDOW = `
  - action: double-window
    index: 1
    opens: "2026-10-01T12:00:00Z"
    closes: 2026-10-02T12:00:00Z # not before 2026-10-01T12:00:00Z
    caps:
      - {mint: ${MINT}, cap: "1"}
\`\`\`
`;
const eight = { file: 'sip-0008-a.md', bytes: bytesOf(sample({ replace: ['\n```\n', WINDOW] })) };
const nine = {
  file: 'sip-0009-b.md',
  bytes: bytesOf(
    sample({ replace: ['SIP: 8', 'SIP: 9'] }).replace('Updated: 2026-09-17', 'Updated: 2026-09-27'),
  ),
};

describe('rebase', () => {
  it('shifts every time so that the first SIP was updated today', () => {
    const { days, files } = rebaseFolder([nine, eight], '2027-01-01', options);
    expect(days).toBe(106);
    const text = textOf(files[1]?.bytes ?? new Uint8Array());
    expect(text).toContain('Created: 2026-12-31\nUpdated: 2027-01-01\n');
    expect(text).toContain('valid-until: 2027-03-31T00:00:00Z\n');
    expect(text).toContain('opens: "2027-01-15T12:00:00Z"\n');
    expect(text).toContain('closes: 2027-01-16T12:00:00Z # not before 2026-10-01T12:00:00Z\n');
    expect(textOf(files[0]?.bytes ?? new Uint8Array())).toContain('Updated: 2027-01-11\n');
  });

  it('gives both digests, and the copy is a valid SIP', () => {
    const [copy] = rebaseFolder([eight], '2030-02-28', options).files;
    expect(copy?.before).toBe(digestOf(eight.bytes));
    expect(copy?.after).toBe(digestOf(copy?.bytes ?? new Uint8Array()));
    expect(copy?.after).not.toBe(copy?.before);
    expect(parse(copy?.bytes ?? '', 'sip-0008-a.md').findings).toEqual([]);
  });

  it.each(['\r\n', '\r'])('keeps every other byte, with line ends %j and blanks at them', (end) => {
    const odd = sample({ sections: { Motivation: 'Cafe\u0301 on 2026-09-16.  ' } }).replaceAll('\n', end);
    const { files } = rebaseFolder([{ file: 'sip-0008-a.md', bytes: bytesOf(odd) }], '2026-09-18', options);
    const expected = odd
      .replace('Created: 2026-09-16', 'Created: 2026-09-17')
      .replace('Updated: 2026-09-17', 'Updated: 2026-09-18')
      .replace('2026-12-15T', '2026-12-16T');
    expect(textOf(files[0]?.bytes ?? new Uint8Array())).toBe(expected);
  });

  it('goes back to the first text when shifted back', () => {
    const there = rebaseFolder([eight, nine], '2036-01-01', options).files;
    const back = rebaseFolder(there, '2026-09-17', options).files;
    expect(back.map(({ bytes }) => textOf(bytes))).toEqual([textOf(eight.bytes), textOf(nine.bytes)]);
  });

  it.each([
    [
      'SIP_INVALID',
      () => rebaseFolder([{ file: 'sip-0008-a.md', bytes: bytesOf('x') }], '2027-01-01', options),
    ],
    ['USAGE', () => rebaseFolder([eight], '2027-02-30', options)],
    ['REBASE_OUT_OF_RANGE', () => rebaseFolder([eight], '9999-12-31', options)],
  ])('fails by %s', (code, run) => {
    expect(codeOf(run)).toBe(code);
  });
});

function codeOf(run: () => unknown): string {
  try {
    run();
    return 'nothing';
  } catch (error) {
    return isSipError(error) ? error.code : String(error);
  }
}
