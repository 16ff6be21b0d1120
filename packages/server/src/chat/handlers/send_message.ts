import { toChannelId } from '../services/channel-id';
import type { ChatContext, ChatHandler } from './chat-context';
import { createOnSend } from './create-on-send';

const DEFAULT_SENDER_NAME = 'User';

/** A message that an agent could not answer: its sender is told, the message stands. */
const reportAgentFailure = (
  { connection }: ChatContext,
  agentName: string,
  clientMessageId: string | undefined,
) =>
  connection.emit('messageError', {
    error: `${agentName} could not answer.`,
    code: 'AGENT_FAILED',
    retryable: true,
    event: 'send_message',
    ...(clientMessageId !== undefined && { clientMessageId }),
  });

/** Stores a message, broadcasts it, tells the sender, and lets the channel's agents answer. */
export const send_message: ChatHandler<'send_message'> = async (context, payload) => {
  const { connection, services } = context;
  const { channelId, serverId, entityId, entityName, messageId: clientMessageId } = payload;
  // Nothing else is awaited before this, so the store numbers messages in the order they were sent.
  const id = toChannelId(channelId);
  const lookup = services.lookups.of(connection, id) ?? createOnSend(context, id, payload);
  if (lookup) await lookup;
  const { message, repeated } = await services.postSent(
    {
      channelId,
      serverId,
      clientMessageId,
      source: 'socketio_client',
      senderId: entityId,
      senderName: connection.identity?.entityName ?? entityName ?? DEFAULT_SENDER_NAME,
      text: payload.text,
      inReplyToMessageId: payload.inReplyToMessageId,
      attachments: payload.attachments,
      metadata: payload.metadata,
    },
    connection,
  );
  const { id: messageId, createdAt, epoch, seq } = message;
  connection.emit('messageAck', { clientMessageId, messageId, status: 'success' });
  if (!repeated) {
    services.agentTurns.start(message, ({ name }) => reportAgentFailure(context, name, clientMessageId));
  }
  return { messageId, createdAt, epoch, seq };
};
