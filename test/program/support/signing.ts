import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import type { Keypair, Message } from '@solana/web3.js';

/** What PKCS #8 puts before the 32 bytes of an ed25519 seed. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const keyObjects = new WeakMap<Keypair, KeyObject>();

function keyOf(signer: Keypair): KeyObject {
  const known = keyObjects.get(signer);
  if (known) return known;
  const der = Buffer.concat([PKCS8, signer.secretKey.slice(0, 32)]);
  const made = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  keyObjects.set(signer, made);
  return made;
}

/**
 * The bytes of a legacy transaction. OpenSSL signs ten times as fast as the SDK's own arithmetic, and the SDK compiles
 * a message again at each step; both are felt over thousands of transactions.
 * @throws where a signer is missing
 */
export function signed(message: Message, signers: readonly Keypair[]): Uint8Array {
  const bytes = message.serialize();
  const required = message.accountKeys.slice(0, message.header.numRequiredSignatures);
  const signatures = required.map((key) => {
    const signer = signers.find(({ publicKey }) => publicKey.equals(key));
    if (!signer) throw new Error(`nobody signs for ${key.toBase58()}`);
    return sign(null, bytes, keyOf(signer));
  });
  return Buffer.concat([Uint8Array.of(signatures.length), ...signatures, bytes]);
}
