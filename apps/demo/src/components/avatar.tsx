import { Icon } from './icon';

const HUES = 6;

const initialsOf = (name: string) =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('') || '?';

const hueOf = (id: string) =>
  [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7) % HUES;

/** Who somebody is at a glance; says nothing to a screen reader, which is read the name. */
export const Avatar = ({ id, name, isAgent = false }: { id: string; name: string; isAgent?: boolean }) => (
  <span className={`avatar ${isAgent ? 'avatar--agent' : `avatar--${hueOf(id)}`}`} aria-hidden="true">
    {isAgent ? <Icon name="agent" /> : initialsOf(name)}
  </span>
);
