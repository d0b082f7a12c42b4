import type { FromConfirm, ToConfirm } from '#desktop/shared/signer-protocol.ts';
import { SignerFailure } from './failure.ts';

/** The confirm window's end of the channel, whatever carries it. */
export interface ConfirmPort {
  post(message: ToConfirm): void;
  onMessage(listener: (message: FromConfirm) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

/** Posts once and waits for the one answer; a closed window is a refusal, and so is an abort. */
export function shown(
  port: ConfirmPort,
  message: ToConfirm,
  signal: AbortSignal,
): Promise<FromConfirm | undefined> {
  return new Promise((resolve) => {
    port.onMessage(resolve);
    port.onClose(() => resolve(undefined));
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
    port.post(message);
  });
}

export const refused = (): SignerFailure =>
  new SignerFailure(
    'SIGNING_REFUSED',
    'It was not confirmed.',
    'Nothing was signed. Ask again when you want to sign.',
  );
