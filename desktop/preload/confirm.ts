import { contextBridge, ipcRenderer } from 'electron';

/** The confirm window's page talks to the signer, by the one port that main hands over; main only takes a message out. */
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
  signed: (token: unknown, signature: unknown) =>
    port?.postMessage({ kind: 'signed', token: String(token), signature: String(signature) }),
  refuse: () => port?.postMessage({ kind: 'refuse' }),
  /** In the system's browser, or its address to the clipboard; main/wallet-page.ts. */
  openPage: (how: unknown, url: unknown) => ipcRenderer.invoke('open-page', String(how), String(url)),
  /** To the clipboard or to a file that its person names; main writes, see main/handout.ts. */
  handOut: (how: unknown, text: unknown) => ipcRenderer.invoke('hand-out', String(how), String(text)),
});
