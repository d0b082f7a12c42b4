import { contextBridge, ipcRenderer } from 'electron';

/** The confirm window's page talks to the signer alone, by the one port that main hands over. */
let port: MessagePort | undefined;
let listener: ((message: unknown) => void) | undefined;
const waiting: unknown[] = [];

ipcRenderer.once('signer', (event) => {
  port = event.ports[0];
  if (!port) return;
  port.onmessage = ({ data }) => {
    if (listener) listener(data);
    else waiting.push(data);
  };
});

contextBridge.exposeInMainWorld('confirmation', {
  onReview(hear: (message: unknown) => void) {
    listener = hear;
    for (const message of waiting.splice(0)) hear(message);
  },
  sign: (token: unknown) => port?.postMessage({ kind: 'sign', token: String(token) }),
  refuse: () => port?.postMessage({ kind: 'refuse' }),
});
