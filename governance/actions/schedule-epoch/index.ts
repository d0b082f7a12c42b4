import { ACCOUNT_BYTES } from '../../restaking/sizes.ts';
import { defineAction, error } from '../action.ts';
import {
  buildTerms,
  checkCaps,
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

export const scheduleEpoch = defineAction<'schedule-epoch', Terms>({
  kind: 'schedule-epoch',
  title: 'Schedule a restaking epoch',
  summary: 'Sets window, access, withdrawals and caps of the next restaking epoch.',
  schema: termsSchema,
  fields: TERMS_FIELDS,
  example: {
    index: 0,
    'opens-at': '2026-12-01T12:00:00Z',
    'closes-at': '2026-12-02T12:00:00Z',
    access: 'invite-only',
    withdrawals: 'off',
    caps: exampleCaps,
  },
  describe: (p) => `Schedule restaking epoch ${p.index} ${describeTerms(p)}`,
  build: (p, context) => buildTerms('schedule_epoch', p, context),
  decode: (instructions, at, context) => decodeTerms('schedule_epoch', instructions, at, context),
  creates: (p) => [ACCOUNT_BYTES.Epoch, ...p.caps.map(() => ACCOUNT_BYTES.EpochCap)],
  async check(p, context) {
    const next = context.view('Config', context.pdas.config)?.nextEpoch;
    const findings = [...checkWindow(p, context), ...checkCaps(p.index, p.caps, context)];
    if (next !== undefined && next !== p.index) {
      findings.unshift(
        error(
          'epoch-out-of-order',
          `the next epoch to schedule is ${next}, not ${p.index}`,
          `Write index: ${next}, or amend the epoch that is there.`,
        ),
      );
    }
    return findings;
  },
  expect: (p, context) => [
    {
      ...expectTerms(p, context),
      fields: { ...expectTerms(p, context).fields, status: 'scheduled', scheduledBy: context.sip.number },
    },
    ...p.caps.map((cap) => expectCap(p.index, cap, context)),
    { account: context.pdas.config, type: 'Config', fields: { nextEpoch: p.index + 1 } },
  ],
});
