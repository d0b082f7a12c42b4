import { SystemProgram } from '@solana/web3.js';
import { addressOf, keyOf } from '../chain/address.ts';
import type { ChainReader } from '../chain/ports.ts';
import type { Address } from '../types.ts';
import { ok, type PostureFinding, unknown, warning } from './finding.ts';

/** A durable nonce that a member may use: what it has signed over one stays good until the nonce moves on. */
export interface MemberNonce {
  readonly account: Address;
  readonly member: Address;
}

/** `NonceState` of the System program: version u32, state u32, authority, blockhash, fee u64. */
const NONCE_BYTES = 80;
const AUTHORITY_AT = 8;

/** @throws SipError of the reader */
export async function readMemberNonces(
  reader: ChainReader,
  members: readonly Address[],
): Promise<readonly MemberNonce[]> {
  const found = await Promise.all(
    members.map(async (member) => {
      const memcmp = [{ offset: AUTHORITY_AT, bytes: keyOf(member).toBytes() }];
      const accounts = await reader.getProgramAccounts(SystemProgram.programId, {
        dataSize: NONCE_BYTES,
        memcmp,
      });
      return accounts.map(({ address }) => ({ account: addressOf(address), member }));
    }),
  );
  return found.flat();
}

/** @param nonces null where they could not be read */
export function nonceFindings(nonces: readonly MemberNonce[] | null): readonly PostureFinding[] {
  if (nonces === null)
    return [
      unknown(
        'nonces-unknown',
        'Whether a member has a durable nonce, over which an approval could lie in wait, could not be read.',
        'Ask an endpoint that answers getProgramAccounts of the System program.',
      ),
    ];
  if (nonces.length === 0)
    return [
      ok(
        'no-nonces',
        'No member has a durable nonce: no approval can lie in wait for longer than a minute or two.',
      ),
    ];
  return nonces.map(({ account, member }) =>
    warning(
      `nonce-${account}`,
      `The member ${member} has the durable nonce ${account}: what it signed over it may be sent at any time.`,
      'Ask the member why. Advancing the nonce makes what was signed over it worthless; this console never signs over one.',
    ),
  );
}
