import type { LogEntry, LogFilter } from '@wirepact/protocol';
import { checkOptions, type OptionKinds } from '../../runtime/base/check-options';
import type { EventHub } from '../../runtime/base/event-hub';
import type { WritableObservable } from '../../runtime/base/observable';
import { whenAborted } from '../../runtime/base/when-aborted';
import type { Connection } from '../../runtime/connection/connection';
import { REQUEST_OPTIONS, type Requester, type RequestOptions } from '../../runtime/request/request';
import type { ChatError } from '../chat-error';
import { checkLogEntry } from './log-filters';
import { LogQueue, type LogStream } from './log-stream';
import { type LogSubscriber, LogSubscription } from './log-subscription';

/** How a {@link LogStream} behaves. */
export interface LogStreamOptions extends RequestOptions {
  /** Entries kept for a slow reader; beyond it the oldest are dropped. Default 1000. */
  readonly maxQueued?: number | undefined;
}

const LOG_STREAM_OPTIONS: OptionKinds<LogStreamOptions> = { ...REQUEST_OPTIONS, maxQueued: 'whole number' };

/** Where the subscription that `subscribeLogs` started stands. */
export interface LogSubscriptionState {
  /** `failed`: after a reconnect the server refused to go on, because of `error`. */
  readonly status: 'off' | 'on' | 'failed';
  readonly error?: ChatError | undefined;
}

/** The log entries of the server: one subscription for `log_update` listeners, and any number of streams. */
export class Logs {
  readonly #streams = new Set<LogQueue>();
  readonly #subscription: LogSubscription;
  #listening: LogSubscriber | undefined;

  readonly #hub: EventHub;
  /** Where the subscription of {@link subscribe} stands. */
  readonly #current: WritableObservable<LogSubscriptionState>;

  constructor(
    connection: Connection,
    requester: Requester,
    hub: EventHub,
    current: WritableObservable<LogSubscriptionState>,
  ) {
    this.#hub = hub;
    this.#current = current;
    this.#subscription = new LogSubscription(connection, requester);
  }

  /** Subscribes `log_update` listeners, with this filter in place of the one before. */
  async subscribe(filter: LogFilter = {}, options: RequestOptions = {}): Promise<void> {
    const subscriber = { filter, onLost: (error: ChatError) => this.#lose(subscriber, error) };
    const previous = this.#listening;
    this.#listening = subscriber;
    try {
      await this.#subscription.add(subscriber, options, previous);
      if (this.#listening === subscriber) this.#current.set({ status: 'on' });
    } catch (error) {
      if (previous) this.#subscription.remove(previous, {}).catch(() => {});
      if (this.#listening === subscriber) this.#stopListening({ status: 'off' });
      throw error;
    }
  }

  /** Ends what {@link subscribe} started; streams go on. */
  async unsubscribe(options: RequestOptions = {}): Promise<void> {
    const listening = this.#listening;
    if (!listening) return;
    this.#stopListening({ status: 'off' });
    await this.#subscription.remove(listening, options);
  }

  /** A stream of the entries that `filter` lets through. */
  stream(filter: LogFilter = {}, options: LogStreamOptions = {}): LogStream {
    checkOptions('logs', options, LOG_STREAM_OPTIONS);
    const { signal, timeoutMs, maxQueued = 1000 } = options;
    const ended = new AbortController();
    let stopListening = () => {};
    const subscriber = { filter, onLost: (error: ChatError) => queue.end({ error }) };
    const onEntry = (entry: LogEntry) => {
      if (checkLogEntry(entry, filter)) queue.push(entry);
    };
    const start = () => {
      this.#streams.add(queue);
      this.#hub.on('log_update', onEntry);
      stopListening = whenAborted(signal, () => queue.end());
      return this.#subscription.add(subscriber, { signal: ended.signal, timeoutMs });
    };
    const stop = () => {
      this.#streams.delete(queue);
      this.#hub.off('log_update', onEntry);
      stopListening();
      ended.abort();
      this.#subscription.remove(subscriber, {}).catch(() => {});
    };
    const queue = new LogQueue({ start, stop }, maxQueued);
    if (signal?.aborted) queue.end();
    return queue;
  }

  /** Ends every stream with `error`. */
  close(error: Error): void {
    for (const stream of [...this.#streams]) stream.end({ error });
    this.#stopListening({ status: 'off' });
  }

  #lose(subscriber: LogSubscriber, error: ChatError): void {
    if (this.#listening === subscriber) this.#stopListening({ status: 'failed', error });
  }

  #stopListening(state: LogSubscriptionState): void {
    this.#listening = undefined;
    this.#current.set(state);
  }
}
