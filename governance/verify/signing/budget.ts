import { readExactly } from '../bytes.ts';
import { Refusal } from './refusal.ts';
import type { Line, Step } from './review.ts';

/** What stands around the action: the compute budget before it, a memo after it. */

export const COMPUTE_BUDGET = 'ComputeBudget111111111111111111111111111111';
export const MEMO = 'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr';
/** Tags of the compute budget program's instructions. */
const SET_LIMIT = 2;
const SET_PRICE = 3;
const MICRO_LAMPORTS = 1_000_000n;

/** Limit, then price, each at most once. */
export function readBudget(steps: readonly Step[]): {
  readonly taken: number;
  readonly lines: readonly Line[];
} {
  let limit: number | undefined;
  let price: bigint | undefined;
  let taken = 0;
  for (const step of steps) {
    if (step.program !== COMPUTE_BUDGET) break;
    const read = readExactly(step.data, (cursor) => {
      const tag = cursor.u8();
      if (tag === SET_LIMIT && limit === undefined && price === undefined) limit = cursor.u32();
      else if (tag === SET_PRICE && price === undefined) price = cursor.u64();
      else cursor.fail('a compute-unit limit, then a price, each once');
    });
    if (!read.ok || step.accounts.length > 0)
      throw new Refusal(
        'ARGUMENT_UNEXPECTED',
        step.at,
        'The compute budget is set in a way that is not signed here.',
      );
    taken += 1;
  }
  const lines: Line[] = [];
  if (limit !== undefined) lines.push({ label: 'Compute-unit limit', value: limit.toString() });
  if (price !== undefined) {
    const lamports = (price * BigInt(limit ?? 1_400_000) + MICRO_LAMPORTS - 1n) / MICRO_LAMPORTS;
    lines.push({
      label: 'Priority fee',
      value: `${lamports} lamports at most (${price} micro-lamports a unit)`,
    });
  }
  return { taken, lines };
}

export function readMemo(steps: readonly Step[]): {
  readonly taken: number;
  readonly lines: readonly Line[];
} {
  const last = steps.at(-1);
  if (last?.program !== MEMO) return { taken: 0, lines: [] };
  if (last.accounts.length > 0) throw new Refusal('ACCOUNT_UNEXPECTED', last.at, 'The memo names accounts.');
  const text = new TextDecoder().decode(last.data);
  // Bytes that are not printable ASCII could look like other text.
  if (!/^[\x20-\x7e]*$/.test(text))
    throw new Refusal('ARGUMENT_UNEXPECTED', last.at, 'The memo is not plain text.');
  return { taken: 1, lines: [{ label: 'Memo', value: text }] };
}
