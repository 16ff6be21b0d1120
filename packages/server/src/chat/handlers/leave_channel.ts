import { toChannelId } from '../services/channel-id';
import type { ChatHandler } from './chat-context';

/** Ends the sender's membership. */
export const leave_channel: ChatHandler<'leave_channel'> = ({ connection, services }, payload) =>
  services.read(connection, async () => {
    const channelId = toChannelId(payload.channelId);
    services.feed.leave(connection, channelId);
    return { channelId };
  });
