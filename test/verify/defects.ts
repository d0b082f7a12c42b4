import type { Comparer } from '#governance/verify/closest-part.ts';
import { compareParts } from '#governance/verify/compare.ts';

/** Comparers with a planted defect, which every harness has to find; the product has no switch for them. */

const blindTo =
  (hidden: (d: ReturnType<Comparer>[number]) => boolean): Comparer =>
  (wanted, present) =>
    compareParts(wanted, present).filter((difference) => !hidden(difference));

export const DEFECTS: Readonly<Record<string, Comparer>> = {
  'ignores who signs and what is writable': blindTo(
    (d) => d.kind === 'different-account' && d.instruction === undefined,
  ),
  'ignores data': blindTo((d) => d.kind === 'different-argument'),
  'ignores further instructions': blindTo(
    (d) => d.kind === 'extra-instruction' || d.instruction === undefined,
  ),
  'ignores the order': blindTo((d) => d.kind === 'reordered'),
  'looks at the first instruction only': blindTo((d) => (d.instruction ?? 0) > 0),
};
