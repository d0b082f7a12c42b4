import { sha256 } from '@noble/hashes/sha2';
import { ascii } from './bytes.ts';

/** Anchor's eight leading bytes of an account type. */
export const accountDiscriminator = (name: string): Uint8Array =>
  sha256(ascii(`account:${name}`)).subarray(0, 8);

/** Anchor's eight leading bytes of an instruction. */
export const instructionDiscriminator = (name: string): Uint8Array =>
  sha256(ascii(`global:${name}`)).subarray(0, 8);
