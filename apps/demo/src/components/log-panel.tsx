import type { ChatClient } from '@wirepact/client';
import type { LogFilter } from '@wirepact/protocol';
import { useState } from 'react';
import { listCategories, passesFilter } from '../chat/log-filter';
import { type Logs, useLogs } from '../chat/use-logs';
import { useStickToBottom } from '../page/use-stick-to-bottom';
import { EmptyState } from './empty-state';
import { titleOfError } from './error-text';
import { IconButton } from './icon-button';
import { LogEntryRow } from './log-entry-row';
import { LogFilters } from './log-filters';

const LogHeader = ({ logs }: { logs: Logs }) => (
  <header className="panel-header">
    <h2>Live log</h2>
    {logs.dropped > 0 && (
      <span className="badge badge--warn" title="Entries came faster than they were read">
        {logs.dropped} dropped
      </span>
    )}
    {logs.isPaused && <span className="badge">Paused</span>}
    <span className="panel-header__space" />
    <IconButton
      icon={logs.isPaused ? 'play' : 'pause'}
      label={logs.isPaused ? 'Resume log' : 'Pause log'}
      onClick={() => logs.setPaused(!logs.isPaused)}
    />
    <IconButton icon="clear" label="Empty log" onClick={logs.clear} />
  </header>
);

/** What the server writes in its log, as it writes it. */
export function LogPanel({ chat }: { chat: ChatClient }) {
  const [filter, setFilter] = useState<LogFilter>({ level: 'debug' });
  const logs = useLogs(chat, filter);
  const shown = logs.entries.filter((entry) => passesFilter(entry, filter));
  const { ref, onScroll } = useStickToBottom<HTMLDivElement>(shown.at(-1));

  return (
    <aside className="log-panel" aria-label="Live log">
      <LogHeader logs={logs} />
      <LogFilters filter={filter} categories={listCategories(logs.entries)} onChange={setFilter} />
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
            <LogEntryRow key={entry.id} entry={entry} />
          ))}
        </ol>
      </div>
    </aside>
  );
}
