import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { networkInterfaces } from 'node:os';

/**
 * An address of this computer's that a process would not call its own: a connection to it leaves on no wire and is told
 * apart from loopback. Loopback where there is no other.
 */
export const outsideAddress = (): string =>
  Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)?.address ?? '127.0.0.1';

/** Where requests that must never be made would arrive, by TCP and by UDP. */
export interface Sink {
  /** Without a path. */
  readonly origin: string;
  readonly port: number;
  /** First lines of requests, or the peer of a connection that asked nothing. */
  readonly heard: readonly string[];
  stop(): Promise<void>;
}

/** @param host an address of this computer: what goes there leaves it on no wire */
export async function startSink(host = '127.0.0.1'): Promise<Sink> {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url}`);
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end();
  });
  server.on('connection', (socket) => {
    heard.push(`connection from port ${socket.remotePort}`);
    sockets.add(socket.once('close', () => sockets.delete(socket)));
  });
  // An upgrade that nobody takes would end the connection before its request is told.
  server.on('upgrade', (request, socket) => {
    heard.push(`UPGRADE ${request.url}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  const datagrams = createSocket('udp4');
  datagrams.on('message', (bytes) => heard.push(`a datagram of ${bytes.length} bytes`));
  await new Promise<void>((resolve) => datagrams.bind(port, host, resolve));
  return {
    origin: `http://${host}:${port}`,
    port,
    heard,
    stop: () =>
      new Promise((resolve) => {
        datagrams.close();
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
