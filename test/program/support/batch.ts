import { PublicKey, type TransactionInstruction, TransactionMessage } from '@solana/web3.js';
import * as squads from '@sqds/multisig';
import { proposalApprove } from '#governance/venues/squads/instructions.ts';
import { proposalAddress, transactionAddress } from '#governance/venues/squads/pdas.ts';
import type { Council } from './council.ts';
import type { Outcome } from './outcome.ts';

/** The message in a Squads batch of one, to its execution: another road to the vault's signature. */
export function runAsBatch(
  council: Council,
  build: (batchIndex: bigint) => readonly TransactionInstruction[],
): Outcome {
  const { multisig: multisigPda, chain, first } = council;
  const batchIndex = council.nextIndex;
  const member = first.publicKey;
  const target = { council: multisigPda, transactionIndex: batchIndex };
  const message = new TransactionMessage({
    payerKey: council.vault,
    recentBlockhash: PublicKey.default.toBase58(),
    instructions: [...build(batchIndex)],
  });
  const at = { multisigPda, batchIndex, member };
  chain.must(
    [
      squads.instructions.batchCreate({ ...at, creator: member, rentPayer: member, vaultIndex: 0 }),
      squads.instructions.proposalCreate({
        multisigPda,
        transactionIndex: batchIndex,
        creator: member,
        isDraft: true,
      }),
      squads.instructions.batchAddTransaction({
        ...at,
        rentPayer: member,
        vaultIndex: 0,
        transactionIndex: 1,
        ephemeralSigners: 0,
        transactionMessage: message,
      }),
      squads.instructions.proposalActivate({ multisigPda, transactionIndex: batchIndex, member }),
    ],
    [first],
  );
  const approvers = council.members.slice(0, council.state.threshold);
  chain.must(
    approvers.map(({ publicKey }) => proposalApprove({ ...target, member: publicKey })),
    approvers,
  );
  council.passTimeLock();
  const [transaction] = squads.getBatchTransactionPda({ multisigPda, batchIndex, transactionIndex: 1 });
  const compiled = message.compileToV0Message();
  const execute = squads.generated.createBatchExecuteTransactionInstruction({
    multisig: multisigPda,
    member,
    proposal: proposalAddress(multisigPda, batchIndex),
    batch: transactionAddress(multisigPda, batchIndex),
    transaction,
    anchorRemainingAccounts: compiled.staticAccountKeys.map((pubkey, i) => ({
      pubkey,
      isSigner: false,
      isWritable: compiled.isAccountWritable(i),
    })),
  });
  return chain.send([execute], [first]);
}
