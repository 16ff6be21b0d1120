import { WirepactError } from '@wirepact/contract/runtime';
import { toChannelId } from '../services/channel-id';
import type { ChatHandler } from './chat-context';

/** Begins an agent's answer; its parts come by `continue_answer`. */
export const begin_answer: ChatHandler<'begin_answer'> = async ({ connection, services }, payload) => {
  const { entityId: id, entityName, seq } = payload;
  const channelId = toChannelId(payload.channelId);
  const [message] = await services.messages.list(channelId, { after: seq - 1, limit: 1 });
  if (message?.id !== payload.inReplyToMessageId.toLowerCase())
    throw new WirepactError(
      'MESSAGE_NOT_FOUND',
      'No message of the channel has this id and this `seq`: take both from the message that you answer.',
    );
  if (message.source === 'agent_response')
    throw new WirepactError('FORBIDDEN', 'Agents answer messages of people, never those of other agents.');
  const name = connection.identity?.entityName ?? entityName;
  return { messageId: services.remoteAnswers.begin({ id, name }, message, connection) };
};
