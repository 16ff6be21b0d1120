import type { Redis } from 'ioredis';
import { forgetSocketTimeout } from './forget-socket-timeout';

/** Characters of broadcasts that wait for Redis at most; what is more is not passed on. */
const MAX_WAITING = 16 * 1024 * 1024;
/** How reading connections differ from the client they are made from: what they ask waits for Redis, however long it is away. */
const READING = { enableOfflineQueue: true, lazyConnect: false, maxRetriesPerRequest: null } as const;

/** The answer of Redis, a channel and how many listen to it, where there is this process alone. */
const ALONE = ['', 1] as const;

/** Told what becomes of what is published. */
export interface PublishListener {
  readonly onLost: (cause: unknown) => void;
  readonly onTaken: () => void;
}

type OnAnswer = (error: null, answer: readonly (string | number)[]) => void;

/**
 * What Socket.IO's adapter uses of a client. It awaits nothing of what it asks for, so nothing here rejects: what Redis does not
 * take is lost, and told.
 */
export class RedisPublisher {
  private readonly reading: Redis[] = [];
  private waiting = 0;

  constructor(
    private readonly client: Redis,
    private readonly listener: PublishListener,
  ) {}

  /** Whether what others publish is heard now. */
  get isReading(): boolean {
    return this.reading.every(({ status }) => status === 'ready');
  }

  get options() {
    return READING;
  }

  duplicate(): Redis {
    const reading = forgetSocketTimeout(this.client.duplicate(READING));
    const subscribe = reading.subscribe.bind(reading);
    const subscribeOrLose = (topics: readonly string[]) => subscribe(...topics).catch(this.listener.onLost);
    Object.assign(reading, { subscribe: subscribeOrLose });
    this.reading.push(reading);
    return reading;
  }

  xadd(args: readonly string[]): Promise<string> {
    const [stream = '', ...rest] = args;
    return this.pass(() => this.client.call('XADD', stream, ...rest), args);
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

  /** Ends the connections that read, also in mid-read. */
  close(): void {
    for (const reading of this.reading) reading.disconnect();
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
