import type { LogFilter } from '@wirepact/protocol';
import { untilAborted } from '../../runtime/base/deadline';
import type { Connection } from '../../runtime/connection/connection';
import { restore } from '../../runtime/connection/restore';
import type { DeliveryOptions, Request, Requester, RequestOptions } from '../../runtime/request/request';
import type { ChatProtocol } from '../chat-contract';
import { ChatError } from '../chat-error';
import { loosestLogFilter } from './log-filters';

/** Somebody who wants log entries. */
export interface LogSubscriber {
  readonly filter: LogFilter;
  /** Is told that there will be no entries: the server refused, after a reconnect, to send more. */
  readonly onLost: (error: ChatError) => void;
}

/** What the server was told about this connection's logs: a filter, or nothing at all, or we cannot know. */
type Told = string | 'nothing' | 'unknown';

/** True where it was the end of the connection that took the answer: the next connection can be asked again. */
const isInterruption = (error: unknown) => error instanceof ChatError && error.code === 'DISCONNECTED';

/** The one log subscription of a connection, for everybody who wants entries. */
export class LogSubscription {
  readonly #subscribers = new Set<LogSubscriber>();
  readonly #request: Request<ChatProtocol, DeliveryOptions>;
  #told: Told = 'nothing';
  #telling: Promise<unknown> = Promise.resolve();
  #subscribed: Promise<unknown> = Promise.resolve();
  readonly #removed = new WeakSet<LogSubscriber>();

  readonly #connection: Connection;
  readonly #requester: Requester;

  constructor(connection: Connection, requester: Requester) {
    this.#connection = connection;
    this.#requester = requester;
    this.#request = requester.typed<ChatProtocol>();
    connection.onRestore((session) => this.#restore(session));
    connection.state.subscribe(({ status }) => {
      if (status === 'connected') return;
      this.#told = 'nothing';
      this.#telling = Promise.resolve();
    });
  }

  /**
   * Resolves once the server sends what `subscriber` wants, in place of what `replaced` did; where that
   * fails, it is not a subscriber.
   */
  async add(subscriber: LogSubscriber, options: RequestOptions, replaced?: LogSubscriber): Promise<void> {
    try {
      await this.#requester.withinTime('subscribe_logs', options, (deadline) =>
        this.#addUntil(deadline, subscriber, replaced),
      );
    } catch (error) {
      this.remove(subscriber, {}).catch(() => {});
      throw error;
    }
  }

  /** Resolves once the server sends no more than the others want. */
  async remove(subscriber: LogSubscriber, options: RequestOptions): Promise<void> {
    if (!this.#drop(subscriber)) return;
    // A server we are not connected to has forgotten the subscription already.
    if (this.#connection.state.get().status !== 'connected') return;
    await this.#requester.withinTime('unsubscribe_logs', options, (deadline) =>
      untilAborted(this.#tell(), deadline),
    );
  }

  async #addUntil(
    deadline: AbortSignal,
    subscriber: LogSubscriber,
    replaced: LogSubscriber | undefined,
  ): Promise<void> {
    for (;;) {
      await this.#connection.ready(deadline);
      if (replaced) this.#drop(replaced);
      if (this.#removed.has(subscriber)) return;
      this.#subscribers.add(subscriber);
      try {
        await untilAborted(this.#tell(), deadline);
        return;
      } catch (error) {
        if (deadline.aborted || !isInterruption(error)) throw error;
      }
    }
  }

  /** Takes a subscriber out for good, also one that is still being added; true where it was in. */
  #drop(subscriber: LogSubscriber): boolean {
    this.#removed.add(subscriber);
    return this.#subscribers.delete(subscriber);
  }

  /** Tells the server what is wanted now, unless it was told already. */
  #tell(options: DeliveryOptions = {}): Promise<unknown> {
    const filters = [...this.#subscribers].map(({ filter }) => filter);
    const filter = filters.length > 0 ? loosestLogFilter(filters) : undefined;
    const wanted: Told = filter ? JSON.stringify(filter) : 'nothing';
    if (wanted === this.#told) return this.#telling;
    this.#telling = this.#send(filter, options).catch((error: unknown) => {
      if (this.#told === wanted) this.#told = 'unknown';
      throw error;
    });
    this.#told = wanted;
    // Callers may have left by the time it fails.
    this.#telling.catch(() => {});
    return this.#telling;
  }

  async #send(filter: LogFilter | undefined, options: DeliveryOptions): Promise<void> {
    if (!filter) {
      await this.#request('unsubscribe_logs', undefined, options);
      return;
    }
    // Both at once: they arrive in this order, and few unfiltered entries come in between.
    const isSubscribed = this.#told !== 'nothing' && this.#told !== 'unknown';
    if (!isSubscribed) this.#subscribed = this.#request('subscribe_logs', undefined, options);
    await Promise.all([this.#subscribed, this.#request('set_log_filter', filter, options)]);
  }

  #restore(session: AbortSignal): Promise<void> {
    return restore(
      {
        attempt: async () => {
          await this.#tell({ restoring: true });
        },
        onFailure: (error, willRetry) => {
          if (!willRetry) this.#lose(error);
        },
      },
      session,
      this.#connection.createBackoff(),
    );
  }

  #lose(error: ChatError): void {
    const lost = [...this.#subscribers];
    this.#subscribers.clear();
    for (const { onLost } of lost) onLost(error);
  }
}
