import { BorshInstructionCoder, type Idl } from '@coral-xyz/anchor';
import { PublicKey, TransactionInstruction } from '@solana/web3.js';
import type { Address } from '../types.ts';
import idl from './generated/restaking.json' with { type: 'json' };
import { fromPlain, type Plain, toPlain } from './plain.ts';

/** Instructions of the restaking program, built and read by its IDL. */

interface AccountItem {
  readonly name: string;
  readonly writable?: boolean;
  readonly signer?: boolean;
  readonly optional?: boolean;
  readonly address?: string;
}
interface InstructionItem {
  readonly name: string;
  readonly discriminator: readonly number[];
  readonly accounts: readonly AccountItem[];
}

const ITEMS = idl.instructions as readonly InstructionItem[];
const coder = new BorshInstructionCoder(idl as unknown as Idl);
const camel = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

export type InstructionName = (typeof idl.instructions)[number]['name'];
export const INSTRUCTION_NAMES: readonly InstructionName[] = ITEMS.map((item) => item.name);

/** An account that the IDL fixes by address may be left out; an optional one too. */
export type Accounts = Readonly<Record<string, Address | undefined>>;

function itemOf(name: InstructionName): InstructionItem {
  const item = ITEMS.find((candidate) => candidate.name === name);
  if (!item) throw new Error(`no instruction ${name} in the IDL`);
  return item;
}

/**
 * @param accounts by camelCase name. @param args one object for the `args` struct, or the bare arguments; bigint for
 * integers of 64 bits, base58 as PublicKey, enum words as Variant.
 */
export function buildInstruction(
  name: InstructionName,
  programId: Address,
  accounts: Accounts,
  args: Readonly<Record<string, unknown>> = {},
): TransactionInstruction {
  const keys = itemOf(name).accounts.map((account) => {
    const given = accounts[camel(account.name)];
    const self = account.name === 'program' || (account.optional && given === undefined);
    const address = self ? programId : (given ?? account.address);
    if (address === undefined) throw new Error(`${name} needs the account ${account.name}`);
    const isSigner = account.signer === true && !(account.optional && given === undefined);
    return { pubkey: new PublicKey(address), isSigner, isWritable: account.writable === true };
  });
  const data = coder.encode(name, fromPlain(args));
  return new TransactionInstruction({ programId: new PublicKey(programId), keys, data });
}

export interface DecodedInstruction {
  readonly name: InstructionName;
  readonly args: Readonly<Record<string, Plain>>;
  readonly accounts: Readonly<Record<string, Address>>;
}

/** Undefined unless program, discriminator, number of accounts and every byte of the data are as the IDL says. */
export function decodeInstruction(
  ix: TransactionInstruction,
  programId: Address,
): DecodedInstruction | undefined {
  if (ix.programId.toBase58() !== programId) return undefined;
  const item = ITEMS.find((candidate) => candidate.discriminator.every((byte, at) => ix.data[at] === byte));
  if (!item || ix.keys.length !== item.accounts.length) return undefined;
  const decoded = readData(item.name, ix.data);
  if (!decoded) return undefined;
  const args = toPlain(decoded) as Record<string, Plain>;
  const inner = args.args;
  const accounts = item.accounts.map((account, at) => [camel(account.name), ix.keys[at]?.pubkey.toBase58()]);
  return {
    name: item.name,
    args: isRecord(inner) ? inner : args,
    accounts: Object.fromEntries(accounts) as Record<string, Address>,
  };
}

function readData(name: InstructionName, data: Buffer): Record<string, unknown> | undefined {
  try {
    const decoded = coder.decode(data)?.data as Record<string, unknown> | undefined;
    return decoded && coder.encode(name, decoded).equals(data) ? decoded : undefined;
  } catch {
    // The coder throws on truncated data, and on arguments beyond the 1,000 bytes that it has room for.
    return undefined;
  }
}

function isRecord(value: Plain | undefined): value is { readonly [key: string]: Plain } {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}
