import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An endpoint in front of another that can be closed: it then refuses each request at once. */
export interface Gate {
  readonly url: string;
  closed: boolean;
  stop(): Promise<void>;
}

/** Bytes go through as they are: an embedded network's own calls hold u64 that JavaScript's JSON does not. */
export async function gateTo(upstream: string): Promise<Gate> {
  const server = createServer((asked, answer) => {
    if (gate.closed) {
      answer.writeHead(403).end('closed');
      return;
    }
    const { method, headers } = asked;
    const onward = request(upstream, { method, headers }, (found) => {
      answer.writeHead(found.statusCode ?? 502, found.headers);
      found.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    asked.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const gate: Gate = {
    url: `http://127.0.0.1:${port}`,
    closed: false,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return gate;
}
