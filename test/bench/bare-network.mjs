// What `test/bench/network.ts` compares with: Surfpool alone, with the settings of governance/sandbox/network-host.mjs,
// in a process of its own as there. Prints the milliseconds from the call to the first healthy answer.
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';

const { Surfnet } = createRequire(import.meta.url)('@solana/surfpool-linux-x64-gnu');
const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'getHealth' });
const headers = { 'content-type': 'application/json' };

const started = performance.now();
const network = Surfnet.startWithConfig({ offline: true, blockProductionMode: 'clock', slotTimeMs: 50 });
for (;;) {
  const answer = await fetch(network.rpcUrl, { method: 'POST', headers, body }).then(
    (response) => response.json(),
    () => undefined,
  );
  if (answer?.result === 'ok') break;
}
process.stdout.write(String(performance.now() - started));
network.stop();
process.exit();
