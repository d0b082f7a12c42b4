import type { Operator } from '../restaking/accounts.ts';
import type { DecodedInstruction } from '../restaking/instructions.ts';
import type { Address } from '../types.ts';
import { type CheckContext, type DecodeContext, error, type Finding } from './action.ts';

/** The vote account behind the `operator` account of a decoded instruction. */
export function voteAccountOf(decoded: DecodedInstruction, context: DecodeContext): Address | undefined {
  const voteAccount = context.seedOf(decoded.accounts.operator as Address);
  return voteAccount !== undefined && context.pdas.operator(voteAccount) === decoded.accounts.operator
    ? voteAccount
    : undefined;
}

export function checkOperator(
  voteAccount: Address,
  context: CheckContext,
): { operator: Operator | undefined; findings: readonly Finding[] } {
  const operator = context.view('Operator', context.pdas.operator(voteAccount));
  if (!operator)
    return {
      operator,
      findings: [
        error(
          'operator-unknown',
          `the vote account ${voteAccount} is no whitelisted operator`,
          'Whitelist it first.',
        ),
      ],
    };
  if (operator.status !== 'retired') return { operator, findings: [] };
  return {
    operator,
    findings: [
      error(
        'operator-retired',
        `the operator ${operator.name} is retired, which is final`,
        'A returning operator comes with another vote account.',
      ),
    ],
  };
}
