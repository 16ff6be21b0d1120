import type { Theme } from '../page/use-theme';
import { ConnectionStatus } from './connection-status';
import { Icon } from './icon';
import { IconButton } from './icon-button';
import { Mark } from './mark';

/** What a {@link TopBar} shows. */
export interface TopBarProps {
  /** Messages that wait to be sent. */
  readonly waitingCount: number;
  readonly theme: Theme;
  readonly onToggleTheme: () => void;
  readonly isLogOpen: boolean;
  readonly onToggleLog: () => void;
}

/** The page's head: what it is, how the connection does, and how the page looks. */
export const TopBar = (props: TopBarProps) => {
  const { waitingCount, theme, onToggleTheme, isLogOpen, onToggleLog } = props;
  return (
    <header className="top-bar">
      <Mark />
      <h1>
        Wirepact <span>demo</span>
      </h1>
      <ConnectionStatus waitingCount={waitingCount} />
      <button
        type="button"
        className="button button--quiet top-bar__log"
        aria-pressed={isLogOpen}
        onClick={onToggleLog}
      >
        <Icon name="log" /> Live log
      </button>
      <IconButton
        icon={theme === 'dark' ? 'sun' : 'moon'}
        label={theme === 'dark' ? 'Use the light theme' : 'Use the dark theme'}
        onClick={onToggleTheme}
      />
    </header>
  );
};
