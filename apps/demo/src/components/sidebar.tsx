import { useState } from 'react';
import type { Sender } from '../chat/sender';
import type { ChannelList } from '../chat/use-channel-list';
import { Avatar } from './avatar';
import { Icon } from './icon';
import { IconButton } from './icon-button';
import { TextDialog } from './text-dialog';

/** What a {@link Sidebar} shows. */
export interface SidebarProps {
  readonly list: ChannelList;
  readonly shownId: string;
  readonly sender: Sender;
  readonly onCreate: (name: string) => void;
  readonly onOpen: () => void;
  readonly onRename: (name: string) => void;
}

/** The channels there are to go to, and who we are. */
export function Sidebar({ list, shownId, sender, onCreate, onOpen, onRename }: SidebarProps) {
  const [asks, setAsks] = useState<'channel' | 'name'>();
  const close = () => setAsks(undefined);

  return (
    <nav className="sidebar" aria-label="Channels">
      <div className="sidebar__head">
        <h2>Channels</h2>
        <IconButton icon="plus" label="New channel" onClick={() => setAsks('channel')} />
      </div>
      <ul className="channel-list">
        {list.channels.map(({ id, name }) => (
          <li key={id}>
            <a href={`#${id}`} aria-current={id === shownId ? 'page' : undefined} onClick={onOpen}>
              <Icon name="channels" />
              <span className="channel-list__name">{name}</span>
              {(list.unread[id] ?? 0) > 0 && (
                <span className="channel-list__unread">
                  {list.unread[id]}
                  <span className="visually-hidden"> unread</span>
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
      <button type="button" className="me" onClick={() => setAsks('name')}>
        <Avatar id={sender.entityId} name={sender.entityName} />
        <span className="me__text">
          <strong>{sender.entityName}</strong>
          <span>Change name</span>
        </span>
      </button>
      {asks === 'channel' && (
        <TextDialog
          title="New channel"
          action="Create"
          fields={[{ name: 'name', label: 'Name', value: '', maxLength: 80, isRequired: true }]}
          onSubmit={({ name = '' }) => onCreate(name)}
          onClose={close}
        />
      )}
      {asks === 'name' && (
        <TextDialog
          title="Your name"
          action="Save"
          fields={[
            { name: 'name', label: 'Name', value: sender.entityName, maxLength: 60, isRequired: true },
          ]}
          onSubmit={({ name = '' }) => onRename(name)}
          onClose={close}
        />
      )}
    </nav>
  );
}
