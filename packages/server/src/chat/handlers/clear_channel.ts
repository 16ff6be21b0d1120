import type { ChatHandler } from './chat-context';

/** Deletes all messages of a channel for everybody. */
export const clear_channel: ChatHandler<'clear_channel'> = async ({ services }, { channelId }) => ({
  channelId,
  ...(await services.channels.clear(channelId)),
});
