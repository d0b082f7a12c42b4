import net from 'node:net';

/** Where a simulated device listens; null as a rule, where nothing may be reached at all. */
let allowed: number | null = null;

/** The device kit knows its vendor's services by address; in this process no connection opens but the simulator's. */
export function denyNetwork(simulatorPort: number | null): void {
  allowed = simulatorPort;
}

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]): net.Socket {
  // Node's own callers hand over one array of normalised arguments.
  const [first, second] = (Array.isArray(args[0]) ? args[0] : args) as unknown[];
  const { host, port } =
    typeof first === 'object' && first !== null
      ? (first as { host?: unknown; port?: unknown })
      : { host: second, port: first };
  const loopback = host === '127.0.0.1' && allowed !== null && Number(port) === allowed;
  if (!loopback) {
    this.destroy(Object.assign(new Error('no network in this process'), { code: 'NETWORK_DENIED' }));
    return this;
  }
  return Reflect.apply(connect, this, args) as net.Socket;
};
