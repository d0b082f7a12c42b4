import { z } from 'zod';
import { defineAction, type Finding, warning } from '../action.ts';
import { addressOrNone, decodeNamed, keyOrNone, noneOr, sipInstruction } from '../common.ts';
import { walletOrNone, whole } from '../values.ts';

/** Squads' own limit: 90 days. */
const MAX_TIME_LOCK_SECONDS = 7_776_000;

const schema = z.strictObject({
  'min-threshold': whole(1, 65_535),
  'min-time-lock-seconds': whole(0, MAX_TIME_LOCK_SECONDS),
  'vote-governance': walletOrNone,
});
type SetGuard = z.infer<typeof schema>;

export const setGuard = defineAction<'set-guard', SetGuard>({
  kind: 'set-guard',
  title: 'Set the guard’s floors',
  summary: 'Sets the lowest threshold and time lock of the council at which a SIP takes effect.',
  schema,
  fields: [
    {
      name: 'min-threshold',
      label: 'Lowest threshold',
      kind: 'whole',
      min: 1,
      max: 65_535,
      help: 'Never above what the council has.',
    },
    {
      name: 'min-time-lock-seconds',
      label: 'Lowest time lock',
      kind: 'whole',
      min: 0,
      max: MAX_TIME_LOCK_SECONDS,
      help: 'In seconds; never above what the council has.',
    },
    {
      name: 'vote-governance',
      label: 'Vote governance',
      kind: 'address',
      of: 'any',
      orNone: true,
      help: 'An SPL Governance whose vote accompanies SIPs.',
    },
  ],
  example: { 'min-threshold': 3, 'min-time-lock-seconds': 600, 'vote-governance': 'none' },
  describe: (p) =>
    `Let SIPs take effect only with a threshold of at least ${p['min-threshold']} and a time lock of at least ${p['min-time-lock-seconds']} s; vote governance ${p['vote-governance']}`,
  build: (p, context) => [
    sipInstruction(
      'set_guard',
      context,
      { council: context.pins.council },
      {
        floors: { minThreshold: p['min-threshold'], minTimeLock: p['min-time-lock-seconds'] },
        voteGovernance: keyOrNone(p['vote-governance']),
      },
    ),
  ],
  decode(instructions, at, context) {
    const decoded = decodeNamed('set_guard', instructions, at, context);
    if (!decoded) return undefined;
    const floors = decoded.args.floors as { readonly minThreshold: number; readonly minTimeLock: number };
    const params = schema.safeParse({
      'min-threshold': floors.minThreshold,
      'min-time-lock-seconds': floors.minTimeLock,
      'vote-governance': noneOr(decoded.args.voteGovernance),
    });
    return params.success ? { params: params.data, taken: 1 } : undefined;
  },
  async check(p, context) {
    const floors = context.view('Config', context.pdas.config)?.guard.floors;
    const findings: Finding[] = [];
    if (floors && p['min-threshold'] < floors.minThreshold)
      findings.push(
        warning(
          'floor-lowered',
          `the lowest threshold falls from ${floors.minThreshold} to ${p['min-threshold']}`,
          'Justify it in Security Considerations.',
        ),
      );
    if (floors && p['min-time-lock-seconds'] < floors.minTimeLock)
      findings.push(
        warning(
          'floor-lowered',
          `the lowest time lock falls from ${floors.minTimeLock} s to ${p['min-time-lock-seconds']} s`,
          'Justify it in Security Considerations.',
        ),
      );
    return findings;
  },
  expect: (p, context) => [
    {
      account: context.pdas.config,
      type: 'Config',
      fields: {
        'guard.floors.minThreshold': p['min-threshold'],
        'guard.floors.minTimeLock': p['min-time-lock-seconds'],
        'guard.voteGovernance': addressOrNone(p['vote-governance']),
        sip: context.sip.number,
      },
    },
  ],
});
