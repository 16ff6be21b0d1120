import type { Redis } from 'ioredis';
import { forgetSocketTimeout } from './forget-socket-timeout';
import { ADD_AND_TELL, type StreamEntry, type StreamPlace, StreamTail } from './redis-stream-tail';

/** Characters of broadcasts that wait for Redis at most; what is more is not passed on. */
const MAX_WAITING = 16 * 1024 * 1024;
/**
 * How the connection that listens differs from the client it is made from: what it asks waits for Redis, however long it is away,
 * and it subscribes again by itself, as what ioredis asks for it may reject.
 */
const LISTENING = {
  enableOfflineQueue: true,
  lazyConnect: false,
  maxRetriesPerRequest: null,
  autoResubscribe: false,
} as const;

/** As nothing may come for long, the connection that listens is tried so often. */
const PING_MS = 5_000;

/** The answer of Redis, a channel and how many listen to it, where there is this process alone. */
const ALONE = ['', 1] as const;

/** Told what becomes of what is published. */
export interface PublishListener {
  readonly onLost: (cause: unknown) => void;
  readonly onTaken: () => void;
  /** Redis is there, and refuses what it needs to hear other processes. */
  readonly onRefused: (cause: Error) => void;
}

type OnAnswer = (error: null, answer: readonly (string | number)[]) => void;

/**
 * What Socket.IO's adapter uses of a client. It awaits nothing of what it asks for, so nothing here rejects: what Redis does not
 * take is lost, and told.
 */
export class RedisPublisher {
  private readonly listening: Redis;
  private readonly tail: StreamTail;
  private readonly pings: NodeJS.Timeout;
  private waiting = 0;

  constructor(
    private readonly client: Redis,
    private readonly place: StreamPlace,
    private readonly listener: PublishListener,
  ) {
    // That Redis is away, is told of the client.
    this.listening = forgetSocketTimeout(client.duplicate(LISTENING)).on('error', () => {});
    this.tail = new StreamTail(this.listening, client, place, listener.onRefused);
    this.pings = setInterval(() => this.ping(), PING_MS);
  }

  /** Whether what others publish is heard now. */
  get isReading(): boolean {
    return this.tail.isLive;
  }

  get options() {
    return LISTENING;
  }

  /** What reads, and what is subscribed to, both on one connection. */
  duplicate() {
    const { listening, listener } = this;
    return {
      on: listening.on.bind(listening),
      subscribe(topics: readonly string[]) {
        const subscribe = () => void listening.subscribe(...topics).catch(listener.onLost);
        listening.on('ready', subscribe);
        if (listening.status === 'ready') subscribe();
      },
      xread: () => this.read(),
      disconnect: () => listening.disconnect(),
    };
  }

  xadd(args: readonly (string | number)[]): Promise<string> {
    const texts = args.map(String);
    return this.pass(() => this.client.eval(ADD_AND_TELL, 1, ...texts, this.place.topic), texts);
  }

  publish(channel: string, payload: Buffer): Promise<string> {
    return this.pass(() => this.client.publish(channel, payload), [payload]);
  }

  /** Asks how many processes listen: where Redis does not say, this is the only one. */
  send_command(command: string, args: readonly string[], onAnswer: OnAnswer): void {
    this.client.call(command, ...args).then(
      (answer) => onAnswer(null, Array.isArray(answer) ? answer : ALONE),
      () => onAnswer(null, ALONE),
    );
  }

  /** Ends the connection that listens. */
  close(): void {
    clearInterval(this.pings);
    this.listening.disconnect();
  }

  /** What came since, in the form of XREAD's answer. */
  private async read(): Promise<[stream: string, entries: StreamEntry[]][]> {
    return [[this.place.stream, await this.tail.next()]];
  }

  private ping(): void {
    if (this.listening.status === 'ready') this.listening.ping().catch(this.listener.onLost);
  }

  private async pass(
    send: () => Promise<unknown>,
    parts: readonly { readonly length: number }[],
  ): Promise<string> {
    const size = parts.reduce((sum, { length }) => sum + length, 0);
    if (this.waiting + size > MAX_WAITING) {
      this.listener.onLost(new Error(`${MAX_WAITING} characters of broadcasts wait for Redis already`));
      return '';
    }
    this.waiting += size;
    try {
      const place = String(await send());
      this.listener.onTaken();
      return place;
    } catch (cause) {
      this.listener.onLost(cause);
      return '';
    } finally {
      this.waiting -= size;
    }
  }
}
