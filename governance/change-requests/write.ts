import type { ChainReader } from '../chain/ports.ts';
import type { Sip } from '../sip/document.ts';
import type { Address, Pins } from '../types.ts';
import { CHANGE_REQUEST_VERSION, type Wish } from './request.ts';
import { changeText } from './text.ts';

/**
 * What a reviewer is about to sign. Anybody may: who is no member of the council is shown as none.
 * @param reader by the cluster's quorum @param by.typed what should change, as typed @param by.tool version of this console
 * @throws SipError CHANGE_REQUEST_TEXT, and of the reader
 */
export async function wishFor(
  reader: ChainReader,
  { council, programId }: Pins,
  sip: Pick<Sip, 'header' | 'digest'>,
  by: { readonly typed: string; readonly reviewer: Address; readonly tool: string },
): Promise<Wish> {
  const text = changeText(by.typed);
  const [{ unixTimestamp }, genesisHash] = await Promise.all([reader.clock(), reader.genesisHash()]);
  return {
    schemaVersion: CHANGE_REQUEST_VERSION,
    tool: by.tool,
    genesisHash: genesisHash as Address,
    programId,
    council,
    sip: sip.header.sip,
    digest: sip.digest,
    chainTime: unixTimestamp,
    text,
    reviewer: by.reviewer,
  };
}
