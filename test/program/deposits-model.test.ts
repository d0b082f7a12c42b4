import type { Keypair } from '@solana/web3.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { active, deposit, whitelisted } from './support/epochs.ts';
import { setEpochCap, setPoolCap, unrestake } from './support/instructions.ts';
import { depositor, type Lst, mintOf, tokenAccount } from './support/lst.ts';
import { TOKEN_ERROR } from './support/token.ts';
import { addressOf, pdas, World } from './support/world.ts';

/** Random deposits, withdrawals and caps against plain arithmetic: same refusals, same counters, nothing made or lost. */

const OWNERS = 2;
const WALLET = 60n;
const amount = fc.bigInt({ min: 0n, max: 40n });
const who = fc.nat({ max: OWNERS - 1 });
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('deposit' as const), who, amount }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('leave' as const), who, amount }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pool-cap' as const), amount }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('epoch-cap' as const), amount }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Model {
  poolCap: bigint;
  epochCap: bigint;
  filled: bigint;
  receipts: bigint[];
}
const deposited = (model: Model) => model.receipts.reduce((sum, held) => sum + held, 0n);

/** The error that is due, having changed the model where there is none. */
function predict(model: Model, s: Step): string {
  if (s.kind === 'pool-cap') {
    if (s.amount === model.poolCap) return 'NothingChanges';
    model.poolCap = s.amount;
    return '';
  }
  if (s.kind === 'epoch-cap') {
    model.epochCap = s.amount;
    return '';
  }
  const held = model.receipts[s.who] ?? 0n;
  if (s.amount === 0n) return 'AmountZero';
  if (s.kind === 'deposit') {
    if (deposited(model) + s.amount > model.poolCap) return 'PoolCapExceeded';
    if (model.filled + s.amount > model.epochCap) return 'EpochCapExceeded';
    if (s.amount > WALLET - held) return TOKEN_ERROR.insufficientFunds;
    model.filled += s.amount;
  } else if (s.amount > held) return TOKEN_ERROR.insufficientFunds;
  model.receipts[s.who] = s.kind === 'deposit' ? held + s.amount : held - s.amount;
  return '';
}

function perform(w: World, lst: Lst, index: number, owners: readonly Keypair[], s: Step): string {
  if (s.kind === 'pool-cap') return w.bySip(setPoolCap(w, lst, s.amount)).error;
  if (s.kind === 'epoch-cap') return w.bySip(setEpochCap(w, index, lst, s.amount)).error;
  const owner = owners[s.who] as Keypair;
  if (s.kind === 'deposit') return deposit(w, owner, lst, s.amount, index).error;
  return w.chain.send([unrestake(addressOf(owner.publicKey), lst, s.amount)], [owner]).error;
}

it('deposits and withdrawals are exact under any sequence', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 25 }), (steps) => {
      const w = new World();
      const lst = whitelisted(w, { poolCap: 70n });
      const owners = Array.from({ length: OWNERS }, () => depositor(w.chain, lst, WALLET));
      const index = active(w, [lst], { withdrawals: true }, 90n);
      const model: Model = { poolCap: 70n, epochCap: 90n, filled: 0n, receipts: owners.map(() => 0n) };
      // A receipt account is made by the first deposit, and nothing can be withdrawn before.
      const known = new Set<number>();
      for (const s of steps) {
        if (s.kind === 'leave' && !known.has(s.who)) continue;
        const due = predict(model, s);
        expect(perform(w, lst, index, owners, s)).toBe(due);
        if (s.kind === 'deposit' && due === '') known.add(s.who);
        const cap = w.chain.read('EpochCap', pdas.epochCap(index, lst.pool));
        expect([cap?.filled, cap?.cap]).toEqual([model.filled, model.epochCap]);
        const total = deposited(model);
        expect(w.chain.read('RestakingPool', lst.pool)?.deposited).toBe(total);
        expect(tokenAccount(w.chain, lst.vault)?.amount).toBe(total);
        expect(mintOf(w.chain, lst.rstMint)?.supply).toBe(total);
        for (const at of known) {
          const owner = addressOf((owners[at] as Keypair).publicKey);
          const held = { amount: model.receipts[at], frozen: true };
          expect(tokenAccount(w.chain, lst.receiptsOf(owner))).toMatchObject(held);
        }
      }
    }),
    { numRuns: 8 },
  );
});
