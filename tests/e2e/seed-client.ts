import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';

/** An event as it came from the server. */
export interface Packet {
  readonly event: string;
  readonly args: readonly unknown[];
}

export type Fields = Readonly<Record<string, unknown>>;
export type ClientOptions = Partial<ManagerOptions & SocketOptions>;

/** An acknowledgement. */
export interface Answer {
  readonly ok?: boolean;
  readonly data?: unknown;
  readonly error?: Fields;
}

/** How long an expected event may take before the test fails. */
const PATIENCE_MS = 60_000;

const toFields = (payload: unknown): Fields =>
  typeof payload === 'object' && payload !== null ? { ...payload } : { payload };

/** What a successful acknowledgement tells. */
export const dataOf = ({ data }: Answer): Fields => toFields(data);

/** A client as anybody writes it from the document: socket.io-client, and a memory for all it is sent. */
export class SeedClient {
  /** Every event, from the very first. */
  readonly transcript: Packet[] = [];
  /** Every event since `forget`. */
  private readonly packets: Packet[] = [];
  /** What came in which order: names of events, and `ack <event>` for acknowledgements. */
  readonly timeline: string[] = [];
  readonly answers: Answer[] = [];
  private readonly taken = new Map<string, number>();
  private readonly waiting = new Set<() => void>();

  constructor(readonly socket: Socket) {
    socket.onAny((event: string, ...args: unknown[]) => {
      this.transcript.push({ event, args });
      this.packets.push({ event, args });
      this.timeline.push(event);
      for (const look of this.waiting) look();
    });
  }

  /** Payloads of one event so far. */
  all(event: string): Fields[] {
    return this.packets.filter((packet) => packet.event === event).map(({ args }) => toFields(args[0]));
  }

  /** Every event so far, in order. */
  everything(): { event: string; payload: Fields }[] {
    return this.packets.map(({ event, args }) => ({ event, payload: toFields(args[0]) }));
  }

  /** The next payload of this event that `next` has not given out yet, now or when it comes. */
  next(event: string): Promise<Fields> {
    const index = this.taken.get(event) ?? 0;
    this.taken.set(event, index + 1);
    return new Promise((resolve, reject) => {
      const look = () => {
        const payload = this.all(event)[index];
        if (!payload) return;
        this.waiting.delete(look);
        clearTimeout(timer);
        resolve(payload);
      };
      const fail = () => reject(new Error(`No ${event} (${index + 1}.) came, but: ${this.timeline}`));
      const timer = setTimeout(fail, PATIENCE_MS);
      this.waiting.add(look);
      look();
    });
  }

  emit(event: string, ...args: unknown[]): void {
    this.socket.emit(event, ...args);
  }

  /** Emits with an acknowledgement, which is noted the moment it comes. */
  ask(event: string, ...args: unknown[]): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (!this.socket.connected) reject(new Error(`${event} finds no connection, after: ${this.timeline}`));
      const settle = (timeout: Error | null, answer: Answer) => {
        if (timeout) return reject(new Error(`${event} was not acknowledged, but: ${this.timeline}`));
        this.timeline.push(`ack ${event}`);
        this.answers.push(answer);
        resolve(answer);
      };
      this.socket.timeout(PATIENCE_MS).emit(event, ...args, settle);
    });
  }

  /** Joins a channel, and waits for both answers. */
  async join(channelId: string, fields: Fields = {}): Promise<Fields> {
    this.emit('join_channel', { channelId, ...fields });
    const joined = await this.next('channel_joined');
    await this.next('room_joined');
    return joined;
  }

  /**
   * Everything the server has sent to this connection is here: packets of one connection keep their order,
   * and this waits for one more.
   */
  async caughtUp(): Promise<void> {
    await this.ask('heartbeat');
  }

  /** Forgets what came so far. */
  forget(): void {
    this.packets.length = 0;
    this.timeline.length = 0;
    this.taken.clear();
  }

  close(): void {
    this.socket.close();
  }
}

/** A client that is connecting; it hears every event from the first one on. */
export const open = (url: string, options: ClientOptions = {}) =>
  new SeedClient(io(url, { forceNew: true, reconnection: false, transports: ['websocket'], ...options }));

/** What a connection that is refused is told. */
export const refusal = ({ socket }: SeedClient): Promise<Fields> =>
  new Promise((resolve, reject) => {
    socket.once('connect', () => reject(new Error('The connection was accepted.')));
    socket.once('connect_error', (error) => resolve(toFields(Reflect.get(error, 'data'))));
  });
