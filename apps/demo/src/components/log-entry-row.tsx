import type { LogEntry } from '@wirepact/protocol';
import { memo } from 'react';

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });

const KNOWN_LEVELS = new Set(['debug', 'info', 'warn', 'error']);

/** One entry of the log; what belongs to it unfolds. */
export const LogEntryRow = memo(function LogEntryRow({ entry }: { entry: LogEntry }) {
  const { level, timestamp, category, message, data } = entry;
  const line = (
    <>
      <time dateTime={timestamp}>{clock.format(new Date(timestamp))}</time>
      <span className={`level level--${KNOWN_LEVELS.has(level) ? level : 'other'}`}>{level}</span>
      <span className="log-entry__category">{category}</span>
      <span className="log-entry__message">{message}</span>
    </>
  );
  return (
    <li className="log-entry" data-level={level}>
      {data === undefined ? (
        <div className="log-entry__line">{line}</div>
      ) : (
        <details>
          <summary className="log-entry__line">{line}</summary>
          <pre>{JSON.stringify(data, null, 2)}</pre>
        </details>
      )}
    </li>
  );
});
