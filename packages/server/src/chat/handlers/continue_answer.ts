import { toChannelId } from '../services/channel-id';
import type { ChatHandler } from './chat-context';

/** Goes on with an agent's answer, or ends it. */
export const continue_answer: ChatHandler<'continue_answer'> = ({ connection, services }, payload) => {
  const { entityId: agentId, channelId, messageId, index, parts, end } = payload;
  services.remoteAnswers.add(connection, {
    agentId,
    channelId: toChannelId(channelId),
    messageId: messageId.toLowerCase(),
    index,
    parts,
    end,
  });
  return {};
};
