import type { Address } from '#governance/types.ts';
import type { Chain } from './chain.ts';
import { VOTE_ID } from './ids.ts';
import { freshAddress } from './world.ts';

/** The length of a real vote account; our program looks at the owner only. */
const VOTE_ACCOUNT_LEN = 3762;

export function voteAccount(chain: Chain): Address {
  const address = freshAddress();
  chain.setAccount(address, VOTE_ID, new Uint8Array(VOTE_ACCOUNT_LEN));
  return address;
}
