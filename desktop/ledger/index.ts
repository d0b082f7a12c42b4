import type { ToLedger } from '#desktop/shared/ledger-protocol.ts';
import { Ledger } from './device.ts';
import { type DevicePort, LedgerService } from './service.ts';
import { transportOf } from './transport.ts';

/** The Ledger's process: addresses for main, signatures for the signer over a port of its own. */

const [, , simulator] = process.argv;
const service = new LedgerService(
  new Ledger(transportOf(simulator === undefined ? null : Number(simulator))),
);

process.parentPort.on('message', ({ data, ports }) => {
  const question = data as ToLedger;
  const [port] = ports;
  if (question.kind !== 'signer')
    void service.answer(question).then((answer) => process.parentPort.postMessage(answer));
  else if (port !== undefined) void service.sign(devicePort(port));
});

function devicePort(port: Electron.MessagePortMain): DevicePort {
  port.start();
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => void port.once('message', ({ data }) => listener(data)),
    onClose: (listener) => void port.once('close', listener),
    close: () => port.close(),
  };
}
