import type { ChainReader } from '../chain/ports.ts';
import type { Address } from '../types.ts';
import {
  governanceOf,
  type RealmsReading,
  readRealmsProposal,
  realmOf,
  transactionPlaces,
} from '../verify/realms/index.ts';
import { readBytes } from './judge.ts';

export interface RealmsQuestion {
  /** The instance of SPL Governance. */
  readonly program: Address;
  readonly proposal: Address;
  /** The governance it has to be of; null to take it from the proposal. */
  readonly governance: Address | null;
}

/**
 * What stands in a proposal of Realms, found from its address alone.
 * @throws SipError of the reader only; what the accounts hold is a finding, never an error.
 */
export async function readRealms(reader: ChainReader, question: RealmsQuestion): Promise<RealmsReading> {
  const { program, proposal } = question;
  const [found = null] = await readBytes(reader, [proposal]);
  const governance = governanceOf(program, found);
  const [above = null] = await readBytes(reader, governance === undefined ? [] : [governance]);
  const realm = realmOf(program, above);
  const places = transactionPlaces(program, found);
  // Read again together, so that all accounts are of one slot; with many transactions of a few that follow one another.
  const last = [proposal, governance ?? proposal, realm ?? proposal, ...places.map(({ address }) => address)];
  const [own = null, ofGovernance = null, ofRealm = null, ...transactions] = await readBytes(reader, last);
  return readRealmsProposal({
    ...question,
    accounts: {
      proposal: own,
      governance: governance === undefined ? null : ofGovernance,
      realm: realm === undefined ? null : ofRealm,
      transactions,
    },
  });
}
