import { Icon, type IconName } from './icon';

/** The panels of the page; a narrow one shows one at a time. */
export type View = 'channels' | 'chat' | 'log';

const TABS: readonly { view: View; label: string; icon: IconName }[] = [
  { view: 'channels', label: 'Channels', icon: 'channels' },
  { view: 'chat', label: 'Chat', icon: 'chat' },
  { view: 'log', label: 'Log', icon: 'log' },
];

/** Changes between the panels where there is only room for one. */
export const ViewTabs = ({ view, onChange }: { view: View; onChange: (view: View) => void }) => (
  <nav className="view-tabs" aria-label="Panels">
    {TABS.map(({ view: tab, label, icon }) => (
      <button
        key={tab}
        type="button"
        aria-current={tab === view ? 'true' : undefined}
        onClick={() => onChange(tab)}
      >
        <Icon name={icon} />
        {label}
      </button>
    ))}
  </nav>
);
