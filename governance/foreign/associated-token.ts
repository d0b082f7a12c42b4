import type { Address } from '../types.ts';
import type { Program } from './program.ts';

/** Layouts: `AssociatedTokenAccountInstruction`; no data, or a u8 tag: create, create unless it is there. */
export const ASSOCIATED_TOKEN: Program = {
  addresses: ['ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL' as Address],
  tell(cursor, account) {
    if (cursor.left > 0 && cursor.u8() > 1) cursor.fail('creating a token account', 0);
    return `Create the token account ${account(1)} of ${account(2)} for ${account(3)}, paid by ${account(0)}`;
  },
};
