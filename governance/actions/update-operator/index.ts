import { PublicKey } from '@solana/web3.js';
import { z } from 'zod';
import type { Address } from '../../types.ts';
import { defineAction, warning } from '../action.ts';
import { decodeNamed, sipInstruction } from '../common.ts';
import { checkOperator, voteAccountOf } from '../operator.ts';
import { operatorName, wallet } from '../values.ts';

const schema = z.strictObject({ 'vote-account': wallet, name: operatorName, authority: wallet });
type UpdateOperator = z.infer<typeof schema>;

export const updateOperator = defineAction<'update-operator', UpdateOperator>({
  kind: 'update-operator',
  title: 'Update an operator',
  summary: 'Changes a whitelisted operator’s name or authority; both are stated.',
  schema,
  fields: [
    {
      name: 'vote-account',
      label: 'Vote account',
      kind: 'address',
      of: 'vote-account',
      help: 'Which operator.',
    },
    { name: 'name', label: 'Name', kind: 'text', maxLength: 32, help: 'The name from now on.' },
    {
      name: 'authority',
      label: 'Authority',
      kind: 'address',
      of: 'wallet',
      help: 'The key that signs its opt-ins from now on.',
    },
  ],
  example: {
    'vote-account': 'DriFTm3wM9ugxhCA1K3wVQMSdC4Dv4LNmyZMmZiuHRpp' as Address,
    name: 'Drift',
    authority: 'CgntPoLka5pD5fesJYhGmUCF8KU1QS1ZmZiuAuMZr2az' as Address,
  },
  describe: (p) =>
    `Name the operator of vote account ${p['vote-account']} ${p.name}, with authority ${p.authority}`,
  build: (p, context) => [
    sipInstruction(
      'update_operator',
      context,
      { operator: context.pdas.operator(p['vote-account']) },
      { name: p.name, operatorAuthority: new PublicKey(p.authority) },
    ),
  ],
  decode(instructions, at, context) {
    const decoded = decodeNamed('update_operator', instructions, at, context);
    if (!decoded) return undefined;
    const { name, operatorAuthority } = decoded.args;
    const params = schema.safeParse({
      'vote-account': voteAccountOf(decoded, context),
      name,
      authority: operatorAuthority,
    });
    return params.success ? { params: params.data, taken: 1 } : undefined;
  },
  async check(p, context) {
    const { operator, findings } = checkOperator(p['vote-account'], context);
    if (operator?.name !== p.name || operator.authority !== p.authority) return findings;
    return [
      ...findings,
      warning(
        'nothing-changes',
        `the operator ${p.name} has this name and authority already; the program refuses it`,
        'Leave the action out.',
      ),
    ];
  },
  expect: (p, context) => [
    {
      account: context.pdas.operator(p['vote-account']),
      type: 'Operator',
      fields: { name: p.name, authority: p.authority, sip: context.sip.number },
    },
  ],
});
