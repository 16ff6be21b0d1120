import type { ButtonHTMLAttributes } from 'react';
import { Icon, type IconName } from './icon';

/** A button that shows an icon and is read as its label. */
export const IconButton = ({
  icon,
  label,
  className = '',
  ...rest
}: { icon: IconName; label: string } & ButtonHTMLAttributes<HTMLButtonElement>) => (
  <button type="button" className={`icon-button ${className}`} aria-label={label} title={label} {...rest}>
    <Icon name={icon} />
  </button>
);
