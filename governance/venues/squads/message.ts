import { type PublicKey, type TransactionInstruction, TransactionMessage } from '@solana/web3.js';
import { generated, types, utils } from '@sqds/multisig';

/** The message inside a vault transaction, in its two encodings. */

/** What the account of a vault transaction holds, parsed. */
export type StoredMessage = generated.VaultTransactionMessage;

export interface VaultMessage {
  /** SmallVec lengths (u8, and u16 for instruction data): the argument of vault_transaction_create. */
  readonly wire: Uint8Array;
  /** Borsh `Vec` lengths (u32): what the program stores. */
  readonly stored: Uint8Array;
}

/** A message carries no blockhash; the compiler of web3.js wants one to be given. */
const NO_BLOCKHASH = '11111111111111111111111111111111';

/** Compiles with the SDK's own compiler: the vault as payer first, then its key order; no lookup tables. */
export function compileVaultMessage(
  vault: PublicKey,
  instructions: readonly TransactionInstruction[],
): VaultMessage {
  const wire = utils.transactionMessageToMultisigTransactionMessageBytes({
    message: new TransactionMessage({
      payerKey: vault,
      recentBlockhash: NO_BLOCKHASH,
      instructions: [...instructions],
    }),
    vaultPda: vault,
  });
  return { wire: Uint8Array.from(wire), stored: storedForm(wire) };
}

/** What the program will store when it is given these wire bytes. */
export function storedForm(wire: Uint8Array): Uint8Array {
  const [message] = types.transactionMessageBeet.deserialize(Buffer.from(wire));
  const [stored] = generated.vaultTransactionMessageBeet.serialize({
    ...message,
    instructions: message.instructions.map(({ programIdIndex, accountIndexes, data }) => ({
      programIdIndex,
      accountIndexes: Uint8Array.from(accountIndexes),
      data: Uint8Array.from(data),
    })),
    addressTableLookups: message.addressTableLookups.map(
      ({ accountKey, writableIndexes, readonlyIndexes }) => ({
        accountKey,
        writableIndexes: Uint8Array.from(writableIndexes),
        readonlyIndexes: Uint8Array.from(readonlyIndexes),
      }),
    ),
  });
  return Uint8Array.from(stored);
}

/** @throws RangeError and the SDK's assertions on bytes that are no message; trailing bytes are not looked at */
export function parseStored(stored: Uint8Array): StoredMessage {
  return generated.vaultTransactionMessageBeet.deserialize(Buffer.from(stored))[0];
}
