import type { Address } from '../types.ts';
import type { Program } from './program.ts';

/**
 * Of programs that can be upgraded. Layouts: `UpgradeableLoaderInstruction` of solana-loader-v3-interface; bincode, u32
 * tag. What a buffer holds is not in the instruction: whoever reviews an upgrade compares the hash of its bytes.
 */
export const LOADER: Program = {
  addresses: ['BPFLoaderUpgradeab1e11111111111111111111111' as Address],
  tell(cursor, account, count) {
    const tag = cursor.u32();
    switch (tag) {
      case 3:
        return `Upgrade the program ${account(1)} to what the buffer ${account(2)} holds, as its authority ${account(6)}; the buffer’s SOL goes to ${account(3)}`;
      case 4:
        return count > 2
          ? `Make ${account(2)} the upgrade authority of ${account(0)} (a program’s data or a buffer), in place of ${account(1)}`
          : `Take the upgrade authority ${account(1)} of ${account(0)} away for ever: nobody can upgrade it then`;
      case 5:
        return `Close ${account(0)} of the upgradeable loader for ever; its SOL goes to ${account(1)}`;
      case 6:
        return `Extend the program ${account(1)} by ${cursor.u32()} bytes`;
      case 7:
        return `Make ${account(2)}, which signs too, the upgrade authority of ${account(0)} (a program’s data or a buffer), in place of ${account(1)}`;
      default:
        return cursor.fail('an instruction of the upgradeable loader that is known here', 0);
    }
  },
};
