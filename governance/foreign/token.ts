import type { Address } from '../types.ts';
import type { Cursor } from '../verify/bytes.ts';
import { type AccountAt, baseUnits, keyOf, type Program } from './program.ts';

/** By `AuthorityType` of spl-token, and of those of Token-2022 the two that can take tokens or a mint away. */
const AUTHORITIES: Readonly<Record<number, string>> = {
  0: 'mint authority',
  1: 'freeze authority',
  2: 'owner',
  3: 'authority to close',
  6: 'authority to close the mint',
  8: 'permanent delegate, who can move every holder’s tokens,',
};

/** Layouts: `TokenInstruction` of spl-token-interface, the same in Token-2022; u8 tag. */
export const TOKEN: Program = {
  addresses: [
    'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address,
    'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb' as Address,
  ],
  tell(cursor, account) {
    const tag = cursor.u8();
    switch (tag) {
      case 3:
        return `Transfer ${baseUnits(cursor.u64())} from the token account ${account(0)} to ${account(1)}, as ${account(2)}`;
      case 4:
        return `Let ${account(1)} spend ${baseUnits(cursor.u64())} of the token account ${account(0)}, as ${account(2)}`;
      case 5:
        return `Let nobody but its owner ${account(1)} spend from the token account ${account(0)}`;
      case 6:
        return setAuthority(cursor, account);
      case 7:
        return `Mint ${baseUnits(cursor.u64())} of ${account(0)} into the token account ${account(1)}, as ${account(2)}`;
      case 8:
        return `Burn ${baseUnits(cursor.u64())} of ${account(1)} in the token account ${account(0)}, as ${account(2)}`;
      case 9:
        return `Close the token account ${account(0)}; its SOL goes to ${account(1)}, as ${account(2)}`;
      case 10:
        return `Freeze the token account ${account(0)} of ${account(1)}, as ${account(2)}`;
      case 11:
        return `Thaw the token account ${account(0)} of ${account(1)}, as ${account(2)}`;
      case 12:
        return `Transfer ${tokens(cursor)} of ${account(1)} from the token account ${account(0)} to ${account(2)}, as ${account(3)}`;
      case 13:
        return `Let ${account(2)} spend ${tokens(cursor)} of ${account(1)} in the token account ${account(0)}, as ${account(3)}`;
      case 14:
        return `Mint ${tokens(cursor)} of ${account(0)} into the token account ${account(1)}, as ${account(2)}`;
      case 15:
        return `Burn ${tokens(cursor)} of ${account(1)} in the token account ${account(0)}, as ${account(2)}`;
      default:
        return cursor.fail('an instruction of the token program that is known here', 0);
    }
  },
};

function setAuthority(cursor: Cursor, account: AccountAt): string {
  const name = AUTHORITIES[cursor.u8()] ?? cursor.fail('a kind of authority that is known here');
  const next = cursor.option(() => keyOf(cursor));
  // The program's library for JavaScript leaves the room of a key there.
  if (next === null && cursor.left > 0) cursor.zeros(32);
  return next === null
    ? `Take the ${name} of ${account(0)} away for ever, as ${account(1)}`
    : `Make ${next} the ${name} of ${account(0)}, as ${account(1)}`;
}

/** The program refuses other decimals than the mint's, so that what is said is what is moved. */
function tokens(cursor: Cursor): string {
  const amount = cursor.u64();
  const decimals = cursor.u8();
  const digits = amount.toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return `${whole}${fraction === '' ? '' : `.${fraction}`} tokens`;
}
