import { messageHashOf } from '../bundle/derive.ts';
import { keyOf } from '../chain/address.ts';
import type { ChainReader, RawAccount } from '../chain/ports.ts';
import { SipError } from '../errors.ts';
import { readFacts } from '../proposals/judge.ts';
import type { SipLibrary } from '../proposals/library.ts';
import type { Sip } from '../sip/document.ts';
import type { Address, Pins } from '../types.ts';
import { decodeCouncil } from '../venues/squads/state.ts';
import { type AccountBytes, type Verification, verifyTransaction } from '../verify/index.ts';
import { RECEIPT_VERSION, type Review } from './receipt.ts';

export interface Reviewed {
  readonly review: Review;
  readonly sip: Sip;
  readonly verification: Verification;
}

/**
 * Judges one transaction as whoever signs is about to attest it, whatever the verdict is.
 * @param reader by the cluster's quorum @param tool version of this console
 * @throws SipError of the reader, RECEIPT_TEXT_MISSING, NOT_A_COUNCIL, NOT_A_MEMBER
 */
export async function reviewTransaction(
  reader: ChainReader,
  pins: Pins,
  transactionIndex: bigint,
  about: { readonly library: SipLibrary; readonly member: Address; readonly tool: string },
): Promise<Reviewed> {
  const { member, tool } = about;
  const { input, sip } = await readFacts(reader, pins, transactionIndex, { library: about.library });
  if (sip === undefined) throw new SipError('RECEIPT_TEXT_MISSING', { transactionIndex });
  if (!membersIn(pins.council, input.accounts.multisig).includes(member))
    throw new SipError('NOT_A_MEMBER', { address: member, council: pins.council });
  const verification = verifyTransaction(input);
  return {
    sip,
    verification,
    review: {
      schemaVersion: RECEIPT_VERSION,
      tool,
      genesisHash: (await reader.genesisHash()) as Address,
      programId: pins.programId,
      council: pins.council,
      transactionIndex: Number(transactionIndex),
      sip: sip.header.sip,
      digest: sip.digest,
      verdict: verification.verdict,
      messageHash: messageHashOf(input.accounts.transaction),
      chainTime: input.clock,
      member,
    },
  };
}

/** @throws SipError NOT_A_COUNCIL */
function membersIn(council: Address, account: AccountBytes | null): readonly Address[] {
  const raw: RawAccount | null = account && {
    address: keyOf(account.address),
    owner: keyOf(account.owner),
    data: account.data,
    lamports: 0n,
    executable: false,
  };
  return decodeCouncil(council, raw).members.map(({ key }) => key);
}
