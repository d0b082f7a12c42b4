import { PublicKey } from '@solana/web3.js';
import { z } from 'zod';
import { ACCOUNT_BYTES } from '../../restaking/sizes.ts';
import type { Address } from '../../types.ts';
import { defineAction, error } from '../action.ts';
import { decodeNamed, kindOfAccount, sipInstruction } from '../common.ts';
import { operatorName, wallet } from '../values.ts';

const VOTE_PROGRAM = 'Vote111111111111111111111111111111111111111';

const schema = z.strictObject({ 'vote-account': wallet, name: operatorName, authority: wallet });
type WhitelistOperator = z.infer<typeof schema>;

export const whitelistOperator = defineAction<'whitelist-operator', WhitelistOperator>({
  kind: 'whitelist-operator',
  title: 'Whitelist an operator',
  summary: 'Lets a node operator, known by its vote account, take delegations and opt into networks.',
  schema,
  fields: [
    {
      name: 'vote-account',
      label: 'Vote account',
      kind: 'address',
      of: 'vote-account',
      help: 'The operator’s vote account on this cluster.',
    },
    { name: 'name', label: 'Name', kind: 'text', maxLength: 32, help: 'As the operator is known.' },
    {
      name: 'authority',
      label: 'Authority',
      kind: 'address',
      of: 'wallet',
      help: 'The key with which the operator signs its own opt-ins.',
    },
  ],
  example: {
    'vote-account': 'he1iusunGwqrNtafDtLdhsUQDFvo13z9sUa36PauBtk' as Address,
    name: 'Helius',
    authority: 'he1iusunGwqrNtafDtLdhsUQDFvo13z9sUa36PauBtk' as Address,
  },
  describe: (p) =>
    `Whitelist the operator ${p.name} (vote account ${p['vote-account']}) with authority ${p.authority}`,
  build: (p, context) => [
    sipInstruction(
      'whitelist_operator',
      context,
      { voteAccount: p['vote-account'], operator: context.pdas.operator(p['vote-account']) },
      { name: p.name, operatorAuthority: new PublicKey(p.authority) },
    ),
  ],
  decode(instructions, at, context) {
    const decoded = decodeNamed('whitelist_operator', instructions, at, context);
    if (!decoded) return undefined;
    const { name, operatorAuthority } = decoded.args;
    const params = schema.safeParse({
      'vote-account': decoded.accounts.voteAccount,
      name,
      authority: operatorAuthority,
    });
    return params.success ? { params: params.data, taken: 1 } : undefined;
  },
  creates: () => [ACCOUNT_BYTES.Operator],
  async check(p, context) {
    if (context.view('Operator', context.pdas.operator(p['vote-account']))) {
      return [
        error(
          'already-whitelisted',
          `the vote account ${p['vote-account']} is an operator already`,
          'Use update-operator; a retired operator returns with another vote account.',
        ),
      ];
    }
    const account = await kindOfAccount(context.reader, p['vote-account']);
    if (account?.owner === VOTE_PROGRAM) return [];
    const what = account ? `belongs to ${account.owner}` : 'does not exist on this cluster';
    return [
      error(
        'not-a-vote-account',
        `${p['vote-account']} ${what}; a vote account belongs to the vote program`,
        'Give the operator’s vote account, not its identity.',
      ),
    ];
  },
  expect: (p, context) => [
    {
      account: context.pdas.operator(p['vote-account']),
      type: 'Operator',
      fields: {
        voteAccount: p['vote-account'],
        authority: p.authority,
        name: p.name,
        status: 'active',
        whitelistedBy: context.sip.number,
      },
    },
  ],
});
