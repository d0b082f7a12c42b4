import type { ConfirmPort } from './confirm-port.ts';
import { SignerService } from './signer.ts';

/** The signer's process: questions of main, each signature with the confirm window's port. */

const service = new SignerService();

process.parentPort.on('message', ({ data, ports }) => {
  const [port] = ports;
  void service.answer(data, port && confirmPort(port)).then((answer) => {
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
