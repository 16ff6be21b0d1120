import { toChannelId } from '../services/channel-id';
import type { ChatHandler } from './chat-context';

/** Tells those who watch what the sender does. */
export const update_presence: ChatHandler<'update_presence'> = ({ connection, services }, payload) =>
  services.presence.update(connection, toChannelId(payload.channelId), payload.state, payload.ttlMs);
