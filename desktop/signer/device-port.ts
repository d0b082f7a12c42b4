import type { DeviceSignRequest, FromDevice } from '#desktop/shared/ledger-protocol.ts';

/** The Ledger's process at the other end of a channel, whatever carries it; one request, then its steps and one end. */
export interface DevicePort {
  post(request: DeviceSignRequest): void;
  onMessage(listener: (message: FromDevice) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}
