import { PublicKey, TransactionInstruction } from '@solana/web3.js';
import type { Expectation } from '../actions/action.ts';
import { decodeInstruction } from '../restaking/instructions.ts';
import type { Plain } from '../restaking/plain.ts';
import type { Address } from '../types.ts';
import { hex, isSigner, isWritable, type VaultMessage } from '../verify/index.ts';

/**
 * What bytes do and what a text leaves, in a form that any reader can produce again character by character: names of
 * the IDL in camelCase, text in JSON's quotes, numbers in decimal, bytes in hex, keys in base58.
 */

/** One line for each instruction of a message; every byte of it is in the line. */
export function instructionLines(message: VaultMessage, programId: Address): readonly string[] {
  return message.instructions.map(({ programIdIndex, accountIndexes, data }) => {
    const program = keyText(message, programIdIndex);
    const accounts = Array.from(
      accountIndexes,
      (index) => `${keyText(message, index)}${flags(message, index)}`,
    );
    const decoded = decodedAt(message, programIdIndex, accountIndexes, data, programId);
    if (decoded === undefined)
      return [`unknown instruction of ${program}: data ${hex(data)}`, ...accounts].join(' ');
    const args = flat(decoded.args).map(([name, value]) => `${name}=${value}`);
    const named = Object.keys(decoded.accounts).map((name, at) => `${name}=${accounts[at]}`);
    return `${decoded.name}(${args.join(', ')}) ${named.join(' ')}`;
  });
}

/** One line for each account that the text touches. */
export function effectLines(expectations: readonly Expectation[]): readonly string[] {
  return expectations.map(({ type, account, fields }) => {
    const what =
      fields === null
        ? 'closed'
        : Object.entries(fields)
            .map(([name, value]) => `${name}=${valueText(value as Plain)}`)
            .join(', ');
    return `${type} ${account}: ${what}`;
  });
}

/** Undefined also where an account comes from a lookup table: nobody knows which it will be. */
function decodedAt(
  message: VaultMessage,
  programIdIndex: number,
  accountIndexes: Uint8Array,
  data: Uint8Array,
  programId: Address,
) {
  const key = (index: number) => {
    const bytes = message.accountKeys[index];
    return bytes && new PublicKey(bytes);
  };
  const program = key(programIdIndex);
  const keys = Array.from(accountIndexes, (index) => ({
    pubkey: key(index) ?? PublicKey.default,
    isSigner: isSigner(message, index),
    isWritable: isWritable(message, index),
  }));
  const outside = Array.from(accountIndexes).some((index) => index >= message.accountKeys.length);
  if (program === undefined || outside) return undefined;
  return decodeInstruction(
    new TransactionInstruction({ programId: program, keys, data: Buffer.from(data) }),
    programId,
  );
}

function keyText(message: VaultMessage, index: number): string {
  const key = message.accountKeys[index];
  return key ? new PublicKey(key).toBase58() : `table:${index - message.accountKeys.length}`;
}

function flags(message: VaultMessage, index: number): string {
  const said = `${isSigner(message, index) ? 's' : ''}${isWritable(message, index) ? 'w' : ''}`;
  return said === '' ? '' : `[${said}]`;
}

function flat(value: { readonly [key: string]: Plain }, before = ''): readonly (readonly [string, string])[] {
  return Object.entries(value).flatMap(([name, inner]) =>
    isRecord(inner) ? flat(inner, `${before}${name}.`) : [[`${before}${name}`, valueText(inner)] as const],
  );
}

function valueText(value: Plain): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null) return 'none';
  if (value instanceof Uint8Array) return hex(value);
  // The coder gives a fixed array of bytes as a list of numbers.
  if (Array.isArray(value)) return hex(Uint8Array.from(value as readonly number[]));
  return String(value);
}

/** JSON's quotes, with every character beyond ASCII escaped. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function isRecord(value: Plain): value is { readonly [key: string]: Plain } {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}
