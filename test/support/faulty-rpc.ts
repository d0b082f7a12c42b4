import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** An HTTP endpoint that answers JSON-RPC, through an upstream or a function, and misbehaves on demand. */

export type Fault =
  | { readonly kind: 'delay'; readonly ms: number }
  /** Closes the connection without an answer; `after` lets the request take effect first. */
  | { readonly kind: 'drop'; readonly after?: boolean }
  | { readonly kind: 'rate-limit'; readonly retryAfter?: string }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'html' }
  | { readonly kind: 'truncated' }
  | { readonly kind: 'endless' }
  | { readonly kind: 'wrong-id' }
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'rpc-error'; readonly code: number; readonly message: string }
  | { readonly kind: 'result'; readonly result: unknown };

export interface FaultRule {
  /** Every method when left out. */
  readonly method?: string;
  /** How often; without end when left out. */
  readonly times?: number;
  readonly fault: Fault;
}

export type Answer = (method: string, params: readonly unknown[]) => Promise<unknown> | unknown;

export interface FaultyRpc {
  readonly url: string;
  /** Methods in the order asked, one entry per attempt. */
  readonly asked: readonly string[];
  readonly headers: readonly IncomingMessage['headers'][];
  /** Replaces the plan; the first rule that fits an attempt is used. */
  plan(...rules: FaultRule[]): void;
  close(): Promise<void>;
}

/** @param upstream URL of a real endpoint, or a function that answers; a thrown {code, message} becomes the JSON-RPC error. */
export async function faultyRpc(upstream: string | Answer): Promise<FaultyRpc> {
  const asked: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  let rules: { method: string | undefined; left: number; fault: Fault }[] = [];

  const answer: Answer =
    typeof upstream === 'string' ? (method, params) => forward(upstream, method, params) : upstream;

  const server = createServer(async (request, response) => {
    const { id, method, params } = JSON.parse(await bodyOf(request)) as {
      id: number;
      method: string;
      params: unknown[];
    };
    asked.push(method);
    headers.push(request.headers);
    const rule = rules.find((r) => r.left > 0 && (r.method === undefined || r.method === method));
    if (rule) rule.left -= 1;
    const proper = async (): Promise<string> => {
      try {
        return JSON.stringify({ jsonrpc: '2.0', id, result: await answer(method, params ?? []) });
      } catch (error) {
        return JSON.stringify({ jsonrpc: '2.0', id, error: rpcError(error) });
      }
    };
    await respond(response, rule?.fault, id, proper);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    headers,
    plan(...next) {
      rules = next.map(({ method, times, fault }) => ({
        method,
        left: times ?? Number.POSITIVE_INFINITY,
        fault,
      }));
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function respond(
  response: ServerResponse,
  fault: Fault | undefined,
  id: number,
  proper: () => Promise<string>,
): Promise<void> {
  const json = (text: string): void => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(text);
  };
  switch (fault?.kind) {
    case undefined:
      return json(await proper());
    case 'delay':
      await new Promise((resolve) => setTimeout(resolve, fault.ms).unref());
      return json(await proper());
    case 'drop':
      if (fault.after) await proper();
      response.destroy();
      return;
    case 'rate-limit':
      response
        .writeHead(429, fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter })
        .end('slow down');
      return;
    case 'status':
      response.writeHead(fault.status).end('no');
      return;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Welcome</body></html>');
      return;
    case 'truncated':
      return json((await proper()).slice(0, -7));
    case 'endless':
      await pipeline(Readable.from(endless()), response).catch(() => undefined); // until the reader goes
      return;
    case 'wrong-id':
      return json(JSON.stringify({ ...(JSON.parse(await proper()) as object), id: id + 1_000_000 }));
    case 'redirect':
      response.writeHead(302, { location: fault.to }).end();
      return;
    case 'rpc-error':
      return json(
        JSON.stringify({ jsonrpc: '2.0', id, error: { code: fault.code, message: fault.message } }),
      );
    case 'result':
      return json(JSON.stringify({ jsonrpc: '2.0', id, result: fault.result }));
  }
}

function* endless(): Generator<Buffer> {
  const blanks = Buffer.alloc(1024 * 1024, ' ');
  for (;;) yield blanks;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function rpcError(error: unknown): { code: number; message: string } {
  const known = error as { code?: unknown; message?: unknown };
  return { code: Number(known.code ?? -32603), message: String(known.message ?? error) };
}

async function forward(url: string, method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const body = (await response.json()) as { result?: unknown; error?: unknown };
  if (body.error) throw body.error;
  return body.result;
}
