import type { BroadcastMessage } from '@wirepact/protocol';
import { fieldsOf } from '../../runtime/dialects/fields-of';
import type { Channel } from '../ports/store';

/** A time as JSON has dates. */
const toDate = (time: number) => new Date(time).toISOString();

/** A message as the history of ElizaOS has it. */
export function toMessageRecord(message: BroadcastMessage) {
  const { id, roomId, senderId, senderName, text, createdAt, source, thought, actions, attachments } =
    message;
  const raw = { text, thought, actions, attachments };
  return {
    id,
    channelId: roomId,
    messageServerId: message.serverId,
    authorId: senderId,
    authorDisplayName: senderName,
    content: text,
    rawMessage: raw,
    inReplyToRootMessageId: message.inReplyToMessageId,
    sourceType: source,
    createdAt: toDate(createdAt),
    updatedAt: toDate(createdAt),
    created_at: createdAt,
    updated_at: createdAt,
    metadata: {
      ...message.metadata,
      thought,
      actions,
      attachments,
      user_display_name: senderName,
      agentName: source === 'agent_response' ? senderName : undefined,
      clientMessageId: message.clientMessageId,
    },
  };
}

/** Who takes part in a channel, as far as it was created with it. */
export function participantsOf({ properties }: Pick<Channel, 'properties'>): unknown[] {
  const { participantIds } = fieldsOf(properties.metadata);
  return Array.isArray(participantIds) ? participantIds : [];
}

/** A channel as ElizaOS keeps it. */
export function toChannelRecord({ id, serverId, properties, createdAt }: Channel) {
  const { name, topic, metadata } = properties;
  const { channelType, isDm } = fieldsOf(metadata);
  const type = channelType ?? (isDm === true ? 'DM' : 'GROUP');
  return {
    id,
    messageServerId: serverId,
    name: name ?? `Chat ${id.slice(0, 8)}`,
    type,
    topic,
    metadata: metadata ?? {},
    createdAt: toDate(createdAt),
    updatedAt: toDate(createdAt),
  };
}
