import { restakingPdas } from '../restaking/pdas.ts';
import type { Sip } from '../sip/document.ts';
import type { Pins } from '../types.ts';
import { checkHistory, stepsOf } from './check-transaction.ts';
import type { AuditEpoch } from './document.ts';
import type { Findings } from './findings.ts';
import { capStated, capsOf, epochStated, subjectOfEpoch } from './stated.ts';

/** One epoch: its bytes, its caps, and who activated it. */
export function checkEpoch(epoch: AuditEpoch, sip: Sip, pins: Pins, found: Findings): void {
  const { index, account, caps, history } = epoch;
  const at = `epoch ${index}`;
  const address = restakingPdas(pins.programId).epoch(index);
  if (account !== null)
    found.compare('account-false', at, [account.address, account.owner], [address, pins.programId]);
  const derived = epochStated(pins, account);
  const state = ({ status, scheduledBy, opensAt, closesAt, activatedBy, activatedAt }: typeof derived) => [
    ...[status, scheduledBy, opensAt, closesAt, activatedBy, activatedAt],
  ];
  found.compare('epoch-false', at, state(epoch), state(derived));

  const promised = capsOf(sip, pins, index);
  for (const { account: cap, capBaseUnits, filledBaseUnits } of caps) {
    const here = `${at}, cap ${cap.address}`;
    const place = promised.includes(cap.address) ? cap.address : 'a cap of the text';
    found.compare('account-false', here, [cap.address, cap.owner], [place, pins.programId]);
    const { capBaseUnits: limit, filledBaseUnits: filled } = capStated(pins, cap);
    found.compare('epoch-false', here, [capBaseUnits, filledBaseUnits], [limit, filled]);
  }

  checkHistory(history, subjectOfEpoch(pins, index), at, found);
  const signed = stepsOf(history, 'activate').at(-1);
  if (signed !== undefined) found.compare('activation-false', at, derived.activatedBy, signed);
  else if (derived.activatedBy !== null) found.word('activation-unproven', `${at}: ${derived.activatedBy}`);
}
