import { expect, it } from 'vitest';
import { compareParts } from '#governance/verify/compare.ts';
import {
  decodeStoredMessage,
  decodeVaultTransaction,
  hex,
  verifyTransaction,
} from '#governance/verify/index.ts';
import { handoverInput, otherVault } from './handover.ts';
import {
  configPda,
  makeWorld,
  membersHash,
  recordPda,
  transactionBytes,
  transactionFields,
  withAccount,
} from './world.ts';

/**
 * A begin_sip that breaks off behind its digest does not say which part it is. Here it is as far from the SIP's first
 * part as from its part 0, the acceptance of a hand-over.
 */
it('is compared with the first part, not with the acceptance of a hand-over', () => {
  const world = { ...makeWorld(77), parts: 1, part: 1, actions: [[]] };
  const fields = transactionFields(world);
  const [record] = recordPda(world.programId, world.sip);
  const { data } = fields.message.instructions[0]!;
  fields.message = {
    ...{ numSigners: 1, numWritableSigners: 1, numWritableNonSigners: 1, addressTableLookups: [] },
    accountKeys: [world.vault, configPda(world.programId)[0], record, world.council, world.programId],
    instructions: [{ programIdIndex: 4, accountIndexes: Uint8Array.of(0, 1, 2, 3), data: data.slice(0, 44) }],
  };
  const acceptance = handoverInput(world, otherVault(world));
  const input = withAccount(acceptance, 'transaction', { data: transactionBytes(fields) });
  const bytes = input.accounts.transaction!.data;
  const differences = (part: number) => {
    const hash = hex(membersHash(world.members)) as never;
    const { accountMessage } = input.text!.recompile(hash, world.index, part)!;
    const [wanted, present] = [decodeStoredMessage(accountMessage), decodeVaultTransaction(bytes)];
    if (!wanted.ok || !present.ok) throw new Error('unreadable');
    const { message, spans } = present.value;
    const there = { message, spans: spans.message, data: bytes };
    return compareParts({ message: wanted.value, bytes: accountMessage }, there);
  };
  expect(differences(0)).toHaveLength(differences(1).length);
  expect(verifyTransaction(input).differences).toEqual(expect.arrayContaining([...differences(1)]));
});
