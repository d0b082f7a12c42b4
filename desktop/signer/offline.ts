import bs58 from 'bs58';
import type { SignRequest, ToConfirm } from '#desktop/shared/signer-protocol.ts';
import { type ConfirmPort, refused, shown } from './confirm-port.ts';
import { SignerFailure } from './failure.ts';
import { verifies } from './verify.ts';

/** A person may paste the wrong thing a few times. */
const MOST_TRIES = 8;

/** A signature that a person carries here; one that belongs to something else is told, and another may follow. */
export async function signedElsewhere(
  { message, publicKey }: SignRequest,
  port: ConfirmPort,
  signal: AbortSignal,
  shows: Extract<ToConfirm, { kind: 'review' }>,
): Promise<Uint8Array> {
  let said = await shown(port, shows, signal);
  for (let tries = 1; ; tries += 1) {
    if (signal.aborted || said?.kind !== 'signed' || said.token !== shows.token) throw refused();
    const signature = bs58.decodeUnsafe(said.signature.trim());
    if (signature?.length === 64 && verifies(signature, message, publicKey)) return signature;
    if (tries === MOST_TRIES)
      throw new SignerFailure(
        'SIGNATURE_FOREIGN',
        `${MOST_TRIES} signatures were given, and none is of this message by ${publicKey}.`,
        'Nothing was signed. Export the message again and sign that one.',
      );
    said = await shown(port, { kind: 'foreign', sentence: foreignText(signature) }, signal);
  }
}

const foreignText = (signature: Uint8Array | undefined): string =>
  signature?.length === 64
    ? 'This signature is not of this message by this key.'
    : 'This is no signature: it has to be base58 of 64 bytes.';
