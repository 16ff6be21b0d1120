import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon';

/** What to show where there is nothing, and what can be done about it. */
export const EmptyState = ({
  icon,
  title,
  children,
}: {
  icon: IconName;
  title: string;
  children: ReactNode;
}) => (
  <div className="empty">
    <span className="empty__icon">
      <Icon name={icon} />
    </span>
    <h3>{title}</h3>
    {children}
  </div>
);
