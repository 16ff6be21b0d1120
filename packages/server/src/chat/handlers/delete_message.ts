import type { ChatHandler } from './chat-context';

/** Deletes a message for everybody. */
export const delete_message: ChatHandler<'delete_message'> = async (
  { services },
  { channelId, messageId },
) => {
  await services.channels.require(channelId);
  return { messageId, ...(await services.messages.delete(channelId, messageId)) };
};
