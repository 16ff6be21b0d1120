import type { ChatHandler } from './chat-context';

/** Deletes a channel for everybody. */
export const delete_channel: ChatHandler<'delete_channel'> = async ({ services }, { channelId }) => ({
  channelId,
  ...(await services.channels.delete(channelId)),
});
