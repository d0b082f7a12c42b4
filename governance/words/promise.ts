import type { FieldDifference } from '../actions/confirm.ts';

/** What is not as the text promises: `EpochCap.cap is 5, the text says 7`. @param verb of what is or will be */
export const brokenText = ({ type, field, expected, actual }: FieldDifference, verb = 'is'): string =>
  `${type}${field === '' ? '' : `.${field}`} ${verb} ${String(actual)}, the text says ${String(expected)}`;
