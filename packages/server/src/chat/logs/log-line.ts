import type { LogEntry } from '@wirepact/protocol';

/** Longest line whose data is sent on, in characters; a longer one goes without its data. */
const MAX_LINE_LENGTH = 16_384;

/** How severe pino's levels are. */
export const LOG_SEVERITY: Readonly<Record<string, number>> = {
  trace: 10,
  debug: 20,
  info: 30,
  warn: 40,
  error: 50,
  fatal: 60,
};

const nameOfLevel = (level: unknown) =>
  typeof level === 'string'
    ? level
    : (Object.keys(LOG_SEVERITY).find((name) => LOG_SEVERITY[name] === level) ?? String(level));

/** Leaves out stacks, wherever they are: they tell strangers how the server is built. */
const withoutStacks = (key: string, value: unknown) => (key === 'stack' ? undefined : value);

const parseObject = (line: string): Record<string, unknown> | undefined => {
  try {
    const parsed: unknown = JSON.parse(line, withoutStacks);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? { ...parsed }
      : undefined;
  } catch {
    // Not a line of JSON: a host may write others to the same stream.
    return undefined;
  }
};

const toTimestamp = (time: unknown) => {
  const date = new Date(typeof time === 'number' || typeof time === 'string' ? time : Date.now());
  return (Number.isNaN(date.getTime()) ? new Date() : date).toISOString();
};

const firstString = (...values: unknown[]) =>
  values.find((value): value is string => typeof value === 'string' && value !== '');

function toEntry(id: string, fields: Record<string, unknown>, isLong: boolean): LogEntry {
  // `pid` and `hostname` describe the machine, not the event.
  const { level, time, msg, category, agentId, name, pid: _pid, hostname: _hostname, ...data } = fields;
  const entry: LogEntry = {
    id,
    timestamp: toTimestamp(time),
    level: nameOfLevel(level),
    category: firstString(category, name) ?? 'app',
    message: typeof msg === 'string' ? msg : '',
  };
  if (typeof agentId === 'string') entry.agentId = agentId;
  if (isLong) entry.data = { truncated: true };
  else if (Object.keys(data).length > 0) entry.data = data;
  return entry;
}

/** A parser of pino's lines into entries with ids unique to it; `undefined` for what is no such line. */
export function createLogParser(): (line: string) => LogEntry | undefined {
  const run = Date.now().toString(36);
  let count = 0;
  return (line) => {
    const fields = parseObject(line);
    if (!fields) return undefined;
    count += 1;
    return toEntry(`${run}-${count}`, fields, line.length > MAX_LINE_LENGTH);
  };
}
