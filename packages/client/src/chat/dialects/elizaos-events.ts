import { ZERO_UUID } from '@wirepact/protocol';
import { isRecord } from '../../runtime/base/is-record';
import type { Fields } from './pending-requests';

/** What deployed ElizaOS servers send, in the words of the protocol. What cannot be read is left for the contract to refuse. */

/** Text, where the server let anything pass for it. */
const toText = (value: unknown, fallback: string): string =>
  value === undefined || value === '' || typeof value === 'object' ? fallback : String(value);

/** Unix time in milliseconds, of a time in whichever form. */
const toTime = (value: unknown): number => {
  const time = typeof value === 'number' ? value : Date.parse(String(value));
  return Number.isFinite(time) && time >= 0 ? Math.trunc(time) : Date.now();
};

/** A message as it is broadcast: agents' have no `channelId`, and name their server as older ones did. */
export function toMessage(payload: Fields) {
  const { id, senderId, channelId, roomId, messageServerId, serverId } = payload;
  const { clientMessageId, thought, actions, attachments } = payload;
  return {
    id,
    senderId,
    senderName: toText(payload.senderName, 'User'),
    text: toText(payload.text, ''),
    roomId: channelId ?? roomId,
    serverId: messageServerId ?? serverId ?? ZERO_UUID,
    createdAt: toTime(payload.createdAt),
    source: toText(payload.source, 'unknown'),
    ...(typeof clientMessageId === 'string' && /^.{1,256}$/s.test(clientMessageId) && { clientMessageId }),
    ...(typeof thought === 'string' && { thought }),
    ...(Array.isArray(actions) && { actions }),
    ...(Array.isArray(attachments) && { attachments }),
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether the REST side gave a message: what is none is left out of a page, instead of taking the others with it. */
export const isStoredMessage = ({ id, authorId }: Fields): boolean =>
  UUID.test(String(id)) && typeof authorId === 'string' && authorId !== '' && authorId.length <= 256;

/** A message as the REST side gives it; `reader` gets its own ids back. */
export function toStoredMessage(row: Fields, channelId: string, reader: string) {
  const metadata = isRecord(row.metadata) ? row.metadata : {};
  const isAgent = row.sourceType === 'agent_response';
  return toMessage({
    ...metadata,
    id: row.id,
    senderId: row.authorId,
    senderName: toText(metadata.user_display_name ?? metadata.agentName, isAgent ? 'Agent' : 'User'),
    text: row.content,
    channelId,
    messageServerId: UUID.test(String(metadata.messageServerId)) ? metadata.messageServerId : ZERO_UUID,
    createdAt: row.created_at ?? row.createdAt,
    source: row.sourceType,
    clientMessageId: row.authorId === reader && row.sourceId,
  });
}

/** What a channel is called and is about; the server sends its whole record. */
export function toChannelUpdated({ channelId, updates }: Fields) {
  const { name, topic, metadata } = isRecord(updates) ? updates : {};
  const properties = {
    ...(typeof name === 'string' && { name }),
    ...(typeof topic === 'string' && { topic }),
    ...(isRecord(metadata) && { metadata }),
  };
  return { channelId, updates: properties };
}

/** A part of an answer that begins at `offset`. The server does not say what is answered. */
export const toChunk = ({ messageId, channelId, agentId, index, chunk }: Fields, offset: number) => ({
  messageId,
  channelId,
  agentId,
  senderName: 'Agent',
  inReplyToMessageId: ZERO_UUID,
  index,
  offset,
  chunk,
});

/** An answer that broke off. */
export const toStreamError = ({ messageId, channelId, agentId, error, partialText }: Fields) => ({
  messageId,
  channelId,
  agentId,
  inReplyToMessageId: ZERO_UUID,
  code: 'AGENT_FAILED',
  error: toText(error, 'The agent could not answer.').slice(0, 1024),
  ...(typeof partialText === 'string' && { partialText }),
});

/** From which number on a line of the log has each of the levels there are. */
const LEVELS = [
  [50, 'error'],
  [40, 'warn'],
  [27, 'info'],
  [10, 'debug'],
] as const;

/**
 * A line of the log; `undefined` for what is no line, and for the second of each, which has the printer's level instead of
 * its own.
 */
export function toLogEntry({ type, payload }: Fields, id: string) {
  if (type !== 'log_entry' || !isRecord(payload)) return undefined;
  const found = LEVELS.find(([from]) => Number(payload.level) >= from);
  if (!found) return undefined;
  const timestamp = new Date(toTime(payload.time)).toISOString();
  return { id, timestamp, level: found[1], category: 'elizaos', message: toText(payload.msg, '') };
}
