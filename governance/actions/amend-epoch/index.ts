import type { Epoch } from '../../restaking/accounts.ts';
import { ACCOUNT_BYTES } from '../../restaking/sizes.ts';
import { type CheckContext, defineAction, error, type Finding } from '../action.ts';
import {
  buildTerms,
  checkCaps,
  checkEpoch,
  checkWindow,
  decodeTerms,
  describeTerms,
  expectCap,
  expectTerms,
  TERMS_FIELDS,
  type Terms,
  termsSchema,
} from '../epoch.ts';
import { exampleCaps } from '../example-caps.ts';
import { unixOf } from '../values.ts';

export const amendEpoch = defineAction<'amend-epoch', Terms>({
  kind: 'amend-epoch',
  title: 'Amend a restaking epoch',
  summary:
    'Changes a scheduled epoch, or what an active one allows: caps, a later end, withdrawals from off to on.',
  schema: termsSchema,
  fields: TERMS_FIELDS,
  example: {
    index: 1,
    'opens-at': '2026-12-03T12:00:00Z',
    'closes-at': 'none',
    access: 'open',
    withdrawals: 'on',
    caps: exampleCaps.slice(0, 1),
  },
  describe: (p) => `Amend restaking epoch ${p.index}: ${describeTerms(p)}`,
  build: (p, context) => buildTerms('amend_epoch', p, context),
  decode: (instructions, at, context) => decodeTerms('amend_epoch', instructions, at, context),
  creates: (p) => p.caps.map(() => ACCOUNT_BYTES.EpochCap),
  async check(p, context) {
    const { epoch, findings } = checkEpoch(p.index, context);
    const active = epoch?.status === 'active' ? checkActive(p, epoch, context) : [];
    return [...findings, ...active, ...checkWindow(p, context), ...checkCaps(p.index, p.caps, context)];
  },
  expect: (p, context) => [expectTerms(p, context), ...p.caps.map((cap) => expectCap(p.index, cap, context))],
});

function checkActive(p: Terms, epoch: Epoch, context: CheckContext): readonly Finding[] {
  const findings: Finding[] = [];
  if (unixOf(p['opens-at']) !== epoch.terms.opensAt || p.access !== epoch.terms.access) {
    findings.push(
      error(
        'active-epoch-fixed',
        `epoch ${p.index} is active: its opening and access cannot change`,
        'State them as they are.',
      ),
    );
  }
  if (p.withdrawals === 'off' && epoch.terms.withdrawals) {
    findings.push(
      error(
        'withdrawals-one-way',
        `epoch ${p.index} is active with withdrawals on; they cannot be switched off`,
        'Write withdrawals: on.',
      ),
    );
  }
  if (epoch.terms.closesAt !== null && epoch.terms.closesAt <= context.now) {
    findings.push(
      error(
        'window-over',
        `the window of epoch ${p.index} is over; it waits to be closed`,
        'Close it and schedule the next one.',
      ),
    );
  }
  return findings;
}
