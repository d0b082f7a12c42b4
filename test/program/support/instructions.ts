import { PublicKey, type TransactionInstruction } from '@solana/web3.js';
import type { EpochTerms, Floors } from '#governance/restaking/accounts.ts';
import { type Accounts, buildInstruction, type InstructionName } from '#governance/restaking/instructions.ts';
import { associatedTokenAddress } from '#governance/restaking/pdas.ts';
import { Variant } from '#governance/restaking/plain.ts';
import type { Address } from '#governance/types.ts';
import { PROGRAM_ID } from './ids.ts';
import type { Lst } from './lst.ts';
import { type Build, NO_KEY, pdas, type World } from './world.ts';

/** Each council instruction as a function of the SIP that carries it. `over` replaces accounts. */

function council(name: InstructionName, w: World, accounts: Accounts, args?: Record<string, unknown>): Build {
  return (sip) => {
    const base = {
      authority: w.council.vaultAddress,
      config: pdas.config,
      sipRecord: pdas.sipRecord(sip),
    };
    return buildInstruction(name, PROGRAM_ID, { ...base, ...accounts }, args ? { args } : {});
  };
}

const keyOf = (address: Address) => new PublicKey(address);

export const pause = (w: World, over: Accounts = {}) => council('pause', w, over);
export const unpause = (w: World, over: Accounts = {}) => council('unpause', w, over);

export interface RoleKeys {
  readonly epochAdmin: Address;
  readonly guardian: Address;
  readonly gatekeeper: Address;
}
export const setRoles = (w: World, roles: RoleKeys, over: Accounts = {}) =>
  council('set_roles', w, over, {
    epochAdmin: keyOf(roles.epochAdmin),
    guardian: keyOf(roles.guardian),
    gatekeeper: keyOf(roles.gatekeeper),
  });

export const setGuard = (w: World, floors: Floors, voteGovernance: Address = NO_KEY, over: Accounts = {}) =>
  council(
    'set_guard',
    w,
    { council: w.council.address, ...over },
    {
      floors,
      voteGovernance: keyOf(voteGovernance),
    },
  );

export interface Offer {
  readonly newAuthority: Address;
  readonly venue?: 'squads' | 'realms';
  readonly venueAccount: Address;
  readonly floors: Floors;
  readonly expiresAt: bigint;
}
export const proposeAuthority = (w: World, offer: Offer, over: Accounts = {}) =>
  council('propose_authority', w, over, {
    ...offer,
    newAuthority: keyOf(offer.newAuthority),
    venue: new Variant(offer.venue ?? 'squads'),
    venueAccount: keyOf(offer.venueAccount),
  });

export const recordExternal = (
  w: World,
  kind: number,
  target: Address,
  hash: Uint8Array,
  over: Accounts = {},
) => council('record_external', w, over, { kind, target: keyOf(target), hash });

export interface WhitelistArgs {
  readonly symbol?: string;
  readonly decimals?: number;
  readonly cap?: bigint;
  readonly allowFreezeAuthority?: boolean;
}
export const whitelistLst = (w: World, lst: Lst, args: WhitelistArgs = {}, over: Accounts = {}) =>
  council(
    'whitelist_lst',
    w,
    {
      lstMint: lst.mint,
      pool: lst.pool,
      rstMint: lst.rstMint,
      lstVault: lst.vault,
      lstTokenProgram: lst.tokenProgram,
      ...over,
    },
    {
      symbol: args.symbol ?? lst.symbol,
      decimals: args.decimals ?? lst.decimals,
      cap: args.cap ?? 1_000_000n,
      allowFreezeAuthority: args.allowFreezeAuthority ?? false,
    },
  );

type Label = { readonly symbol?: string; readonly decimals?: number };
const labelled = (lst: Lst, label: Label) => ({
  symbol: label.symbol ?? lst.symbol,
  decimals: label.decimals ?? lst.decimals,
});
export const setPoolCap = (w: World, lst: Lst, cap: bigint, label: Label = {}, over: Accounts = {}) =>
  council('set_pool_cap', w, { pool: lst.pool, ...over }, { ...labelled(lst, label), cap });
export const setPoolStatus = (
  w: World,
  lst: Lst,
  status: 'open' | 'deposits-closed' | 'retired',
  symbol = lst.symbol,
  over: Accounts = {},
) => council('set_pool_status', w, { pool: lst.pool, ...over }, { symbol, status: new Variant(status) });
export const setReceiptsTransferable = (w: World, lst: Lst, symbol = lst.symbol, over: Accounts = {}) =>
  council('set_receipts_transferable', w, { pool: lst.pool, ...over }, { symbol });

export const whitelistOperator = (
  w: World,
  voteAccount: Address,
  name: string,
  authority: Address,
  over: Accounts = {},
) =>
  council(
    'whitelist_operator',
    w,
    { voteAccount, operator: pdas.operator(voteAccount), ...over },
    {
      name,
      operatorAuthority: keyOf(authority),
    },
  );
export const updateOperator = (
  w: World,
  voteAccount: Address,
  name: string,
  authority: Address,
  over: Accounts = {},
) =>
  council(
    'update_operator',
    w,
    { operator: pdas.operator(voteAccount), ...over },
    {
      name,
      operatorAuthority: keyOf(authority),
    },
  );
export const retireOperator = (w: World, voteAccount: Address, name: string, over: Accounts = {}) =>
  council('retire_operator', w, { operator: pdas.operator(voteAccount), ...over }, { name });

const termsArg = (terms: EpochTerms) => ({ ...terms, access: new Variant(terms.access) });
const epochOf = (index: number) => ({ epoch: pdas.epoch(index) });
export const scheduleEpoch = (w: World, index: number, terms: EpochTerms, over: Accounts = {}) =>
  council('schedule_epoch', w, { ...epochOf(index), ...over }, { index, terms: termsArg(terms) });
export const amendEpoch = (w: World, index: number, terms: EpochTerms, over: Accounts = {}) =>
  council('amend_epoch', w, { ...epochOf(index), ...over }, { index, terms: termsArg(terms) });
export const cancelEpoch = (w: World, index: number, over: Accounts = {}) =>
  council('cancel_epoch', w, { ...epochOf(index), ...over }, { index });
export const endEpoch = (w: World, index: number, over: Accounts = {}) =>
  council('end_epoch', w, { ...epochOf(index), ...over }, { index });
export const setEpochCap = (
  w: World,
  index: number,
  lst: Lst,
  cap: bigint,
  label: Label = {},
  over: Accounts = {},
) =>
  council(
    'set_epoch_cap',
    w,
    { ...epochOf(index), pool: lst.pool, epochCap: pdas.epochCap(index, lst.pool), ...over },
    { index, ...labelled(lst, label), cap },
  );

/** What needs no SIP. */

export const guardianPause = (guardian: Address): TransactionInstruction =>
  buildInstruction('guardian_pause', PROGRAM_ID, { guardian, config: pdas.config });
export const activateEpoch = (epochAdmin: Address, index: number): TransactionInstruction =>
  buildInstruction('activate_epoch', PROGRAM_ID, { epochAdmin, config: pdas.config, ...epochOf(index) });
export const closeEpoch = (index: number): TransactionInstruction =>
  buildInstruction('close_epoch', PROGRAM_ID, { config: pdas.config, ...epochOf(index) });

export interface DepositOptions {
  readonly gatekeeper?: Address;
  readonly over?: Accounts;
}
export function restake(
  owner: Address,
  lst: Lst,
  index: number,
  amount: bigint,
  o: DepositOptions = {},
): TransactionInstruction {
  const accounts = {
    owner,
    config: pdas.config,
    pool: lst.pool,
    ...epochOf(index),
    epochCap: pdas.epochCap(index, lst.pool),
    gatekeeper: o.gatekeeper,
    lstMint: lst.mint,
    lstAccount: associatedTokenAddress(owner, lst.mint, lst.tokenProgram),
    lstVault: lst.vault,
    rstMint: lst.rstMint,
    rstAccount: lst.receiptsOf(owner),
    lstTokenProgram: lst.tokenProgram,
    ...o.over,
  };
  return buildInstruction('restake', PROGRAM_ID, accounts, { amount });
}

export function unrestake(
  owner: Address,
  lst: Lst,
  amount: bigint,
  over: Accounts = {},
): TransactionInstruction {
  const accounts = {
    owner,
    config: pdas.config,
    pool: lst.pool,
    position: pdas.position(lst.pool, owner),
    lstMint: lst.mint,
    lstAccount: associatedTokenAddress(owner, lst.mint, lst.tokenProgram),
    lstVault: lst.vault,
    rstMint: lst.rstMint,
    rstAccount: lst.receiptsOf(owner),
    lstTokenProgram: lst.tokenProgram,
    ...over,
  };
  return buildInstruction('unrestake', PROGRAM_ID, accounts, { amount });
}

export function thawReceipts(owner: Address, lst: Lst, over: Accounts = {}): TransactionInstruction {
  const accounts = {
    pool: lst.pool,
    rstMint: lst.rstMint,
    rstAccount: lst.receiptsOf(owner),
    position: pdas.position(lst.pool, owner),
    ...over,
  };
  return buildInstruction('thaw_receipts', PROGRAM_ID, accounts);
}
