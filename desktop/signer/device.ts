import { LEDGER_CODES } from '#desktop/shared/ledger-protocol.ts';
import type { LedgerSource, SignRequest } from '#desktop/shared/signer-protocol.ts';
import { type ConfirmPort, refused } from './confirm-port.ts';
import type { DevicePort } from './device-port.ts';
import { SignerFailure } from './failure.ts';
import { verifies } from './verify.ts';

/** Lets the Ledger sign what was confirmed; whatever the confirm window says meanwhile ends it there too. */
export function signedOnDevice(
  { message, publicKey }: SignRequest,
  { path }: LedgerSource,
  device: DevicePort,
  port: ConfirmPort,
  signal: AbortSignal,
): Promise<Uint8Array> {
  return new Promise<Uint8Array>((resolve, reject) => {
    const stop = () => reject(refused());
    port.onMessage(stop);
    port.onClose(stop);
    signal.addEventListener('abort', stop, { once: true });
    device.onClose(() => reject(failed('Its process ended.')));
    device.onMessage((said) => {
      if (said.kind === 'step') return port.post({ kind: 'device', step: said.step });
      if (said.kind === 'failed') {
        const { code, sentence, remedy } = said.error;
        const known = LEDGER_CODES.find((one) => one === code) ?? 'LEDGER_FAILED';
        return reject(new SignerFailure(known, String(sentence), String(remedy)));
      }
      if (verifies(said.signature, message, publicKey)) return resolve(said.signature);
      reject(
        new SignerFailure(
          'SIGNATURE_FOREIGN',
          'What came from the Ledger is no signature of this message by this key.',
          'Nothing was sent. Do not use this device before you know why.',
        ),
      );
    });
    device.post({ path, publicKey, message });
  }).finally(() => device.close());
}

const failed = (detail: string): SignerFailure =>
  new SignerFailure(
    'LEDGER_FAILED',
    `The Ledger gave no answer. ${detail}`,
    'Nothing was signed. Reconnect it and try again.',
  );
