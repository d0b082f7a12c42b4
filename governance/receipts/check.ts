import { messageHashOf } from '../bundle/derive.ts';
import { addressOf, keyOf } from '../chain/address.ts';
import type { ChainReader } from '../chain/ports.ts';
import { isSignedBy, offchainMessage } from '../handoff/offchain-message.ts';
import type { Address, Pins } from '../types.ts';
import { readCouncil } from '../venues/squads/state.ts';
import { transactionAddress } from '../verify/index.ts';
import type { ReceiptFault, ReceiptFaultCode } from './faults.ts';
import { type Receipt, receiptStatement } from './receipt.ts';

/** What whoever checks knows from elsewhere; what is left out is not compared. */
export interface Known {
  readonly sip?: { readonly header: { readonly sip: number }; readonly digest: string } | undefined;
  readonly council?: Address | undefined;
  readonly programId?: Address | undefined;
  readonly genesisHash?: string | undefined;
  /** By this receipt's council and index. */
  readonly onChain?:
    | { readonly messageHash: string | null; readonly members: readonly Address[] }
    | undefined;
}

/** Whether the verdict was the right one is not looked at: that is what judging the transaction again is for. */
export function checkReceipt(receipt: Receipt, known: Known): readonly ReceiptFault[] {
  const faults: ReceiptFault[] = [];
  const compare = (code: ReceiptFaultCode, stated: string, truth: string | undefined) => {
    if (truth !== undefined && stated !== truth) faults.push({ code, stated, derived: truth });
  };
  const { member, signature } = receipt;
  if (!isSignedBy(member, signature, offchainMessage(receiptStatement(receipt))))
    faults.push({ code: 'signature-false', stated: member, derived: 'no signature of it over these words' });
  const { sip, onChain } = known;
  compare('sip-false', `${receipt.sip}`, sip && `${sip.header.sip}`);
  compare('digest-false', receipt.digest, sip?.digest);
  compare('council-not-pinned', receipt.council, known.council);
  compare('program-not-pinned', receipt.programId, known.programId);
  compare('genesis-not-pinned', receipt.genesisHash, known.genesisHash);
  if (onChain === undefined) return faults;
  compare('message-hash-false', receipt.messageHash ?? 'none', onChain.messageHash ?? 'none');
  if (!onChain.members.includes(member))
    faults.push({ code: 'not-a-member', stated: member, derived: onChain.members.join(', ') });
  return faults;
}

/** The pinned council and the transaction as they are now. @throws SipError of the reader, NOT_A_COUNCIL */
export async function readKnown(
  reader: ChainReader,
  pins: Pins,
  { transactionIndex }: Pick<Receipt, 'transactionIndex'>,
): Promise<Required<Omit<Known, 'sip'>>> {
  const { address } = transactionAddress(pins.council, BigInt(transactionIndex));
  const [{ accounts }, council, genesisHash] = await Promise.all([
    reader.getAccounts([keyOf(address)]),
    readCouncil(reader, pins.council),
    reader.genesisHash(),
  ]);
  const [account] = accounts;
  const transaction = account ? { address, owner: addressOf(account.owner), data: account.data } : null;
  return {
    council: pins.council,
    programId: pins.programId,
    genesisHash,
    onChain: {
      messageHash: messageHashOf(transaction),
      members: council.members.map(({ key }) => key),
    },
  };
}
