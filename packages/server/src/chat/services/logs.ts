import type { LogFilter, Protocol } from '@wirepact/protocol';
import { createLogQueue } from '../logs/log-queue';
import type { LogStream } from '../logs/log-stream';
import type { Connection } from '../ports/connection';

type ChatConnection = Connection<Protocol['serverToClient']>;

/** Who receives log entries, and which. */
export interface LogService {
  /** Subscribing again changes nothing. */
  subscribe(connection: ChatConnection): void;
  unsubscribe(connection: ChatConnection): void;
  /** Replaces the connection's filter; kept for a later subscription, too. */
  setFilter(connection: ChatConnection, filter: LogFilter): void;
}

interface Subscriber {
  filter: LogFilter;
  /** Ends the subscription; `undefined` while there is none. */
  stop: (() => void) | undefined;
  setFilter: ((filter: LogFilter) => void) | undefined;
}

/** Sends the lines of a log stream to whoever subscribes. */
export function createLogService(logStream: LogStream): LogService {
  const subscribers = new WeakMap<ChatConnection, Subscriber>();

  const subscriberOf = (connection: ChatConnection): Subscriber => {
    const known = subscribers.get(connection);
    if (known) return known;
    const subscriber: Subscriber = { filter: {}, stop: undefined, setFilter: undefined };
    subscribers.set(connection, subscriber);
    connection.closed.addEventListener('abort', () => subscriber.stop?.());
    return subscriber;
  };

  return {
    subscribe(connection) {
      if (connection.closed.aborted) return;
      const subscriber = subscriberOf(connection);
      if (subscriber.stop) return;
      const queue = createLogQueue({
        send: (entry) => connection.emit('log_update', entry),
        isCongested: () => connection.isCongested(),
        drained: () => connection.drained(),
      });
      const subscription = logStream.subscribe(subscriber.filter, queue.push);
      subscriber.setFilter = subscription.setFilter;
      subscriber.stop = () => {
        subscription.unsubscribe();
        queue.close();
        subscriber.stop = undefined;
        subscriber.setFilter = undefined;
      };
    },

    unsubscribe(connection) {
      subscribers.get(connection)?.stop?.();
    },

    setFilter(connection, filter) {
      const subscriber = subscriberOf(connection);
      subscriber.filter = filter;
      subscriber.setFilter?.(filter);
    },
  };
}
