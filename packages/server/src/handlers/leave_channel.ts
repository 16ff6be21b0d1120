import type { ChatHandler } from './chat-context';

/** Ends the sender's membership. */
export const leave_channel: ChatHandler<'leave_channel'> = ({ connection, services }, { channelId }) =>
  services.feed.inTurn(connection, channelId, async () => {
    connection.leave(channelId);
    return { channelId };
  });
