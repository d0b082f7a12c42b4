import { join } from 'node:path';
import type { ConfirmPort } from './confirm-port.ts';
import type { DevicePort } from './device-port.ts';
import { SignerService } from './signer.ts';

/** The signer's process: questions of main, each signature with the confirm window's port, and the Ledger's where the key is there. */

const service = new SignerService(join(import.meta.dirname, '..', 'renderer'));

process.parentPort.on('message', ({ data, ports }) => {
  const [confirm, device] = ports;
  const joined = { confirm: confirm && confirmPort(confirm), device: device && devicePort(device) };
  void service.answer(data, joined).then((answer) => {
    if (answer !== null) process.parentPort.postMessage(answer);
  });
});

function confirmPort(port: Electron.MessagePortMain): ConfirmPort {
  port.start();
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => void port.once('message', ({ data }) => listener(data)),
    onClose: (listener) => void port.once('close', listener),
    close: () => port.close(),
  };
}

function devicePort(port: Electron.MessagePortMain): DevicePort {
  port.start();
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', ({ data }) => listener(data)),
    onClose: (listener) => void port.once('close', listener),
    close: () => port.close(),
  };
}
