import type { ChainReader } from '../chain/ports.ts';
import { expectationsOf } from '../lifecycle/expected.ts';
import { plannedParts } from '../plan/compile.ts';
import { readSipRecord, standingOf } from '../proposals/parts.ts';
import type { Sip } from '../sip/document.ts';
import type { Pins } from '../types.ts';
import { type Simulation, simulateExecution } from './execution.ts';

export interface SipSimulation extends Simulation {
  /** Every transaction ran, and the text’s promises are kept where all its parts are in. */
  readonly holds: boolean;
}

/**
 * Transactions of a text, with the parts before them that have not been executed yet.
 * @param sip undefined where no text at hand has the digest: then nothing is promised
 * @throws what `simulateExecution` throws
 */
export async function simulateSip(
  reader: ChainReader,
  pins: Pins,
  indexes: readonly bigint[],
  sip: Sip | undefined,
): Promise<SipSimulation> {
  const { order, whole } = sip ? await orderOf(reader, pins, indexes, sip) : { order: indexes, whole: false };
  const expectations = sip && whole ? expectationsOf(sip, pins) : null;
  const simulation = await simulateExecution(reader, pins, order, expectations);
  const ran = simulation.runs.every(({ failure }) => failure === null);
  return { ...simulation, holds: ran && (simulation.broken ?? []).length === 0 };
}

/** The last part leaves what the text promises, if those before it have run. */
async function orderOf(reader: ChainReader, pins: Pins, indexes: readonly bigint[], sip: Sip) {
  const total = plannedParts(sip, pins).length;
  const record = await readSipRecord(reader, pins, sip.header.sip);
  const done = record?.digest === sip.digest ? record.part : 0;
  const { live } = await standingOf(reader, pins, sip);
  const parts = [...live].sort(([a], [b]) => a - b);
  const asked = parts.filter(([, { transactionIndex }]) => indexes.includes(transactionIndex));
  const last = asked.at(-1)?.[0];
  // Not the text's own bytes, or the acceptance of a hand-over: run alone, and held against a text of one part.
  if (last === undefined) return { order: indexes, whole: total === 1 && done === 0 };
  if (last === 0) return { order: indexes, whole: false };
  const order = parts
    .filter(([part]) => part > done && part <= last)
    .map(([, { transactionIndex }]) => transactionIndex);
  return { order, whole: last === total && order.length === last - done };
}
