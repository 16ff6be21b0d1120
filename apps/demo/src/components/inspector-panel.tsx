import type { InspectedEvent } from '@wirepact/client/inspect';
import { useState, useSyncExternalStore } from 'react';
import { useContractRules } from '../chat/use-contract-rules';
import { WIRE_FILTER_NAMES, WIRE_FILTERS, type WireFilter } from '../chat/wire-filter';
import type { WireRecord } from '../chat/wire-record';
import { useStickToBottom } from '../page/use-stick-to-bottom';
import { EmptyState } from './empty-state';
import { IconButton } from './icon-button';
import { Filter } from './log-filters';
import { WireEventRow } from './wire-event-row';

/** Every event in and out, against what the contract says of it. */
export function InspectorPanel({ record }: { record: WireRecord }) {
  const { subscribe, get } = record.events;
  const events = useSyncExternalStore(subscribe, get);
  const rules = useContractRules();
  const [filter, setFilter] = useState<WireFilter>('chat');
  /** What there was when it was paused. */
  const [paused, setPaused] = useState<readonly InspectedEvent[]>();
  const shown = (paused ?? events).filter(WIRE_FILTERS[filter][1]);
  const { ref, onScroll } = useStickToBottom<HTMLDivElement>(shown.at(-1)?.id);

  return (
    <section className="log-panel" aria-label="Contract">
      <header className="panel-header">
        <h2>Contract</h2>
        {paused && <span className="badge">Paused</span>}
        <span className="panel-header__space" />
        <IconButton
          icon={paused ? 'play' : 'pause'}
          label={paused ? 'Resume events' : 'Pause events'}
          onClick={() => setPaused(paused ? undefined : events)}
        />
        <IconButton
          icon="clear"
          label="Empty events"
          onClick={() => {
            record.clear();
            setPaused(paused && []);
          }}
        />
      </header>
      <div className="log-filters log-filters--single">
        <Filter
          label="Events"
          value={filter}
          options={WIRE_FILTER_NAMES.map((name) => [name, WIRE_FILTERS[name][0]])}
          onChange={(value) => setFilter(WIRE_FILTER_NAMES.find((name) => name === value) ?? 'chat')}
        />
      </div>
      <div
        ref={ref}
        className="log-panel__entries"
        role="log"
        aria-label="Events"
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reached by the keyboard.
        tabIndex={0}
        onScroll={onScroll}
      >
        {shown.length === 0 && (
          <EmptyState icon="contract" title="No events">
            <p>Each event that this page sends or is sent appears here, with what the contract says of it.</p>
          </EmptyState>
        )}
        <ol>
          {shown.map((event) => (
            <WireEventRow key={event.id} {...{ event, rules }} />
          ))}
        </ol>
      </div>
    </section>
  );
}
