import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import bs58 from 'bs58';
import { addressOf } from '../chain/address.ts';
import type { Signer } from '../chain/ports.ts';
import { isSignedBy, offchainMessage } from '../handoff/offchain-message.ts';
import { type Audit, renderAudit } from './document.ts';

/** What follows from nothing in an audit is somebody's word: a seal says whose. */

/** Over the SHA-256 of the document without its seal. */
export function sealStatement(audit: Audit): string {
  return `Solayer SIP-${audit.sip} audit ${bytesToHex(sha256(renderAudit({ ...audit, seal: null })))}`;
}

export async function sealAudit(audit: Audit, exporter: Signer): Promise<Audit> {
  const signed = await exporter.sign(offchainMessage(sealStatement(audit)));
  return { ...audit, seal: { key: addressOf(exporter.publicKey), signature: bs58.encode(signed) } };
}

/** True also where there is none. */
export function sealHolds(audit: Audit): boolean {
  const { seal } = audit;
  return seal === null || isSignedBy(seal.key, seal.signature, offchainMessage(sealStatement(audit)));
}
