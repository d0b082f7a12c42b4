import { PublicKey } from '@solana/web3.js';
import { z } from 'zod';
import { NO_KEY } from '../../restaking/accounts.ts';
import { vaultOf } from '../../restaking/pdas.ts';
import { Variant } from '../../restaking/plain.ts';
import { renderTime } from '../../times.ts';
import type { Address } from '../../types.ts';
import { type CheckContext, defineAction, error, type Finding } from '../action.ts';
import { decodeNamed, kindOfAccount, sipInstruction } from '../common.ts';
import { time, unixOf, wallet, whole } from '../values.ts';

const SQUADS_PROGRAM = 'SQDS4ep65T869zMMBKyuUq6aD6EgTu8psMjkvj52pCf';
/** Squads' own limit: 90 days. */
const MAX_TIME_LOCK_SECONDS = 7_776_000;

/** Either a hand-over or its cancellation; both state every key, so that nothing is implied. */
const handover = z.strictObject({
  venue: z.literal('squads', { error: 'the only venue is squads' }),
  council: wallet,
  'min-threshold': whole(1, 65_535),
  'min-time-lock-seconds': whole(0, MAX_TIME_LOCK_SECONDS),
  'expires-at': time,
});
const cancellation = z.strictObject({ cancel: z.literal(true) });
const schema = z.union([handover, cancellation], {
  error: 'give venue, council, min-threshold, min-time-lock-seconds and expires-at, or cancel: true alone',
});
type ProposeAuthority = z.infer<typeof schema>;

const NONE = {
  newAuthority: PublicKey.default,
  venue: new Variant('squads'),
  venueAccount: PublicKey.default,
  floors: { minThreshold: 0, minTimeLock: 0 },
  expiresAt: 0n,
};

export const proposeAuthority = defineAction<'propose-authority', ProposeAuthority>({
  kind: 'propose-authority',
  title: 'Hand the authority over',
  summary:
    'Offers the program’s authority to another council, which takes it by accepting; or cancels the offer.',
  schema,
  fields: [
    {
      name: 'venue',
      label: 'Venue',
      kind: 'choice',
      choices: ['squads'],
      help: 'Where the new authority decides.',
    },
    {
      name: 'council',
      label: 'New council',
      kind: 'address',
      of: 'multisig',
      help: 'The new Squads multisig, by its own address, not its vault’s.',
    },
    {
      name: 'min-threshold',
      label: 'Lowest threshold',
      kind: 'whole',
      min: 1,
      max: 65_535,
      help: 'Floor of the new guard.',
    },
    {
      name: 'min-time-lock-seconds',
      label: 'Lowest time lock',
      kind: 'whole',
      min: 0,
      max: MAX_TIME_LOCK_SECONDS,
      help: 'Floor of the new guard, in seconds.',
    },
    {
      name: 'expires-at',
      label: 'Expires',
      kind: 'time',
      help: 'Last moment for the new council to accept.',
    },
    {
      name: 'cancel',
      label: 'Cancel instead',
      kind: 'flag',
      optional: true,
      help: 'Takes a pending offer back; state it alone.',
    },
  ],
  example: {
    venue: 'squads',
    council: 'GcYvLKKEWpxQMqFe9HUcDJYMGvXt7kwf8gfBvjnW4wnm' as Address,
    'min-threshold': 3,
    'min-time-lock-seconds': 86_400,
    'expires-at': '2026-12-31T00:00:00Z',
  },
  describe: (p) =>
    'cancel' in p
      ? 'Take the pending hand-over of the authority back'
      : `Offer the authority to the council ${p.council} (vault ${vaultOf(p.council)}), with floors threshold ${p['min-threshold']} and time lock ${p['min-time-lock-seconds']} s, until ${p['expires-at']}`,
  build(p, context) {
    if ('cancel' in p) return [sipInstruction('propose_authority', context, {}, NONE)];
    const args = {
      newAuthority: new PublicKey(vaultOf(p.council)),
      venue: new Variant(p.venue),
      venueAccount: new PublicKey(p.council),
      floors: { minThreshold: p['min-threshold'], minTimeLock: p['min-time-lock-seconds'] },
      expiresAt: unixOf(p['expires-at']),
    };
    return [sipInstruction('propose_authority', context, {}, args)];
  },
  decode(instructions, at, context) {
    const decoded = decodeNamed('propose_authority', instructions, at, context);
    if (!decoded) return undefined;
    const { newAuthority, venue, venueAccount, expiresAt } = decoded.args;
    const floors = decoded.args.floors as { readonly minThreshold: number; readonly minTimeLock: number };
    if (newAuthority === NO_KEY) {
      const bare =
        venueAccount === NO_KEY && floors.minThreshold === 0 && floors.minTimeLock === 0 && expiresAt === 0n;
      return bare ? { params: { cancel: true }, taken: 1 } : undefined;
    }
    if (vaultOf(venueAccount as Address) !== newAuthority) return undefined;
    const params = handover.safeParse({
      venue,
      council: venueAccount,
      'min-threshold': floors.minThreshold,
      'min-time-lock-seconds': floors.minTimeLock,
      'expires-at': renderTime(expiresAt as bigint),
    });
    return params.success ? { params: params.data, taken: 1 } : undefined;
  },
  async check(p, context) {
    if (!('cancel' in p)) return checkCouncil(p.council, unixOf(p['expires-at']), context);
    const pending = context.view('Config', context.pdas.config)?.pending.authority;
    return pending === NO_KEY
      ? [error('no-handover-pending', 'no hand-over is pending', 'Leave the action out.')]
      : [];
  },
  expect(p, context) {
    const fields =
      'cancel' in p
        ? { 'pending.authority': NO_KEY }
        : {
            'pending.authority': vaultOf(p.council),
            'pending.venueAccount': p.council,
            'pending.floors.minThreshold': p['min-threshold'],
            'pending.floors.minTimeLock': p['min-time-lock-seconds'],
            'pending.expiresAt': unixOf(p['expires-at']) as bigint,
            'pending.sip': context.sip.number,
          };
    return [{ account: context.pdas.config, type: 'Config', fields: { ...fields, sip: context.sip.number } }];
  },
});

async function checkCouncil(
  council: Address,
  expiresAt: bigint,
  context: CheckContext,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const account = await kindOfAccount(context.reader, council);
  if (account?.owner !== SQUADS_PROGRAM) {
    const help = 'Give the multisig’s own address; a vault’s address is a common mistake.';
    findings.push(error('not-a-council', `${council} is no Squads multisig on this cluster`, help));
  }
  if (expiresAt <= context.now)
    findings.push(error('handover-expired', 'the offer would have expired already', 'Move expires-at.'));
  return findings;
}
