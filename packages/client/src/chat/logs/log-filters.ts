import { LOG_LEVELS, type LogEntry, type LogFilter } from '@wirepact/protocol';

const LEVELS: readonly string[] = LOG_LEVELS;
const severityOf = (level: string) => LEVELS.indexOf(level);

/** True where `filter` lets `entry` through. A level the protocol does not name passes: the server let it. */
export function checkLogEntry(entry: LogEntry, { level, agentId, category }: LogFilter): boolean {
  const severity = severityOf(entry.level);
  if (level !== undefined && severity !== -1 && severity < severityOf(level)) return false;
  if (agentId !== undefined && entry.agentId?.toLowerCase() !== agentId.toLowerCase()) return false;
  return category === undefined || entry.category === category;
}

/** The value all filters agree on, or `undefined`. */
const agreed = <Value>(values: Value[]) => (new Set(values).size === 1 ? values[0] : undefined);

/** The strictest filter that lets through everything that any of `filters` does. */
export function loosestLogFilter(filters: LogFilter[]): LogFilter {
  const severities = filters.map(({ level }) => (level === undefined ? -1 : severityOf(level)));
  const level = LOG_LEVELS[Math.min(...severities)];
  const agentId = agreed(filters.map((filter) => filter.agentId));
  const category = agreed(filters.map((filter) => filter.category));
  return {
    ...(level !== undefined && { level }),
    ...(agentId !== undefined && { agentId }),
    ...(category !== undefined && { category }),
  };
}
