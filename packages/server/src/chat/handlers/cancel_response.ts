import { WirepactError } from '@wirepact/contract/runtime';
import { toChannelId } from '../services/channel-id';
import type { ChatHandler } from './chat-context';

/** Stops an answer for everybody in its channel. */
export const cancel_response: ChatHandler<'cancel_response'> = async ({ connection, services }, payload) => {
  const channelId = toChannelId(payload.channelId);
  if (!services.feed.isMember(connection, channelId))
    throw new WirepactError(
      'FORBIDDEN',
      'Only members of a channel may stop the answers in it: join it first.',
    );
  return { cancelled: await services.agentTurns.cancel(channelId, payload.messageId.toLowerCase()) };
};
