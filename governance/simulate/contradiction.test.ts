import { expect, it } from 'vitest';
import type { Trial } from '../proposals/trial.ts';
import { contradictionOf } from './contradiction.ts';
import type { Simulated } from './execution.ts';

const FAILURE = { code: 'TRANSACTION_FAILED' } as unknown as Simulated['failure'];
const run = (failure: Simulated['failure'], assumed: readonly string[] = []): Simulated => ({
  ...{ transactionIndex: 7n, assumed, failure, computeUnits: 1n, logs: [], changes: [] },
});
const trial = (ok: boolean | null, transactionIndex = 7n) => ({ ok, transactionIndex }) as Trial;

it('tells where the endpoint and this computer come to different ends of the same execution', () => {
  expect(contradictionOf([run(null)], trial(false))).toContain('fails, on this computer it succeeds');
  expect(contradictionOf([run(FAILURE)], trial(true))).toContain('succeeds, on this computer it fails');
});

it('says nothing where they agree, or did not try the same', () => {
  expect(contradictionOf([run(null)], trial(true))).toBeNull();
  expect(contradictionOf([run(FAILURE)], trial(false))).toBeNull();
  expect(contradictionOf([run(null)], trial(null))).toBeNull();
  expect(contradictionOf([run(null)], trial(false, 8n))).toBeNull();
  expect(contradictionOf([run(null, ['approved'])], trial(false))).toBeNull();
});
