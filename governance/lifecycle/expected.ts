import type { Expectation } from '../actions/action.ts';
import { actionOf } from '../actions/registry.ts';
import { buildContext } from '../plan/context.ts';
import type { Sip } from '../sip/document.ts';
import type { Address, Pins } from '../types.ts';

/** What a text leaves on chain; where two of its actions touch one field, the later one holds. */
export function expectationsOf(sip: Sip, pins: Pins): readonly Expectation[] {
  const context = buildContext(pins, { number: sip.header.sip, digest: sip.digest });
  const all = sip.actions.flatMap((action) => actionOf(action.kind)?.expect(action.params, context) ?? []);
  const merged = new Map<Address, Expectation>();
  for (const expectation of all) {
    const known = merged.get(expectation.account);
    const fields = expectation.fields === null ? null : { ...known?.fields, ...expectation.fields };
    merged.set(expectation.account, { ...expectation, fields });
  }
  return [...merged.values()];
}

/** Indexes of the restaking epochs that a text schedules. */
export function epochsScheduledBy(sip: Sip, pins: Pins): readonly number[] {
  return expectationsOf(sip, pins)
    .filter(({ type, fields }) => type === 'Epoch' && fields?.status === 'scheduled')
    .map(({ fields }) => Number(fields?.index));
}
