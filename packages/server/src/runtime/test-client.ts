import {
  type AddressInfo,
  connect as connectTcp,
  createServer as createTcpServer,
  type Server,
  type Socket as TcpSocket,
} from 'node:net';
import pino from 'pino';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { onTestFinished } from 'vitest';

/** A logger that says nothing. */
export const silent = pino({ level: 'silent' });

/** A client without types that remembers everything it was sent. */
export interface Recorder {
  readonly socket: Socket;
  /** Every event so far, in order. */
  readonly received: { event: string; payload: unknown }[];
  /** Payloads of one event so far. */
  payloads(event: string): unknown[];
  /** Emits, and resolves with the acknowledgement. */
  ask(event: string, ...args: unknown[]): Promise<unknown>;
  /** Resolves once `count` payloads of the event have come, with the last of them. */
  waitFor(event: string, count?: number): Promise<unknown>;
}

/** Starts somebody's server on a free port, most often one of http. It is the test's to close. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A client that records; it is not connected yet. */
export function record(url: string, options: Partial<ManagerOptions & SocketOptions> = {}): Recorder {
  const socket = io(url, { forceNew: true, reconnection: false, transports: ['websocket'], ...options });
  onTestFinished(() => void socket.close());
  const received: Recorder['received'] = [];
  const waiters = new Set<() => void>();
  socket.onAny((event: string, payload: unknown) => {
    received.push({ event, payload });
    for (const check of waiters) check();
  });
  const payloads = (name: string) =>
    received.filter(({ event }) => event === name).map(({ payload }) => payload);
  const waitFor = (event: string, count = 1) =>
    new Promise<unknown>((resolve) => {
      const check = () => {
        const found = payloads(event);
        if (found.length < count) return;
        waiters.delete(check);
        resolve(found[count - 1]);
      };
      waiters.add(check);
      check();
    });
  return { socket, received, payloads, waitFor, ask: (event, ...args) => socket.emitWithAck(event, ...args) };
}

/** A TCP proxy in front of `url` whose clients can be made to stop reading. */
export async function createStallingProxy(url: string) {
  const upstreams = new Set<TcpSocket>();
  const proxy = createTcpServer((downstream) => {
    const upstream = connectTcp(Number(new URL(url).port), '127.0.0.1');
    upstreams.add(upstream);
    for (const socket of [upstream, downstream]) socket.on('error', () => socket.destroy());
    downstream.pipe(upstream).pipe(downstream);
  });
  onTestFinished(() => {
    for (const upstream of upstreams) upstream.destroy();
    proxy.close();
  });
  return {
    url: await listen(proxy),
    stall: () => upstreams.forEach((upstream) => void upstream.pause()),
    resume: () => upstreams.forEach((upstream) => void upstream.resume()),
  };
}
