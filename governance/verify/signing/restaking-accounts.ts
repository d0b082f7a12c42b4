import type { Address } from '../../types.ts';
import { configAddress, SYSTEM_PROGRAM } from '../pda.ts';
import type { Slot } from './accounts.ts';
import {
  ATA,
  epochCapOf,
  poolOf,
  positionOf,
  receiptMintOf,
  TOKEN,
  TOKEN_2022,
  tokenAccountOf,
} from './addresses.ts';

/** Accounts in the order of programs/restaking's IDL; each that can be derived from the others is. */

export interface Given {
  readonly payer: Address;
  readonly program: Address;
  /** Of the epoch account; 0 where there is none. */
  readonly epoch: number;
  /** The account that stands at a place. */
  at(place: number): Address;
}

export interface Known {
  readonly name: string;
  title(epoch: number): string;
  readonly amount?: true;
  /** Where the epoch account stands. */
  readonly epochAt: number | null;
  slots(given: Given): readonly Slot[];
}

const any = (name: string, writable: boolean): Slot => ({ name, key: null, writable });
const exact = (name: string, key: Address, writable: boolean): Slot => ({ name, key, writable });
const payerSigns = (name: string, key: Address, writable: boolean): Slot => ({
  name,
  key,
  signer: true,
  writable,
});
const config = (program: Address, writable: boolean): Slot =>
  exact('config', configAddress(program).address, writable);
const TOKEN_SLOT = exact('token program', TOKEN, false);
/** An LST is of either token program, receipts of the first only. */
const lstTokenProgram = (key: Address): Slot =>
  exact('LST token program', key === TOKEN_2022 ? TOKEN_2022 : TOKEN, false);

/** The program's own id stands for an absent gatekeeper; a present one signs. */
const gatekeeper = (key: Address, program: Address): Slot => ({
  ...any('gatekeeper', false),
  signer: key !== program,
});

/** LST mint and token program decide pool, vault, receipt mint and the owner's receipts. */
function poolSlots({ payer, program }: Given, mint: Address, tokenProgram: Address) {
  const pool = poolOf(mint, program);
  const receiptMint = receiptMintOf(pool, program);
  return {
    address: pool,
    pool: exact('pool', pool, true),
    vault: exact('LST vault', tokenAccountOf(pool, mint, tokenProgram), true),
    receiptMint: exact('receipt mint', receiptMint, true),
    receipts: exact('receipts', tokenAccountOf(payer, receiptMint, TOKEN), true),
  };
}

export const KNOWN: readonly Known[] = [
  {
    name: 'activate_epoch',
    title: (epoch) => `Activate restaking epoch ${epoch}`,
    epochAt: 2,
    slots: ({ payer, program }) => [
      payerSigns('epoch admin', payer, false),
      config(program, true),
      any('epoch', true),
    ],
  },
  {
    name: 'close_epoch',
    title: (epoch) => `Close restaking epoch ${epoch}`,
    epochAt: 1,
    slots: ({ program }) => [config(program, true), any('epoch', true)],
  },
  {
    name: 'guardian_pause',
    title: () => 'Pause the protocol as guardian',
    epochAt: null,
    slots: ({ payer, program }) => [payerSigns('guardian', payer, false), config(program, true)],
  },
  {
    name: 'thaw_receipts',
    title: () => 'Thaw receipts',
    epochAt: null,
    slots: ({ program, at }) => [
      any('pool', false),
      exact('receipt mint', receiptMintOf(at(0), program), false),
      any('receipts', true),
      any('position', false),
      TOKEN_SLOT,
    ],
  },
  {
    name: 'restake',
    title: () => 'Restake',
    amount: true,
    epochAt: 3,
    slots: (given) => {
      const { payer, program, epoch, at } = given;
      const own = poolSlots(given, at(6), at(11));
      return [
        payerSigns('owner', payer, true),
        config(program, false),
        own.pool,
        any('epoch', false),
        exact('epoch cap', epochCapOf(epoch, own.address, program), true),
        gatekeeper(at(5), program),
        any('LST mint', false),
        any('LST account', true),
        own.vault,
        own.receiptMint,
        own.receipts,
        lstTokenProgram(at(11)),
        TOKEN_SLOT,
        exact('ATA program', ATA, false),
        exact('system program', SYSTEM_PROGRAM, false),
      ];
    },
  },
  {
    name: 'unrestake',
    title: () => 'Unrestake',
    amount: true,
    epochAt: null,
    slots: (given) => {
      const { payer, program, at } = given;
      const own = poolSlots(given, at(4), at(9));
      return [
        payerSigns('owner', payer, false),
        config(program, false),
        own.pool,
        exact('position', positionOf(own.address, payer, program), false),
        any('LST mint', false),
        any('LST account', true),
        own.vault,
        own.receiptMint,
        own.receipts,
        lstTokenProgram(at(9)),
        TOKEN_SLOT,
      ];
    },
  },
];
