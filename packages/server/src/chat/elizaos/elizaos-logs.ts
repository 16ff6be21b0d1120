import type { LogEntry, LogFilter, Protocol } from '@wirepact/protocol';
import type { DialectEvent } from '../../runtime/dialects/define-dialect';
import { fieldsOf } from '../../runtime/dialects/fields-of';
import type { DialectClient, WireEvent } from '../../runtime/ports/dialect';

type Mapped = DialectEvent<Protocol> | undefined;

/** How severe the levels are that ElizaOS knows. */
const SEVERITY: Readonly<Record<string, number>> = {
  trace: 10,
  debug: 20,
  success: 27,
  progress: 28,
  log: 29,
  info: 30,
  warn: 40,
  error: 50,
  fatal: 60,
};
/** A level that nobody knows lets nothing through. */
const NOTHING = 70;
/** Longer names than this are no levels, and no agent's. */
const MAX_FILTER_LENGTH = 256;

/** The protocol's own filter knows numbers between its levels only from here on: what is left is picked here. Most severe first. */
const OWN_LEVELS = ['error', 'warn', 'info'] as const satisfies LogFilter['level'][];

/** What a client has asked for. */
interface LogState {
  isSubscribed: boolean;
  /** As it was sent, each change on top of what was there. */
  filters: { readonly level: string | undefined; readonly agentName: string | undefined };
  /** Severity that lines have at least. */
  least: number;
}

const states = new WeakMap<DialectClient, LogState>();

function stateOf(client: DialectClient): LogState {
  const known = states.get(client);
  if (known) return known;
  const state: LogState = {
    isSubscribed: false,
    filters: { level: undefined, agentName: undefined },
    least: 0,
  };
  states.set(client, state);
  return state;
}

/** How severe a level is; one without a name is its number. */
const severityOf = (level: string): number =>
  (Object.hasOwn(SEVERITY, level) ? SEVERITY[level] : Number(level)) || NOTHING;

/** A filter as it may be kept: a text that is not long. */
const textOf = (given: unknown): string | undefined =>
  typeof given === 'string' && given.length <= MAX_FILTER_LENGTH ? given : undefined;

/** Asks for the log. */
export function mapSubscribe(client: DialectClient): Mapped {
  const state = stateOf(client);
  state.isSubscribed = true;
  return {
    event: 'subscribe_logs',
    answer(ack) {
      if (!ack.ok) state.isSubscribed = false;
    },
  };
}

/** Wants the log no more. */
export function mapUnsubscribe(client: DialectClient): Mapped {
  stateOf(client).isSubscribed = false;
  return {
    event: 'unsubscribe_logs',
    answer(ack) {
      const message = 'Successfully unsubscribed from log stream';
      if (ack.ok) client.tell('log_subscription_confirmed', { subscribed: false, message });
    },
  };
}

/** Which of the log it wants: `level` and `agentName`, each with `all` for no filter. */
export function mapLogFilters(given: unknown, client: DialectClient): Mapped {
  const state = stateOf(client);
  if (!state.isSubscribed) {
    client.tell('log_filters_updated', { success: false, error: 'Not subscribed to log stream' });
    return undefined;
  }
  const changes = fieldsOf(given);
  const level = textOf(changes.level) ?? state.filters.level;
  const agentName = textOf(changes.agentName) ?? state.filters.agentName;
  const filters = { level, agentName };
  const least = level !== undefined && level !== 'all' ? severityOf(level) : 0;
  const own = OWN_LEVELS.find((name) => severityOf(name) <= least);
  return {
    event: 'set_log_filter',
    payload: own ? { level: own } : {},
    answer(ack) {
      if (!ack.ok) {
        client.tell('log_filters_updated', { success: false, error: ack.error.message });
        return;
      }
      Object.assign(state, { filters, least });
      client.tell('log_filters_updated', { success: true, filters });
    },
  };
}

/** An entry of the log, where its client wants it: only its own filter knows all levels and names of agents. */
export function toLogStream(
  { timestamp, level, message, data }: LogEntry,
  client: DialectClient | undefined,
): readonly WireEvent[] {
  // Lines only go to who has asked for them.
  if (!client) return [];
  const { least, filters } = stateOf(client);
  const severity = severityOf(level);
  const { agentName = 'all' } = filters;
  const name = fieldsOf(data).agentName;
  if (severity < least || (agentName !== 'all' && name !== agentName)) return [];
  const payload = { time: Date.parse(timestamp), level: severity, msg: message, agentName: name };
  return [['log_stream', { type: 'log_entry', payload }]];
}
