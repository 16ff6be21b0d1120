import type { LogEntry, LogFilter } from '@wirepact/protocol';
import { invalidCall } from '../../runtime/call-checks';
import { isObject, show } from '../../runtime/option-checks';
import { createLogParser, LOG_SEVERITY } from './log-line';

/** Where entries go that pass a subscription's filter. */
export type LogSink = (entry: LogEntry) => void;

/** A subscription to a log stream. */
export interface LogSubscription {
  /** Replaces the filter. @throws WirepactError `INVALID_OPTIONS` */
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
  /** Hands entries that pass the filter to the sink, from now on. @throws WirepactError `INVALID_OPTIONS` */
  subscribe(filter: LogFilter, sink: LogSink): LogSubscription;
}

/** A test for entries: at least as severe as `level`, and of that agent and category where named. */
function createFilter(filter: LogFilter): (entry: LogEntry) => boolean {
  if (!isObject(filter))
    throw invalidCall(
      `A filter of log entries must be an object, such as { level: 'warn' }, not ${show(filter)}.`,
    );
  const { level, agentId, category } = filter;
  const least = (level === undefined ? undefined : LOG_SEVERITY[level]) ?? 0;
  return (entry) =>
    (LOG_SEVERITY[entry.level] ?? 0) >= least &&
    (agentId === undefined || entry.agentId === agentId) &&
    (category === undefined || entry.category === category);
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
      // Else it would fail with the next line of the host's log.
      if (typeof sink !== 'function') throw invalidCall(`subscribe needs a function, not ${show(sink)}.`);
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
