import { type Logs, useConnection, useLogs } from '@wirepact/client/react';
import type { LogEntry, LogFilter } from '@wirepact/protocol';
import { useState } from 'react';
import { listCategories, passesFilter } from '../chat/log-filter';
import { useStickToBottom } from '../page/use-stick-to-bottom';
import { EmptyState } from './empty-state';
import { titleOfError } from './error-text';
import { IconButton } from './icon-button';
import { LogEntryRow } from './log-entry-row';
import { LogFilters } from './log-filters';

interface LogHeaderProps {
  readonly logs: Logs;
  readonly isPaused: boolean;
  readonly onPause: () => void;
  readonly onClear: () => void;
}

const LogHeader = ({ logs, isPaused, onPause, onClear }: LogHeaderProps) => (
  <header className="panel-header">
    <h2>Live log</h2>
    {logs.dropped > 0 && (
      <span className="badge badge--warn" title="Entries came faster than they were read">
        {logs.dropped} dropped
      </span>
    )}
    {isPaused && <span className="badge">Paused</span>}
    <span className="panel-header__space" />
    <IconButton
      icon={isPaused ? 'play' : 'pause'}
      label={isPaused ? 'Resume log' : 'Pause log'}
      onClick={onPause}
    />
    <IconButton icon="clear" label="Empty log" onClick={onClear} />
  </header>
);

/** What the server writes in its log, as it writes it. */
export function LogPanel() {
  const [filter, setFilter] = useState<LogFilter>({ level: 'debug' });
  const logs = useLogs(filter);
  const { socketId } = useConnection();
  /** What there was when the log was paused. */
  const [paused, setPaused] = useState<readonly LogEntry[]>();
  const entries = paused ?? logs.entries;
  const shown = entries.filter((entry) => passesFilter(entry, filter));
  const { ref, onScroll } = useStickToBottom<HTMLDivElement>(shown.at(-1));

  return (
    <section className="log-panel" aria-label="Live log">
      <LogHeader
        logs={logs}
        isPaused={paused !== undefined}
        onPause={() => setPaused(paused ? undefined : logs.entries)}
        onClear={() => {
          logs.clear();
          setPaused(paused && []);
        }}
      />
      <LogFilters filter={filter} categories={listCategories(entries)} onChange={setFilter} />
      <div
        ref={ref}
        className="log-panel__entries"
        role="log"
        aria-label="Log entries"
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reached by the keyboard.
        tabIndex={0}
        onScroll={onScroll}
      >
        {logs.error && (
          <p className="log-panel__error" role="alert">
            {titleOfError(logs.error)} <code>{logs.error.code}</code>
            <button type="button" className="button button--small" onClick={logs.restart}>
              Subscribe again
            </button>
          </p>
        )}
        {shown.length === 0 && !logs.error && (
          <EmptyState icon="log" title="Quiet so far">
            <p>Entries appear as the server writes them. Send a message to see some.</p>
          </EmptyState>
        )}
        <ol>
          {shown.map((entry) => (
            <LogEntryRow key={entry.id} entry={entry} ownConnectionId={socketId} />
          ))}
        </ol>
      </div>
    </section>
  );
}
