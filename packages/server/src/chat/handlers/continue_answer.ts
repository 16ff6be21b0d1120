import { toChannelId } from '../services/channel-id';
import type { ChatHandler } from './chat-context';

/** Goes on with an agent's answer, or ends it. */
export const continue_answer: ChatHandler<'continue_answer'> = ({ services }, payload) => {
  const { entityId, channelId, messageId, index, parts, end } = payload;
  services.remoteAnswers.add(entityId, toChannelId(channelId), messageId.toLowerCase(), {
    index,
    parts,
    end,
  });
  return {};
};
