import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Where to connect to, and as whom. */
export interface Target {
  readonly port: number;
  /** One of the loopback addresses, for which the server takes the client. */
  readonly from: string;
}

/** How long something that has to come may take before the test fails. */
export const LIMIT_MS = 30_000;

/** A TCP connection on which anything can be said. What goes wrong on it ends it and throws nowhere. */
export async function openTcp({ port, from }: Target): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from, noDelay: true });
  await once(socket, 'connect');
  // Every write that the server does not take waits for the end, too.
  socket.setMaxListeners(0);
  socket.on('error', () => {});
  return socket;
}

/** Writes, and resolves once the system has taken it or the connection has ended. */
export const written = (socket: Socket, data: Buffer | string): Promise<void> =>
  new Promise((resolve) => {
    if (socket.destroyed || !socket.writable) return resolve();
    socket.once('close', () => resolve());
    socket.write(data, () => resolve());
  });

/** What `promise` resolves with, or an error that says what did not come. */
export function within<Value>(promise: Promise<Value>, what: string, limitMs = LIMIT_MS): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`In ${limitMs} ms ${what} did not come.`)), limitMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
