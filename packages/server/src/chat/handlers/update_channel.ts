import type { ChatHandler } from './chat-context';

/** Changes a channel's properties for everybody. */
export const update_channel: ChatHandler<'update_channel'> = async ({ services }, { channelId, updates }) => {
  const { epoch, seq } = await services.channels.update(channelId, updates);
  return { channelId, epoch, seq };
};
