import { toChannelId } from '../services/channel-id';
import type { ChatHandler } from './chat-context';

/** Tells the sender who is in a channel, from now on or no more. */
export const watch_presence: ChatHandler<'watch_presence'> = ({ connection, services }, payload) =>
  services.presence.watch(connection, toChannelId(payload.channelId), payload.watching);
