import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseSetupFile } from './file.ts';

const example = /```json\n([\s\S]*?)```/.exec(readFileSync('governance/setup/README.md', 'utf8'))?.[1] ?? '';
const parse = (change: object, without: readonly string[] = []) => {
  const value = { ...JSON.parse(example), ...change };
  for (const key of without) delete value[key];
  return parseSetupFile(new TextEncoder().encode(JSON.stringify(value)), 'setup.json');
};
const member = (key: string, ...permissions: string[]) => ({ key, permissions });
const [A, B] = ['SysvarC1ock11111111111111111111111111111111', 'SysvarRent111111111111111111111111111111111'];

describe('a setup file', () => {
  it('is what README.md shows', () => {
    expect(parse({})).toMatchObject({ schemaVersion: 1, vaultLamports: 5_000_000_000n, gatekeeper: null });
  });

  it.each([
    ['an unknown key', { treshold: 3 }],
    [
      'a member twice',
      { members: [member(A, 'vote', 'initiate', 'execute'), member(A, 'vote')], threshold: 1 },
    ],
    ['nobody who may execute', { members: [member(A, 'vote', 'initiate')], threshold: 1 }],
    ['nobody who may initiate', { members: [member(A, 'vote', 'execute')], threshold: 1 }],
    [
      'a threshold above the voters',
      { members: [member(A, 'vote', 'execute'), member(B, 'initiate')], threshold: 2 },
    ],
    ['a threshold of nothing', { threshold: 0 }],
    ['a floor above the threshold', { floors: { minThreshold: 4, minTimeLockSeconds: 0 } }],
    ['a floor above the time lock', { floors: { minThreshold: 1, minTimeLockSeconds: 7_776_000 } }],
    ['a time lock above three months', { timeLockSeconds: 7_776_001 }],
    ['an address that is not canonical', { guardian: `1${A}` }],
    ['lamports as a number', { vaultLamports: 5 }],
    ['lamports with a fraction', { vaultLamports: '0.5' }],
    ['both a council and its create key', { council: A, createKey: 'create.json' }],
    ['a name that is no file name', { name: '../x' }],
  ])('is refused with %s', (_, change) => {
    expect(() => parse(change)).toThrow(expect.objectContaining({ code: 'SETUP_FILE_INVALID' }));
  });

  it('is refused without a role', () => {
    expect(() => parse({}, ['guardian'])).toThrow(expect.objectContaining({ code: 'SETUP_FILE_INVALID' }));
    expect(() => parseSetupFile(new TextEncoder().encode('{'), 'x')).toThrow(
      expect.objectContaining({ code: 'SETUP_FILE_INVALID' }),
    );
  });
});
