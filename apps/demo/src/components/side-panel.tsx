import { useState } from 'react';
import type { WireRecord } from '../chat/wire-record';
import { Icon, type IconName } from './icon';
import { InspectorPanel } from './inspector-panel';
import { LogPanel } from './log-panel';

type Side = 'log' | 'contract';

const SIDES: readonly { side: Side; label: string; icon: IconName }[] = [
  { side: 'log', label: 'Log', icon: 'log' },
  { side: 'contract', label: 'Contract', icon: 'contract' },
];

/** What goes on behind the chat: the server's log, or what this page sends and is sent. */
export function SidePanel({ record }: { record: WireRecord }) {
  const [shown, setShown] = useState<Side>('log');
  return (
    <aside className="side-panel" aria-label="Behind the chat">
      <nav className="side-switch" aria-label="What is shown">
        {SIDES.map(({ side, label, icon }) => (
          <button
            key={side}
            type="button"
            className="button button--quiet"
            aria-pressed={side === shown}
            onClick={() => setShown(side)}
          >
            <Icon name={icon} /> {label}
          </button>
        ))}
        <a className="button button--quiet" href="/metrics.html" target="_blank" rel="noopener">
          <Icon name="metrics" /> Metrics
        </a>
      </nav>
      {shown === 'log' ? <LogPanel /> : <InspectorPanel record={record} />}
    </aside>
  );
}
