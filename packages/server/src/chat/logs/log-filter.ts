import type { LogEntry, LogFilter } from '@wirepact/protocol';
import { LOG_SEVERITY } from './log-line';

/** A test for entries: at least as severe as `level`, and of that agent and category where named. */
export function createFilter({ level, agentId, category }: LogFilter): (entry: LogEntry) => boolean {
  const least = (level === undefined ? undefined : LOG_SEVERITY[level]) ?? 0;
  return (entry) =>
    (LOG_SEVERITY[entry.level] ?? 0) >= least &&
    (agentId === undefined || entry.agentId === agentId) &&
    (category === undefined || entry.category === category);
}
