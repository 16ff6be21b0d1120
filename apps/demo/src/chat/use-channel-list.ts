import type { ChatClient } from '@wirepact/client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { LOBBY } from '../../lobby';
import { isRecord, useStoredValue } from '../page/use-stored-value';

/** A channel this browser knows. */
export interface KnownChannel {
  readonly id: string;
  readonly name: string;
}

/** The channels in the sidebar. */
export interface ChannelList {
  readonly channels: readonly KnownChannel[];
  /** Messages that came while another channel was shown, by channel id. */
  readonly unread: Readonly<Record<string, number>>;
  readonly add: (id: string, name?: string) => void;
  readonly rename: (id: string, name: string) => void;
  readonly remove: (id: string) => void;
}

const LOBBY_CHANNEL: KnownChannel = { id: LOBBY.id, name: LOBBY.properties.name };

/** What a channel is called that nobody gave a name. */
export const nameOfChannel = (id: string) => (id === LOBBY.id ? LOBBY.properties.name : 'Untitled channel');

const isKnownChannel = (value: unknown): value is KnownChannel =>
  isRecord(value) && typeof value.id === 'string' && typeof value.name === 'string';

const isChannelList = (value: unknown): value is readonly KnownChannel[] =>
  Array.isArray(value) && value.every(isKnownChannel);

/** The channels this browser remembers, kept in step with what happens to them. */
export function useChannelList(chat: ChatClient, shownId: string): ChannelList {
  const [channels, setChannels] = useStoredValue<readonly KnownChannel[]>('channels', isChannelList, [
    LOBBY_CHANNEL,
  ]);
  const [unread, setUnread] = useState<Readonly<Record<string, number>>>({});
  const shown = useRef(shownId);
  shown.current = shownId;

  const add = useCallback(
    (id: string, name = nameOfChannel(id)) =>
      setChannels((known) => (known.some((channel) => channel.id === id) ? known : [...known, { id, name }])),
    [setChannels],
  );
  const rename = useCallback(
    (id: string, name: string) =>
      setChannels((known) => known.map((channel) => (channel.id === id ? { id, name } : channel))),
    [setChannels],
  );
  const remove = useCallback(
    (id: string) => setChannels((known) => known.filter((channel) => channel.id !== id)),
    [setChannels],
  );

  useEffect(() => {
    add(shownId);
    setUnread(({ [shownId]: _read, ...others }) => others);
  }, [shownId, add]);

  useEffect(() => {
    const stops = [
      chat.on('channelDeleted', ({ channelId }) => remove(channelId)),
      chat.on('channelUpdated', ({ channelId, updates: { name } }) => {
        if (name) rename(channelId, name);
      }),
      chat.on('messageBroadcast', ({ roomId, senderId }) => {
        if (roomId === shown.current || senderId === chat.entityId) return;
        setUnread((counts) => ({ ...counts, [roomId]: (counts[roomId] ?? 0) + 1 }));
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [chat, remove, rename]);

  return { channels, unread, add, rename, remove };
}
