import { Agent, request } from 'node:http';
import { SipError } from '#governance/errors.ts';
import type { SeedAccount } from './seed-account.ts';

/** More connections than this only queue inside Surfpool. */
const CONNECTIONS = 8;
const ANSWER_MS = 15_000;

/** The network's JSON-RPC with its cheat codes; only for our own process on this machine. */
export interface SandboxRpc {
  /** @throws SipError ENDPOINT_DOWN (no answer), ENDPOINT_REFUSED (an error as answer) */
  call(method: string, params: readonly unknown[]): Promise<unknown>;
  /** Writes all accounts; what stood there before is gone. Order is not kept. */
  setAccounts(accounts: readonly SeedAccount[]): Promise<void>;
  close(): void;
}

export function sandboxRpc(rpcUrl: string): SandboxRpc {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const send = (method: string, params: string) => post(rpcUrl, agent, method, params);
  return {
    call: (method, params) => send(method, JSON.stringify(params)),
    async setAccounts(accounts) {
      await Promise.all(accounts.map((account) => send('surfnet_setAccount', setAccountParams(account))));
    },
    close: () => agent.destroy(),
  };
}

/** Written by hand, since JSON.stringify has no way to print a u64 above 2^53. */
function setAccountParams({ address, owner, lamports, data, executable = false }: SeedAccount): string {
  const hex = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex');
  return `["${address}",{"lamports":${lamports},"owner":"${owner}","data":"${hex}","executable":${executable}}]`;
}

function post(rpcUrl: string, agent: Agent, method: string, params: string): Promise<unknown> {
  const body = `{"jsonrpc":"2.0","id":1,"method":"${method}","params":${params}}`;
  return new Promise((resolve, reject) => {
    const down = (reason: string) => reject(new SipError('ENDPOINT_DOWN', { endpoint: rpcUrl, reason }));
    const outgoing = request(
      rpcUrl,
      { agent, method: 'POST', headers: { 'content-type': 'application/json' }, timeout: ANSWER_MS },
      (incoming) => {
        let text = '';
        incoming.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        incoming.on('error', (error) => down(error.message));
        incoming.on('end', () => {
          try {
            const { result, error } = JSON.parse(text);
            if (error === undefined) resolve(result);
            else
              reject(new SipError('ENDPOINT_REFUSED', { endpoint: rpcUrl, method, reason: sentence(error) }));
          } catch {
            down(`it answers ${incoming.statusCode} without JSON`);
          }
        });
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer in ${ANSWER_MS / 1000} s`)));
    outgoing.on('error', (error) => down(error.message));
    outgoing.end(body);
  });
}

function sentence(error: { message?: unknown; data?: unknown }): string {
  return [error.message, error.data].filter((part) => typeof part === 'string').join(': ');
}
