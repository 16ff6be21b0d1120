import { useSyncExternalStore } from 'react';
import { LOBBY } from '../../lobby';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

function readChannelId(): string {
  const id = window.location.hash.slice(1);
  return UUID.test(id) ? id.toLowerCase() : LOBBY.id;
}

/** Where a channel is found: a link to share. */
export const linkToChannel = (channelId: string) => new URL(`#${channelId}`, window.location.href).toString();

/** Shows another channel. */
export const openChannel = (channelId: string) => {
  window.location.hash = channelId;
};

/** The channel that the page's address names; the lobby where it names none. */
export const useChannelHash = (): string => useSyncExternalStore(subscribe, readChannelId);
