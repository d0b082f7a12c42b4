import idl from '#governance/restaking/generated/restaking.json' with { type: 'json' };
import type { InstructionName } from '#governance/restaking/instructions.ts';
import { type SignerSet, signerSetsFor } from './signers.ts';
import { SUBSTITUTION_NAMES } from './substitutions.ts';

/** The matrix: every instruction of the IDL × who signs × each of its account slots × what stands there. */

export interface Cell {
  readonly instruction: InstructionName;
  readonly signers: SignerSet;
  readonly slot: number;
  readonly slotName: string;
  readonly substitution: string;
}

interface Item {
  readonly name: string;
  readonly accounts: readonly { readonly name: string; readonly signer?: boolean }[];
}
const ITEMS = idl.instructions as readonly Item[];

const signersOf = ({ accounts }: Item) => accounts.filter(({ signer }) => signer === true).length;

export const CELLS: readonly Cell[] = ITEMS.flatMap((item) =>
  signerSetsFor(signersOf(item)).flatMap((signers) =>
    item.accounts.flatMap(({ name: slotName }, slot) =>
      SUBSTITUTION_NAMES.map((substitution) => ({
        ...{ instruction: item.name as InstructionName, signers, slot, slotName, substitution },
      })),
    ),
  ),
);

/** What the number of cells has to be, counted another way: nothing of the matrix may be left out by mistake. */
export function expectedCells(): number {
  return ITEMS.reduce((sum, item) => {
    const signers = signersOf(item);
    const sets = signers === 0 ? 1 : signers === 1 ? 5 : 6;
    return sum + sets * item.accounts.length * 14;
  }, 0);
}

export const nameOf = ({ instruction, signers, slotName, substitution }: Cell): string =>
  `${instruction}.${slotName}: ${substitution}, signed ${signers.name}`;
