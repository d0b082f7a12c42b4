import type { Address } from '../types.ts';
import { inSol } from '../words/amounts.ts';
import { keyOf, type Program } from './program.ts';

/** Layouts: `SystemInstruction` of solana-system-interface; bincode, u32 tag. */
export const SYSTEM: Program = {
  addresses: ['11111111111111111111111111111111' as Address],
  tell(cursor, account) {
    const tag = cursor.u32();
    switch (tag) {
      case 0: {
        const [lamports, space, owner] = [cursor.u64(), cursor.u64(), keyOf(cursor)];
        return `Create the account ${account(1)} of ${space} bytes for the program ${owner}, with ${inSol(lamports)} SOL from ${account(0)}`;
      }
      case 1:
        return `Give the account ${account(0)} to the program ${keyOf(cursor)}`;
      case 2:
        return `Transfer ${inSol(cursor.u64())} SOL from ${account(0)} to ${account(1)}`;
      case 4:
        return `Advance the durable nonce ${account(0)}, as its authority ${account(2)}`;
      case 5:
        return `Withdraw ${inSol(cursor.u64())} SOL from the durable nonce ${account(0)} to ${account(1)}`;
      case 6:
        return `Make ${account(0)} a durable nonce with the authority ${keyOf(cursor)}`;
      case 7:
        return `Make ${keyOf(cursor)} the authority of the durable nonce ${account(0)}`;
      case 8:
        return `Give the account ${account(0)} ${cursor.u64()} bytes of space`;
      default:
        return cursor.fail('an instruction of the system program that is known here', 0);
    }
  },
};
