import type { PublicKey, TransactionInstruction } from '@solana/web3.js';
import type { z } from 'zod';
import type { ChainReader } from '../chain/ports.ts';
import type { AccountType, AccountTypes } from '../restaking/accounts.ts';
import type { RestakingPdas } from '../restaking/pdas.ts';
import type { Address, Digest, Pins, UnixSeconds } from '../types.ts';
import type { Field } from './field.ts';

/** What a check before proposing or a lint says of one action. */
export interface Finding {
  readonly level: 'error' | 'warning' | 'info';
  /** kebab-case, stable. */
  readonly code: string;
  readonly message: string;
  readonly help?: string;
}

/** Signer and writable bits of a key as the compiled message has them. */
export interface KeyFlags {
  readonly isSigner: boolean;
  readonly isWritable: boolean;
}

export interface BuildContext {
  readonly pins: Pins;
  readonly pdas: RestakingPdas;
  readonly sip: { readonly number: number; readonly digest: Digest };
  /** Bits as merged over the message; an instruction's own bits while the message is not known yet. */
  readonly mergedFlags: (key: PublicKey) => KeyFlags | undefined;
}

export interface DecodeContext {
  readonly pins: Pins;
  readonly pdas: RestakingPdas;
  /** The mint of a pool or the vote account of an operator: a PDA does not say what it was derived from. */
  readonly seedOf: (pda: Address) => Address | undefined;
}

export interface CheckContext extends BuildContext {
  readonly reader: ChainReader;
  readonly now: UnixSeconds;
  /** An account as it will be when this action runs: the chain, then what earlier actions of the same SIP leave. */
  view<T extends AccountType>(type: T, address: Address): AccountTypes[T] | undefined;
}

/** State after execution: fields of one account of the program, or its absence. */
export interface Expectation {
  readonly account: Address;
  readonly type: AccountType;
  /** Plain values by path (`terms.opensAt`); null = the account is closed. */
  readonly fields: Readonly<Record<string, unknown>> | null;
}

export interface AnnouncedChange {
  readonly multisig: Address;
  /** Of the multisig and the actions, see proposals/announced-change.ts. */
  readonly hash: string;
}

export interface ActionModule<K extends string, P> {
  /** The word in the SIP's block and the name of the folder. */
  readonly kind: K;
  readonly title: string;
  /** One sentence for people who choose an action. */
  readonly summary: string;
  /** Input: the YAML mapping without the key `action`. Strict; accepts only the canonical form of every value. */
  readonly schema: z.ZodType<P>;
  readonly fields: readonly Field[];
  readonly example: P;
  /** What it does, in one sentence for review and signing screens. */
  describe(params: P): string;
  /** Pure. */
  build(params: P, context: BuildContext): readonly TransactionInstruction[];
  /** Inverse of build, from position `at`; undefined where the instructions are not this action. */
  decode(
    instructions: readonly TransactionInstruction[],
    at: number,
    context: DecodeContext,
  ): { readonly params: P; readonly taken: number } | undefined;
  /** Facts from chain before proposing. */
  check(params: P, context: CheckContext): Promise<readonly Finding[]>;
  /** Data lengths in bytes of the accounts that execution makes, for the rent the vault pays; none where left out. */
  creates?(params: P): readonly number[];
  /** The Squads config transaction that it announces, by the hash of its actions; none where left out. */
  announces?(params: P): AnnouncedChange | null;
  /** The state that execution leaves. Depends on nothing but the text and the pins. */
  expect(params: P, context: BuildContext): readonly Expectation[];
}

/** An action whose parameter type is not known statically; the schema has checked it. */
export type AnyActionModule = ActionModule<string, unknown>;

/** Keeps the parameter type inside the folder and erases it for the registry. */
export function defineAction<K extends string, P>(module: ActionModule<K, P>): ActionModule<K, unknown> {
  return module as unknown as ActionModule<K, unknown>;
}

export const error = (code: string, message: string, help?: string): Finding =>
  finding('error', code, message, help);
export const warning = (code: string, message: string, help?: string): Finding =>
  finding('warning', code, message, help);

function finding(level: Finding['level'], code: string, message: string, help?: string): Finding {
  return help === undefined ? { level, code, message } : { level, code, message, help };
}
