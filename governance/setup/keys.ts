import { ed25519 } from '@noble/curves/ed25519';
import { sha256 } from '@noble/hashes/sha2';
import { PublicKey } from '@solana/web3.js';
import { addressOf } from '../chain/address.ts';
import type { Signer } from '../chain/ports.ts';
import { SipError } from '../errors.ts';
import { offchainMessage } from '../handoff/offchain-message.ts';
import { clusterOf } from '../profile/clusters.ts';
import type { Address } from '../types.ts';

/** The keys that setup makes itself, and where the development key may be used. */

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

function seedSigner(seed: Uint8Array): Signer {
  return {
    publicKey: new PublicKey(ed25519.getPublicKey(seed)),
    sign: async (message) => ed25519.sign(message, seed),
  };
}

/** The key that the committed program is compiled for: public, worthless. */
export function developmentProgramSigner(): Signer {
  return seedSigner(sha256(ascii('solayer-council development program')));
}

/**
 * A key that only the deployer's own key gives, the same every time: an interrupted setup finds its buffer and its
 * council again without anything on disk. It signs once, at its account's creation.
 * @param purpose printable ASCII
 */
export async function derivedSigner(deployer: Signer, purpose: string): Promise<Signer> {
  return seedSigner(sha256(await deployer.sign(offchainMessage(`Solayer council setup: ${purpose}`))));
}

/** 127.0.0.0/8, ::1 and localhost. */
export function isLoopback(endpoint: string): boolean {
  const { hostname } = new URL(endpoint);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/**
 * The development key is everybody's: on a real cluster anyone could deploy at its address first. A tunnel to one is
 * told by its genesis hash.
 * @param genesisHash null where the cluster has not been asked yet
 * @throws SipError DEVELOPMENT_KEY_REFUSED
 */
export function refuseDevelopmentKey(programId: Address, endpoint: string, genesisHash: string | null): void {
  if (programId !== addressOf(developmentProgramSigner().publicKey)) return;
  const cluster = genesisHash === null ? 'local' : clusterOf(genesisHash);
  if (isLoopback(endpoint) && cluster === 'local') return;
  const where = cluster === 'local' ? new URL(endpoint).host : cluster;
  throw new SipError('DEVELOPMENT_KEY_REFUSED', { where });
}

const ELF_MAGIC = [0x7f, 0x45, 0x4c, 0x46];

/**
 * A program compiled for another address would refuse its own accounts.
 * @param path for the message @throws SipError PROGRAM_BINARY_WRONG
 */
export function requireBinaryOf(programId: Address, elf: Uint8Array, path: string): void {
  const refuse = (reason: string) => new SipError('PROGRAM_BINARY_WRONG', { path, programId, reason });
  if (!ELF_MAGIC.every((byte, at) => elf[at] === byte)) throw refuse('it is not an ELF file');
  const wanted = Buffer.from(new PublicKey(programId).toBytes());
  if (!Buffer.from(elf.buffer, elf.byteOffset, elf.byteLength).includes(wanted))
    throw refuse('the 32 bytes of the program key are not in it');
}
