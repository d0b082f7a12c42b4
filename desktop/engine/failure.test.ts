import { describe, expect, it } from 'vitest';
import { ERRORS, type ErrorCode, SipError } from '#governance/errors.ts';
import { failureOf, Passed } from './failure.ts';

const FOLDER = '/srv/PLANTED/Data of PLANTED';
const FILE = `${FOLDER}/my key.json`;
const ENDPOINT = 'https://ada:PLANTED@rpc.example.com/v2/PLANTED?api-key=PLANTED';
const CODES = Object.keys(ERRORS) as ErrorCode[];
/** Facts that are told as moments. */
const MOMENTS: Readonly<Record<string, unknown>> = { now: 0n, target: 0n, executableAt: 0n };

/** Every fact that the sentences of a code are made of. */
function factsOf(code: ErrorCode): readonly string[] {
  const asked = new Set<string>();
  const facts = new Proxy({} as Record<string, unknown>, {
    get: (_, name) => {
      asked.add(String(name));
      return MOMENTS[String(name)];
    },
  });
  ERRORS[code].say(facts);
  ERRORS[code].remedy(facts);
  return [...asked].filter((name) => !(name in MOMENTS) && name !== 'differences');
}

const withFacts = (code: ErrorCode, of: (name: string) => string): SipError =>
  new SipError(code, { ...MOMENTS, ...Object.fromEntries(factsOf(code).map((name) => [name, of(name)])) });

const TOLD = [
  ['a path', () => FILE],
  [
    'a sentence with a path',
    (name: string) => (name === 'path' ? FILE : `it fails in ${FOLDER}/my key.json now`),
  ],
  ['an address', () => ENDPOINT],
  ['a sentence with an address', () => `refused by ${ENDPOINT}, and by nobody else`],
  ['a folder’s path on Windows', () => 'C:\\Users\\PLANTED\\of PLANTED\\keys'],
] as const;

describe('no place reaches the window', () => {
  it.each(CODES.filter((code) => factsOf(code).length > 0))('by %s', (code) => {
    for (const [what, of] of TOLD) {
      const error = withFacts(code, of);
      expect(`${error.message} ${error.remedy}`, 'the check has something to find').toContain('PLANTED');
      expect(JSON.stringify(failureOf(error)), what).not.toContain('PLANTED');
    }
  });

  it('by what nobody has thought of, and by what another process says', () => {
    const unknown = new Error(`ENOENT: no such file or directory, open '${FILE}'`);
    expect(failureOf(unknown)).toMatchObject({
      code: 'INTERNAL',
      message: expect.stringContaining("open 'my key.json'"),
    });
    const passed = new Passed({ code: 'X', message: `Not ${FILE}`, sent: 'no', remedy: `See ${ENDPOINT}.` });
    expect(failureOf(passed)).toEqual({
      ...{ code: 'X', sent: 'no' },
      ...{ message: 'Not my key.json', remedy: 'See https://rpc.example.com/….' },
    });
  });

  it('and a file is still named', () => {
    const error = new SipError('FILE_UNREADABLE', { path: FILE, reason: 'permission denied' });
    expect(failureOf(error).message).toBe('my key.json cannot be read: permission denied.');
    expect(error.message).toContain(FILE);
  });
});
