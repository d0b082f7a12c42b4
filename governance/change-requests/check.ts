import type { ChainReader } from '../chain/ports.ts';
import { isSignedBy, offchainText } from '../handoff/offchain-message.ts';
import type { Sip } from '../sip/document.ts';
import type { Address, Pins } from '../types.ts';
import { readCouncil } from '../venues/squads/state.ts';
import { type ChangeRequest, changeRequestStatement } from './request.ts';

/** Ways in which a request is not what it says. That it is about another text is none of them. */
export const CHANGE_REQUEST_FAULTS = {
  'signature-false': 'the reviewer named did not sign this',
  'sip-false': 'the text has another number',
  'council-not-pinned': 'it is for another council than the one pinned here',
  'program-not-pinned': 'it is for another program than the one pinned here',
  'genesis-not-pinned': 'it was written on another cluster',
} as const;

export interface ChangeRequestFault {
  readonly code: keyof typeof CHANGE_REQUEST_FAULTS;
  readonly stated: string;
  readonly derived: string;
}

/** What whoever checks knows from elsewhere; what is left out is not compared. */
export interface Known {
  readonly council?: Address | undefined;
  readonly programId?: Address | undefined;
  readonly genesisHash?: string | undefined;
  /** Of the council as it is now. */
  readonly members?: readonly Address[] | undefined;
}

export interface CheckedChangeRequest {
  readonly request: ChangeRequest;
  /** Empty where it is what it says. */
  readonly faults: readonly ChangeRequestFault[];
  /** Whether it is about the very text, or a text that has been changed since. */
  readonly about: 'this-text' | 'another-text';
  /** Null where the members are not known. */
  readonly isMember: boolean | null;
}

/** Whether it is right in what it wants is not looked at: that is for people. */
export function checkChangeRequest(
  request: ChangeRequest,
  sip: Pick<Sip, 'digest'> & { readonly header: Pick<Sip['header'], 'sip'> },
  { council, programId, genesisHash, members }: Known,
): CheckedChangeRequest {
  const faults: ChangeRequestFault[] = [];
  const compare = (code: ChangeRequestFault['code'], stated: string, truth: string | undefined) => {
    if (truth !== undefined && stated !== truth) faults.push({ code, stated, derived: truth });
  };
  const { reviewer, signature } = request;
  if (!isSignedBy(reviewer, signature, offchainText(changeRequestStatement(request))))
    faults.push({
      code: 'signature-false',
      stated: reviewer,
      derived: 'no signature of it over these words',
    });
  compare('sip-false', `${request.sip}`, `${sip.header.sip}`);
  compare('council-not-pinned', request.council, council);
  compare('program-not-pinned', request.programId, programId);
  compare('genesis-not-pinned', request.genesisHash, genesisHash);
  return {
    request,
    faults,
    about: request.digest === sip.digest ? 'this-text' : 'another-text',
    isMember: members === undefined ? null : members.includes(reviewer),
  };
}

/** The pins, and the council's members as they are now. @throws SipError of the reader, NOT_A_COUNCIL */
export async function readKnown(reader: ChainReader, { council, programId }: Pins): Promise<Required<Known>> {
  const [{ members }, genesisHash] = await Promise.all([readCouncil(reader, council), reader.genesisHash()]);
  return { council, programId, genesisHash, members: members.map(({ key }) => key) };
}
