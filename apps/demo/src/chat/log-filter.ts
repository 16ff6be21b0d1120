import { LOG_LEVELS, type LogEntry, type LogFilter } from '@wirepact/protocol';

const LEVELS: readonly string[] = LOG_LEVELS;
const severityOf = (level: string) => LEVELS.indexOf(level);

/** True where `filter` lets an entry through that is on the page already. */
export function passesFilter(entry: LogEntry, { level, agentId, category }: LogFilter): boolean {
  const severity = severityOf(entry.level);
  if (level !== undefined && severity !== -1 && severity < severityOf(level)) return false;
  if (agentId !== undefined && entry.agentId !== agentId) return false;
  return category === undefined || entry.category === category;
}

/** Categories the demo's server logs in. */
const KNOWN_CATEGORIES = ['agent', 'connection', 'http', 'server'];

/** Categories to choose from: those known and those seen. */
export const listCategories = (entries: readonly LogEntry[]): string[] =>
  [...new Set([...KNOWN_CATEGORIES, ...entries.map(({ category }) => category)])].sort();
