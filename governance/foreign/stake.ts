import type { Address } from '../types.ts';
import type { Cursor } from '../verify/bytes.ts';
import { inSol } from '../words/amounts.ts';
import { keyOf, type Program } from './program.ts';

/** Layouts: `StakeInstruction` of solana-stake-interface; bincode, u32 tag. */
export const STAKE: Program = {
  addresses: ['Stake11111111111111111111111111111111111111' as Address],
  tell(cursor, account) {
    const tag = cursor.u32();
    switch (tag) {
      case 1: {
        const next = keyOf(cursor);
        return `Make ${next} the ${authority(cursor)} of the stake account ${account(0)}, as ${account(2)}`;
      }
      case 2:
        return `Delegate the stake account ${account(0)} to the vote account ${account(1)}`;
      case 3:
        return `Split ${inSol(cursor.u64())} SOL of the stake account ${account(0)} off into ${account(1)}`;
      case 4:
        return `Withdraw ${inSol(cursor.u64())} SOL from the stake account ${account(0)} to ${account(1)}`;
      case 5:
        return `Deactivate the stake account ${account(0)}`;
      case 7:
        return `Merge the stake account ${account(1)} into ${account(0)}`;
      case 10:
        return `Make ${account(3)}, which signs too, the ${authority(cursor)} of the stake account ${account(0)}, as ${account(2)}`;
      default:
        return cursor.fail('an instruction of the stake program that is known here', 0);
    }
  },
};

function authority(cursor: Cursor): string {
  const kind = cursor.u32();
  if (kind > 1) cursor.fail('a kind of authority that is known here');
  return kind === 0 ? 'staker' : 'withdrawer';
}
