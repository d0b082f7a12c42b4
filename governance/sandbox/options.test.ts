import { expect, it } from 'vitest';
import { resolveOptions, type SandboxOptions } from './options.ts';

const resolve = (options: Partial<SandboxOptions>) =>
  resolveOptions({ dataDir: '/d', programs: [], ...options });

it('defaults to three of five, ten minutes', () => {
  expect(resolve({})).toMatchObject({
    name: 'default',
    members: 5,
    threshold: 3,
    timeLockSeconds: 600,
    slotMs: 50,
  });
});

it('lowers the default threshold to the number of voters', () => {
  expect(resolve({ members: 2 }).threshold).toBe(2);
});

it('takes an option that is there but undefined for absent', () => {
  expect(resolve({ members: undefined, threshold: undefined, name: undefined })).toMatchObject({
    members: 5,
    threshold: 3,
    name: 'default',
  });
});

it.each([
  { members: 0 },
  { members: 21 },
  { members: 2.5 },
  { members: 3, threshold: 4 },
  { threshold: 0 },
  { timeLockSeconds: -1 },
  { timeLockSeconds: 90 * 86_400 + 1 },
  { slotMs: 0 },
])('refuses %j', (options) => {
  expect(() => resolve(options)).toThrow(expect.objectContaining({ code: 'USAGE' }));
});
