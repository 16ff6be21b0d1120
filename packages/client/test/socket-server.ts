import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';

export const CHANNEL = '123e4567-e89b-12d3-a456-426614174000';
export const OTHER_CHANNEL = '123e4567-e89b-12d3-a456-426614174001';
export const MESSAGE = '0192f0c1-7b1e-7c3a-9d55-8f2f3a1b4c5d';

/** What a test lets the server answer to an event; `undefined` leaves it without an acknowledgement, a promise is waited for. */
export type Answer = (payload: Record<string, unknown>, socket: Socket) => unknown;

export const success = (data: unknown) => ({ ok: true, data });
export const failure = (code: string, details: object = {}) => ({
  ok: false,
  error: { code, message: `${code} happened`, retryable: false, ...details },
});

const defaultAnswers = (): Record<string, Answer> => ({
  join_channel: ({ channelId, agentId }) => success({ channelId, agentId }),
  send_message: () => success({ messageId: MESSAGE, createdAt: 1_790_000_000_000 }),
  subscribe_logs: () => success({ subscribed: true }),
  unsubscribe_logs: () => success({ subscribed: false }),
  set_log_filter: (filter) => success(filter),
  heartbeat: () => success({ time: 1_790_000_000_000 }),
});

/** A plain Socket.IO server that acknowledges what it is told to, and remembers what it was sent. */
export class SocketServer {
  readonly received: { event: string; payload: Record<string, unknown> }[] = [];
  readonly answers = defaultAnswers();
  readonly sockets: Socket[] = [];
  private readonly waiting = new Set<() => void>();

  private constructor(
    readonly io: Server,
    readonly url: string,
  ) {
    io.on('connection', (socket) => {
      this.sockets.push(socket);
      socket.onAny((event, ...args) => this.receive(socket, event, args));
      this.changed();
    });
  }

  static async start(): Promise<SocketServer> {
    const http = createServer();
    const io = new Server(http);
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    return new SocketServer(io, `http://127.0.0.1:${(http.address() as AddressInfo).port}`);
  }

  /** The newest connection. */
  get socket(): Socket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('nobody is connected');
    return socket;
  }

  /** Payloads received with `event`, in order. */
  payloadsOf(event: string) {
    return this.received.filter((one) => one.event === event).map(({ payload }) => payload);
  }

  /** Names of the events received, in order, heartbeats aside. */
  get events() {
    return this.received.map(({ event }) => event).filter((event) => event !== 'heartbeat');
  }

  /** Resolves once `isTrue` holds; it is asked after every connect and every event. */
  async until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) await new Promise<void>((resolve) => this.waiting.add(resolve));
  }

  /** Cuts the newest connection off, as a network does. */
  cut(): void {
    this.socket.conn.close();
  }

  async close(): Promise<void> {
    await this.io.close();
  }

  private receive(socket: Socket, event: string, args: unknown[]) {
    const last = args.at(-1);
    const ack = typeof last === 'function' ? last : undefined;
    const payload = (ack ? args.slice(0, -1) : args)[0] as Record<string, unknown>;
    this.received.push({ event, payload });
    const answer = this.answers[event]?.(payload, socket);
    if (answer instanceof Promise) void answer.then((late) => ack?.(late));
    else if (answer !== undefined) ack?.(answer);
    this.changed();
  }

  private changed() {
    const waiting = [...this.waiting];
    this.waiting.clear();
    for (const resolve of waiting) resolve();
  }
}
