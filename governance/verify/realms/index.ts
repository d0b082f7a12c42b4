export { REALMS_PROGRAM } from './addresses.ts';
export { describeFinding, describeTransaction, quoted, readingToJson } from './describe.ts';
export type {
  ReadTransaction,
  RealmsFinding,
  RealmsFindingKind,
  RealmsInput,
  RealmsReading,
} from './input.ts';
export { governanceOf, realmOf, transactionPlaces } from './places.ts';
export { readRealmsProposal } from './read-proposal.ts';
