import type { MessageV0 } from '@solana/web3.js';

/** What one UDP packet carries of a transaction (1,280 less IPv6 and fragment headers). */
export const PACKET_BYTES = 1232;

/**
 * Serialized length of a transaction with its signatures. web3.js can serialize only what fits a packet; this also
 * tells by how much something does not fit.
 */
export function transactionBytes(message: MessageV0): number {
  const { header, staticAccountKeys, compiledInstructions, addressTableLookups } = message;
  const signatures = header.numRequiredSignatures;
  let bytes = compactBytes(signatures) + 64 * signatures;
  bytes += 1 + 3; // version, header
  bytes += compactBytes(staticAccountKeys.length) + 32 * staticAccountKeys.length;
  bytes += 32; // blockhash
  bytes += compactBytes(compiledInstructions.length);
  for (const { accountKeyIndexes, data } of compiledInstructions)
    bytes +=
      1 +
      compactBytes(accountKeyIndexes.length) +
      accountKeyIndexes.length +
      compactBytes(data.length) +
      data.length;
  bytes += compactBytes(addressTableLookups.length);
  for (const { writableIndexes, readonlyIndexes } of addressTableLookups)
    bytes +=
      32 +
      [writableIndexes, readonlyIndexes].reduce(
        (sum, list) => sum + compactBytes(list.length) + list.length,
        0,
      );
  return bytes;
}

/** Length of Solana's compact-u16. */
function compactBytes(value: number): number {
  return value < 0x80 ? 1 : value < 0x4000 ? 2 : 3;
}
