import type { SignRequest } from '#desktop/shared/signer-protocol.ts';

/**
 * What goes to the machine that has the key: `sip sign` reads it there (governance/handoff/signing-request.ts has the
 * shape). The message is whole, so that machine decides by its own reading of the bytes.
 */
export function renderSigningRequest({
  message,
  publicKey,
  pins: { programId, council, vault },
  cluster,
  transactionIndex,
}: Pick<SignRequest, 'message' | 'publicKey' | 'pins' | 'cluster' | 'transactionIndex'>): string {
  const request = {
    schemaVersion: 1,
    message: Buffer.from(message).toString('base64'),
    publicKey,
    pins: { programId, council, vault },
    cluster,
    transactionIndex,
  };
  return `${JSON.stringify(request)}\n`;
}
