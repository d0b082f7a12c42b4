// One embedded network in its own process: Surfpool's native calls block the event loop of whoever makes them.
// Started by child_process.fork (or Electron's utilityProcess) with one JSON argument {slotMs};
// answers {kind: 'ready', rpcUrl, wsUrl} or {kind: 'failed', reason}. Ends on SIGTERM, SIGINT, a message {kind: 'stop'},
// and when the parent goes away, however it went.
import { createRequire } from 'node:module';

/** Surfpool stops answering after some hundreds of unread events. */
const DRAIN_MS = 100;

const port = process.parentPort ?? process;
const post = (message) =>
  process.parentPort ? process.parentPort.postMessage(message) : process.send?.(message);

let network;

function end() {
  try {
    network?.stop();
  } finally {
    process.exit(); // with process.exitCode where a failure set one
  }
}

process.on('SIGTERM', end);
process.on('SIGINT', end);
process.on('SIGHUP', end);
process.on('disconnect', end);
port.on('message', (message) => {
  if ((message?.data ?? message)?.kind === 'stop') end();
});

try {
  const { slotMs } = JSON.parse(process.argv[2] ?? '');
  const { Surfnet } = createRequire(import.meta.url)('@solana/surfpool-linux-x64-gnu');
  // 'clock': the chain's time runs by itself. Surfpool's default lets it stand still between transactions.
  network = Surfnet.startWithConfig({ offline: true, blockProductionMode: 'clock', slotTimeMs: slotMs });
  setInterval(() => network.drainEvents(), DRAIN_MS);
  post({ kind: 'ready', rpcUrl: network.rpcUrl, wsUrl: network.wsUrl });
} catch (error) {
  post({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
  // A fork's channel would keep the process alive.
  process.disconnect?.();
}
