import { z } from 'zod';
import type { Address } from '../../types.ts';
import { defineAction, error } from '../action.ts';
import { decodeNamed, sipInstruction } from '../common.ts';
import { checkOperator, voteAccountOf } from '../operator.ts';
import { operatorName, wallet } from '../values.ts';

const schema = z.strictObject({ 'vote-account': wallet, name: operatorName });
type RetireOperator = z.infer<typeof schema>;

export const retireOperator = defineAction<'retire-operator', RetireOperator>({
  kind: 'retire-operator',
  title: 'Retire an operator',
  summary: 'Takes an operator off the list, for good.',
  schema,
  fields: [
    {
      name: 'vote-account',
      label: 'Vote account',
      kind: 'address',
      of: 'vote-account',
      help: 'Which operator.',
    },
    {
      name: 'name',
      label: 'Name',
      kind: 'text',
      maxLength: 32,
      help: 'The operator’s own name; the program compares it.',
    },
  ],
  example: { 'vote-account': 'he1iusunGwqrNtafDtLdhsUQDFvo13z9sUa36PauBtk' as Address, name: 'Helius' },
  describe: (p) => `Retire the operator ${p.name} (vote account ${p['vote-account']}), for good`,
  build: (p, context) => [
    sipInstruction(
      'retire_operator',
      context,
      { operator: context.pdas.operator(p['vote-account']) },
      { name: p.name },
    ),
  ],
  decode(instructions, at, context) {
    const decoded = decodeNamed('retire_operator', instructions, at, context);
    if (!decoded) return undefined;
    const params = schema.safeParse({
      'vote-account': voteAccountOf(decoded, context),
      name: decoded.args.name,
    });
    return params.success ? { params: params.data, taken: 1 } : undefined;
  },
  async check(p, context) {
    const { operator, findings } = checkOperator(p['vote-account'], context);
    if (!operator || operator.name === p.name) return findings;
    return [
      ...findings,
      error(
        'name-mismatch',
        `the operator of ${p['vote-account']} is called ${operator.name}, not ${p.name}`,
        'Correct the name or the vote account.',
      ),
    ];
  },
  expect: (p, context) => [
    {
      account: context.pdas.operator(p['vote-account']),
      type: 'Operator',
      fields: { status: 'retired', sip: context.sip.number },
    },
  ],
});
