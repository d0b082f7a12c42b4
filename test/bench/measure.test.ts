import { expect, it } from 'vitest';
import { median, medianMs } from './measure.ts';

it.each([
  [[3], 3],
  [[5, 1, 3], 3],
  [[4, 1, 3, 2], 2.5],
])('the median of %j is %d', (values, wanted) => {
  expect(median(values)).toBe(wanted);
});

it('runs all works in every round', async () => {
  const order: string[] = [];
  const seen = await medianMs({ a: () => order.push('a'), b: async () => order.push('b') }, 2);
  expect(order).toEqual(['a', 'b', 'a', 'b']);
  expect(Object.keys(seen)).toEqual(['a', 'b']);
});
