import { z } from 'zod';
import type { Address } from '../../types.ts';
import { defineAction, type Finding, warning } from '../action.ts';
import { addressOrNone, decodeNamed, keyOrNone, noneOr, sipInstruction } from '../common.ts';
import type { Field } from '../field.ts';
import { walletOrNone } from '../values.ts';

const schema = z.strictObject({
  'epoch-admin': walletOrNone,
  guardian: walletOrNone,
  gatekeeper: walletOrNone,
});
type SetRoles = z.infer<typeof schema>;

const role = (name: string, label: string, help: string): Field => ({
  name,
  label,
  kind: 'address',
  of: 'wallet',
  orNone: true,
  help,
});

export const setRoles = defineAction<'set-roles', SetRoles>({
  kind: 'set-roles',
  title: 'Name the roles',
  summary: 'Names epoch admin, guardian and gatekeeper; all three are stated, "none" leaves a role empty.',
  schema,
  fields: [
    role('epoch-admin', 'Epoch admin', 'Activates scheduled epochs; nothing else.'),
    role('guardian', 'Guardian', 'Pauses for up to 7 days; nothing else.'),
    role('gatekeeper', 'Gatekeeper', 'Co-signs deposits of invite-only epochs.'),
  ],
  example: {
    'epoch-admin': 'so1MFdbL7gd8mraypNEEQeroQYqTKtS7pZCN4H46BPa' as Address,
    guardian: 'CnWV7cNZnL2gVi5KYvKahtK9M4AkwPXvfjE2NeYT1MZB' as Address,
    gatekeeper: 'none',
  },
  describe: (p) =>
    `Name the epoch admin ${p['epoch-admin']}, the guardian ${p.guardian} and the gatekeeper ${p.gatekeeper}`,
  build: (p, context) => [
    sipInstruction(
      'set_roles',
      context,
      {},
      {
        epochAdmin: keyOrNone(p['epoch-admin']),
        guardian: keyOrNone(p.guardian),
        gatekeeper: keyOrNone(p.gatekeeper),
      },
    ),
  ],
  decode(instructions, at, context) {
    const decoded = decodeNamed('set_roles', instructions, at, context);
    if (!decoded) return undefined;
    const { epochAdmin, guardian, gatekeeper } = decoded.args;
    const params = schema.safeParse({
      'epoch-admin': noneOr(epochAdmin),
      guardian: noneOr(guardian),
      gatekeeper: noneOr(gatekeeper),
    });
    return params.success ? { params: params.data, taken: 1 } : undefined;
  },
  async check(p) {
    const held = Object.values(p).filter((key) => key !== 'none');
    const findings: Finding[] = [];
    if (new Set(held).size < held.length)
      findings.push(
        warning(
          'one-key-many-roles',
          'one key would hold more than one role',
          'Separate keys limit what a lost one can do.',
        ),
      );
    if (p.guardian === 'none')
      findings.push(warning('no-guardian', 'nobody could pause without a SIP', 'Name a guardian.'));
    return findings;
  },
  expect: (p, context) => [
    {
      account: context.pdas.config,
      type: 'Config',
      fields: {
        epochAdmin: addressOrNone(p['epoch-admin']),
        guardian: addressOrNone(p.guardian),
        gatekeeper: addressOrNone(p.gatekeeper),
        sip: context.sip.number,
      },
    },
  ],
});
