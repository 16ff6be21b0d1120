import type { ReplyOf } from '@wirepact/contract/runtime';
import type { Protocol } from '@wirepact/protocol';
import type { DialectEvent } from '../../runtime/dialects/define-dialect';
import { fieldsOf } from '../../runtime/dialects/fields-of';
import type { DialectClient } from '../../runtime/ports/dialect';

type Mapped = DialectEvent<Protocol> | undefined;
type Joined = ReplyOf<Protocol['clientToServer']['join_channel']>;

const ROOM_JOINING = 1;
const SEND_MESSAGE = 2;
/** What its receipts say: an agent may answer, or not. */
const RECEIVED = 'received_by_server_and_processing';

/** Deployed clients write `null` where they have nothing. */
const given = (...values: unknown[]): unknown =>
  values.find((value) => value !== null && value !== undefined);

/** The lives of channels that clients have joined. */
const joined = new WeakMap<DialectClient, Map<string, string | undefined>>();

/** Whether a client that joins was in this life of the channel before: then it has heard what was said. */
function wasIn(client: DialectClient, { channelId, epoch }: Pick<Joined, 'channelId' | 'epoch'>): boolean {
  const known = joined.get(client) ?? new Map<string, string | undefined>();
  const isKnown = epoch !== undefined && known.get(channelId) === epoch;
  joined.set(client, known.set(channelId, epoch));
  return isKnown;
}

/** Nothing else says whether a join has succeeded, so it is told once it has. */
function tellJoined(client: DialectClient, { channelId, agentId }: Joined): void {
  const message = `Socket ${client.id} successfully joined channel ${channelId}.`;
  const joined = { message, channelId, roomId: channelId, ...(agentId !== undefined && { agentId }) };
  client.tell('channel_joined', joined);
  client.tell('room_joined', joined);
}

/** Joins a channel. What comes without a payload is dropped. */
export function mapJoin(payload: unknown, client: DialectClient): Mapped {
  if (given(payload) === undefined) return undefined;
  const { channelId, roomId, agentId, entityId, messageServerId, serverId, metadata } = fieldsOf(payload);
  return {
    event: 'join_channel',
    payload: {
      channelId: given(channelId, roomId),
      agentId: given(agentId),
      entityId: given(entityId),
      serverId: given(messageServerId, serverId),
      metadata: given(metadata),
    },
    answer(ack) {
      if (!ack.ok) return;
      tellJoined(client, ack.data);
      if (wasIn(client, ack.data)) return;
      // It cannot ask for answers under way: what was said up to now comes as one chunk. Nothing tells it how that goes on with
      // what it hears of another process, so of an answer given there it has the rest.
      for (const { messageId, agentId, text, nextIndex } of ack.data.streams ?? []) {
        if (text === '' || nextIndex === 0) continue;
        const chunk = {
          messageId,
          chunk: text,
          index: nextIndex - 1,
          agentId,
          channelId: ack.data.channelId,
        };
        client.tell('messageStreamChunk', chunk);
      }
    },
  };
}

/** What it calls the kind of a file is one of three names. */
function toAttachment(attachment: unknown): unknown {
  const fields = fieldsOf(attachment);
  const type = fields.type ?? fields.contentType ?? fields.mimeType;
  return type === undefined ? attachment : { ...fields, type };
}

/** Sends a message. Its receipt is told once everybody has the message. */
export function mapSend(payload: unknown, client: DialectClient): Mapped {
  if (given(payload) === undefined) return undefined;
  const { senderId, senderName, message, messageId, ...rest } = fieldsOf(payload);
  const channelId = given(rest.channelId, rest.roomId);
  const attachments = given(rest.attachments);
  return {
    event: 'send_message',
    payload: {
      channelId,
      serverId: given(rest.messageServerId, rest.serverId),
      text: message,
      entityId: senderId,
      entityName: given(senderName) || undefined,
      messageId: given(messageId),
      attachments: Array.isArray(attachments) ? attachments.map(toAttachment) : attachments,
      metadata: given(rest.metadata),
    },
    answer(ack) {
      if (!ack.ok) return;
      client.tell('messageAck', {
        clientMessageId: given(messageId),
        messageId: ack.data.messageId,
        status: RECEIVED,
        channelId,
        roomId: channelId,
      });
    },
  };
}

/** The event `message` is an envelope: a type, which is a number, and what it carries. Other types are dropped. */
export function mapEnvelope([envelope]: readonly unknown[], client: DialectClient): Mapped {
  const { type, payload } = fieldsOf(envelope);
  if (type === ROOM_JOINING) return mapJoin(payload, client);
  return type === SEND_MESSAGE ? mapSend(payload, client) : undefined;
}
