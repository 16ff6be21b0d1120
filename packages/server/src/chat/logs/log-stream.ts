import type { LogEntry, LogFilter } from '@wirepact/protocol';
import { createFilter } from './log-filter';
import { createLogParser } from './log-line';

/** Where entries go that pass a subscription's filter. */
export type LogSink = (entry: LogEntry) => void;

/** A subscription to a log stream. */
export interface LogSubscription {
  /** Replaces the filter. */
  setFilter(filter: LogFilter): void;
  unsubscribe(): void;
}

/**
 * A destination for pino that hands every line on to whoever subscribes. Give it to the host's logger
 * beside its own destination, with `pino.multistream`.
 */
export interface LogStream {
  /** Takes one line of pino's JSON. Costs next to nothing while nobody subscribes. */
  write(line: string): void;
  subscribe(filter: LogFilter, sink: LogSink): LogSubscription;
}

/**
 * A log stream for `pino.multistream`.
 *
 * @example
 * const logStream = createLogStream();
 * const logger = pino({ level: 'debug' }, pino.multistream([
 *   { level: 'debug', stream: process.stdout },
 *   { level: 'debug', stream: logStream },
 * ]));
 * createChatServer({ logger, logStream });
 */
export function createLogStream(): LogStream {
  const subscribers = new Set<{ passes: (entry: LogEntry) => boolean; sink: LogSink }>();
  const parse = createLogParser();

  return {
    write(line) {
      if (subscribers.size === 0) return;
      const entry = parse(line);
      if (!entry) return;
      for (const { passes, sink } of subscribers) if (passes(entry)) sink(entry);
    },

    subscribe(filter, sink) {
      const subscriber = { passes: createFilter(filter), sink };
      subscribers.add(subscriber);
      return {
        setFilter(next) {
          subscriber.passes = createFilter(next);
        },
        unsubscribe() {
          subscribers.delete(subscriber);
        },
      };
    },
  };
}
