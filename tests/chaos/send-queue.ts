import { setTimeout as delay } from 'node:timers/promises';
import type { Receipt } from './run-record';

const RETRY_DELAY_MS = 50;

/** A message that waits for its receipt. */
interface Waiting {
  readonly name: string;
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (cause: unknown) => void;
}

/** How messages of one channel are sent. */
export interface SendQueueDeps {
  readonly isJoined: () => boolean;
  readonly sendOnce: (name: string) => Promise<Receipt>;
  /** Whether a message that could not be sent is given up. */
  readonly isFinal: (cause: unknown, name: string) => boolean;
}

/** Messages of one channel, sent one after the other, again and again, while their client is in the channel. */
export class SendQueue {
  private readonly waiting: Waiting[] = [];
  private isSending = false;

  constructor(private readonly deps: SendQueueDeps) {}

  /** The names of those that wait. */
  get unsent(): string[] {
    return this.waiting.map(({ name }) => name);
  }

  /** Sends a message behind the others; rejects where it is given up. */
  send(name: string): Promise<Receipt> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ name, resolve, reject });
      void this.work();
    });
  }

  /** Goes on, as when the client is in the channel again. */
  async work(): Promise<void> {
    const [next] = this.waiting;
    if (!next || this.isSending || !this.deps.isJoined()) return;
    this.isSending = true;
    try {
      next.resolve(await this.deps.sendOnce(next.name));
      this.waiting.shift();
    } catch (cause) {
      if (this.deps.isFinal(cause, next.name)) {
        this.waiting.shift();
        next.reject(cause);
      } else await delay(RETRY_DELAY_MS);
    }
    this.isSending = false;
    void this.work();
  }
}
