import type { LogEntry } from '@wirepact/protocol';
import { memo } from 'react';
import { readHandledEvent } from '../chat/handled-event';
import { HandledEventLine } from './handled-event-line';

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });

const KNOWN_LEVELS = new Set(['debug', 'info', 'warn', 'error']);

/** What a {@link LogEntryRow} shows. */
export interface LogEntryRowProps {
  readonly entry: LogEntry;
  /** The connection of this page. */
  readonly ownConnectionId: string | undefined;
}

/** One entry of the log; what belongs to it unfolds. */
export const LogEntryRow = memo(function LogEntryRow({ entry, ownConnectionId }: LogEntryRowProps) {
  const { level, timestamp, category, message, data } = entry;
  const handled = readHandledEvent(entry);
  const line = (
    <>
      <time dateTime={timestamp}>{clock.format(new Date(timestamp))}</time>
      <span className={`level level--${KNOWN_LEVELS.has(level) ? level : 'other'}`}>{level}</span>
      <span className="log-entry__category">{category}</span>
      {handled ? (
        <HandledEventLine {...{ handled, ownConnectionId }} />
      ) : (
        <span className="log-entry__message">{message}</span>
      )}
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
