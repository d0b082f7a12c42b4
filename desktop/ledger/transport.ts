import type { TransportFactory } from '@ledgerhq/device-management-kit';
import { nodeHidTransportFactory } from '@ledgerhq/device-transport-kit-node-hid';
import { speculosTransportFactory } from '@ledgerhq/device-transport-kit-speculos';
import { denyNetwork } from './no-network.ts';

/**
 * USB; or a simulated device that listens on this computer, by its port. A simulator can sign no more than a
 * device could: a signature counts only where it is of the approved bytes by the seat's key.
 */
export function transportOf(simulatorPort: number | null): TransportFactory {
  denyNetwork(simulatorPort);
  return simulatorPort === null
    ? nodeHidTransportFactory
    : speculosTransportFactory(`http://127.0.0.1:${simulatorPort}`);
}
