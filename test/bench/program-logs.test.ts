import { describe, expect, it } from 'vitest';
import { callsIn, flatten, instructionIn } from './program-logs.ts';

const LOGS = [
  'Program ComputeBudget111 invoke [1]',
  'Program ComputeBudget111 success',
  'Program Outer invoke [1]',
  'Program log: Instruction: VaultTransactionExecute',
  'Program Ours invoke [2]',
  'Program log: Instruction: WhitelistLst',
  'Program System111 invoke [3]',
  'Program System111 success',
  'Program Token invoke [3]',
  'Program log: Please upgrade',
  'Program Token consumed 2500 of 170000 compute units',
  'Program Token success',
  'Program data: AAAA',
  'Program Ours consumed 30000 of 199000 compute units',
  'Program return: Ours AA==',
  'Program Ours success',
  'Program Outer consumed 40000 of 200000 compute units',
  'Program Outer success',
];

describe('callsIn', () => {
  it('nests the calls, each with its own lines and what it used', () => {
    const calls = callsIn(LOGS);
    expect(calls.map(({ program, computeUnits }) => [program, computeUnits])).toEqual([
      ['ComputeBudget111', undefined],
      ['Outer', 40_000],
    ]);
    const ours = calls[1]?.calls[0];
    expect(ours?.calls.map(({ program, computeUnits }) => [program, computeUnits])).toEqual([
      ['System111', undefined],
      ['Token', 2_500],
    ]);
    expect(ours && instructionIn(ours)).toBe('WhitelistLst');
    expect(ours?.logs).toContain('Program data: AAAA');
    expect(flatten(calls).map(({ program }) => program)).toEqual([
      'ComputeBudget111',
      'Outer',
      'Ours',
      'System111',
      'Token',
    ]);
  });

  it.each([
    ['cut lines', [...LOGS.slice(0, 5), 'Log truncated'], 'cut'],
    ['a missing end', LOGS.slice(0, -1), 'no end'],
    ['an end of another program', ['Program A invoke [1]', 'Program B success'], 'unexpected'],
    ['a failure', ['Program A invoke [1]', 'Program A failed: custom program error: 0x1'], 'unexpected'],
  ])('refuses %s', (_, lines, message) => {
    expect(() => callsIn(lines)).toThrow(message);
  });
});
