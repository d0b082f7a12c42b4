import { Worker } from 'node:worker_threads';

/**
 * Asks for what Chromium answers on the thread that main's own code runs on, again and again, from a thread of its own:
 * each answer waits for whatever main is at, and for nothing of the page.
 */
const ASKING = `
  const { parentPort, workerData } = require('node:worker_threads');
  const http = require('node:http');
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const times = [];
  let on = true;
  parentPort.once('message', () => { on = false; });
  const ask = () => {
    if (!on) { agent.destroy(); return parentPort.postMessage(times); }
    const before = performance.now();
    http.get({ host: '127.0.0.1', port: workerData, path: '/json/version', agent }, (answer) => {
      answer.resume();
      answer.once('end', () => { times.push(performance.now() - before); setTimeout(ask, 5); });
    }).once('error', (error) => { throw error; });
  };
  ask();
`;

/** @param port of Chromium's debugging @returns what ends it and gives the milliseconds of each answer */
export function watchMain(port: number): () => Promise<readonly number[]> {
  const worker = new Worker(ASKING, { eval: true, workerData: port });
  const told = new Promise<readonly number[]>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  return () => {
    worker.postMessage('enough');
    return told.finally(() => worker.terminate());
  };
}
