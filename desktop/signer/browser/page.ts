import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { WALLET_PATHS, type WalletReply } from '#desktop/shared/wallet-protocol.ts';

/** Only this computer reaches it, by a random port, and only for one request. */
const HOST = '127.0.0.1';
/** A transaction is at most 1232 bytes; base64 and JSON around it. */
const MAX_BODY_BYTES = 8_192;
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
};
const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
} as const;

export interface Page {
  /** With the token that opens it once, in the part of an address that a browser does not send. */
  readonly url: string;
  close(): Promise<void>;
}

/** What the page may ask, after its origin and its token were checked. */
export interface PageParts {
  /** Built files of the window, of which the wallet's page is one. */
  readonly folder: string;
  /** Its body, once. @param token that the answers carry */
  readonly request: (token: string) => object;
  readonly answer: (fields: Readonly<Record<string, unknown>>) => WalletReply;
}

/** @throws Error of the system where no port can be opened or the page is not there */
export async function servePage({ folder, request, answer }: PageParts): Promise<Page> {
  const files = await staticFiles(folder);
  const opening = newToken();
  const answering = newToken();
  let opened = false;

  const server = createServer((incoming, response) => {
    void respond(incoming).then(
      ([status, body, type]) => send(response, status, body, type),
      () => send(response, 400, ''),
    );
  });

  async function respond(
    incoming: IncomingMessage,
  ): Promise<[status: number, body: string | Uint8Array, type?: string]> {
    // Another name for this address is another site that had its name point here.
    if (incoming.headers.host !== own()) return [403, ''];
    const path = incoming.url ?? '';
    if (incoming.method === 'GET') {
      const file = files.get(path);
      return file === undefined ? [404, ''] : [200, await readFile(file), TYPES[extname(file)]];
    }
    const known = path === WALLET_PATHS.request || path === WALLET_PATHS.answer;
    if (incoming.method !== 'POST' || !known) return [404, ''];
    // Every browser sends it with a POST; a page of another site can't choose its own.
    if (incoming.headers.origin !== `http://${own()}`) return [403, ''];
    const fields = await bodyOf(incoming);
    if (path === WALLET_PATHS.answer) {
      if (!equal(fields.token, answering)) return [403, ''];
      return json(answer(fields));
    }
    if (opened || !equal(fields.token, opening)) return [403, ''];
    opened = true;
    return json(request(answering));
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, HOST, resolve);
  });
  const own = (): string => `${HOST}:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${own()}/#${opening}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Browsers keep connections open for what may come next; the last answer has been written by then.
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 1_000).unref();
      }),
  };
}

const newToken = (): string => randomBytes(32).toString('hex');

const equal = (given: unknown, token: string): boolean =>
  typeof given === 'string' &&
  given.length === token.length &&
  timingSafeEqual(Buffer.from(given.padEnd(64)), Buffer.from(token));

/** `/` and the built assets, by the path they are asked for. */
async function staticFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(join(folder, 'assets'));
  return new Map([
    ['/', join(folder, 'wallet.html')],
    ...names
      .filter((name) => extname(name) in TYPES)
      .map((name): [string, string] => [`/assets/${name}`, join(folder, 'assets', name)]),
  ]);
}

async function bodyOf(incoming: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  let text = '';
  for await (const chunk of incoming) {
    text += String(chunk);
    if (text.length > MAX_BODY_BYTES) throw new Error('too long');
  }
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) throw new Error('no object');
  return value as Readonly<Record<string, unknown>>;
}

const json = (value: object): [number, string, string] => [
  200,
  JSON.stringify(value),
  'application/json; charset=utf-8',
];

function send(response: ServerResponse, status: number, body: string | Uint8Array, type?: string): void {
  response.writeHead(status, { ...HEADERS, ...(type !== undefined && { 'content-type': type }) }).end(body);
}
