import type { Channel, ChannelView } from '@wirepact/client';
import { useObservable } from './use-observable';

const NOTHING: ChannelView = {
  messages: [],
  streams: [],
  properties: {},
  status: 'rejoining',
  position: undefined,
  hasOlder: true,
  loading: true,
};

const NO_CHANNEL = { get: () => NOTHING, subscribe: () => () => {} };

/** What the client knows of a channel; nothing before it is joined. */
export const useChannelView = (channel: Channel | undefined): ChannelView =>
  useObservable(channel?.view ?? NO_CHANNEL);
