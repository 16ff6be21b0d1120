import type { LogEntry } from '@wirepact/protocol';

/** Log entries as they arrive. Subscribes when iteration starts and unsubscribes when it ends. */
export interface LogStream extends AsyncIterableIterator<LogEntry, undefined> {
  /** How many entries were dropped, oldest first, because they came faster than they were taken. */
  readonly dropped: number;
  /** Ends the stream; `break` in a `for await` calls it. */
  return(): Promise<IteratorResult<LogEntry, undefined>>;
}

/** Where a {@link LogQueue} gets its entries from. */
export interface LogSource {
  /** Starts the flow; resolves once it flows. */
  readonly start: () => Promise<void>;
  /** Stops the flow. */
  readonly stop: () => void;
}

/** Somebody who waits for the next entry. */
interface Taker {
  readonly resolve: (result: IteratorResult<LogEntry, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

const DONE = { done: true, value: undefined } as const;

/** A {@link LogStream} over a queue of bounded length. */
export class LogQueue implements LogStream {
  readonly #entries: LogEntry[] = [];
  readonly #takers: Taker[] = [];
  #status: 'idle' | 'started' | 'ended' = 'idle';
  #failure: { error: unknown } | undefined;

  dropped = 0;

  readonly #source: LogSource;
  readonly #maxQueued: number;

  constructor(source: LogSource, maxQueued: number) {
    this.#source = source;
    this.#maxQueued = maxQueued;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<LogEntry, undefined>> {
    if (this.#status === 'idle') this.#start();
    const value = this.#entries.shift();
    if (value) return Promise.resolve({ done: false, value });
    if (this.#status === 'ended') return this.#last();
    return new Promise((resolve, reject) => this.#takers.push({ resolve, reject }));
  }

  return(): Promise<IteratorResult<LogEntry, undefined>> {
    this.#entries.length = 0;
    this.end();
    return Promise.resolve(DONE);
  }

  /** Gives an entry to whoever waits for one, or keeps it. */
  push(entry: LogEntry): void {
    if (this.#status !== 'started') return;
    const taker = this.#takers.shift();
    if (taker) taker.resolve({ done: false, value: entry });
    else this.#entries.push(entry);
    if (this.#entries.length <= this.#maxQueued) return;
    this.#entries.shift();
    this.dropped += 1;
  }

  /** Ends the stream after the entries that are queued, with an error where there is a `failure`. */
  end(failure?: { error: unknown }): void {
    if (this.#status === 'ended') return;
    const wasStarted = this.#status === 'started';
    this.#status = 'ended';
    this.#failure = failure;
    if (wasStarted) this.#source.stop();
    for (const { resolve, reject } of this.#takers.splice(0)) this.#last().then(resolve, reject);
  }

  #start(): void {
    this.#status = 'started';
    this.#source.start().catch((error: unknown) => this.end({ error }));
  }

  /** The end: an error is told once. */
  #last(): Promise<IteratorResult<LogEntry, undefined>> {
    const failure = this.#failure;
    this.#failure = undefined;
    return failure ? Promise.reject(failure.error) : Promise.resolve(DONE);
  }
}
