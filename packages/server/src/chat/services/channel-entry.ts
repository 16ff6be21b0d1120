import type { Contract } from '@wirepact/contract/runtime';
import type { BroadcastMessage } from '@wirepact/protocol';
import { toEventEntry } from '../../runtime/channels/event-entry';
import type { JournalEntry } from '../../runtime/ports/journal';
import type { Message, JournalEntry as StoredEntry } from '../ports/store';

/** A message as everybody in its channel sees it. */
export function toBroadcast(message: Message): BroadcastMessage {
  const { id, senderId, senderName, text, channelId, serverId, createdAt, source, seq, epoch } = message;
  const { thought, actions, attachments, inReplyToMessageId, metadata, incomplete } = message;
  const broadcast: BroadcastMessage = {
    id,
    senderId,
    senderName,
    text,
    roomId: channelId,
    serverId,
    createdAt,
    source,
    seq,
    epoch,
  };
  // Most messages have none of these, and there are many messages: nothing is copied for them.
  if (thought !== undefined) broadcast.thought = thought;
  if (actions) broadcast.actions = [...actions];
  if (attachments) broadcast.attachments = [...attachments];
  if (inReplyToMessageId !== undefined) broadcast.inReplyToMessageId = inReplyToMessageId;
  if (incomplete) broadcast.incomplete = incomplete;
  if (metadata) broadcast.metadata = metadata;
  return broadcast;
}

/** A message as somebody sees it: its sender with its own id for it; nobody is known by `undefined`. */
export function toBroadcastFor(reader: string | undefined, message: Message) {
  const { clientMessageId, senderId } = message;
  const isOwn = clientMessageId !== undefined && senderId === reader;
  return isOwn ? { ...toBroadcast(message), clientMessageId } : toBroadcast(message);
}

/** Names a message among all that are sent to its channel; the length tells where the sender ends. */
export const toSendKey = (senderId: string, clientMessageId: string): string =>
  `${senderId.length} ${senderId}${clientMessageId}`;

/** A message as an event of its channel. */
export function toMessageEntry(message: Message): JournalEntry {
  const { seq, senderId: actor, clientMessageId } = message;
  const payload = toBroadcast(message);
  if (clientMessageId === undefined) return { seq, event: 'messageBroadcast', payload };
  const own = { actor, key: toSendKey(actor, clientMessageId), fields: { clientMessageId } };
  return { seq, event: 'messageBroadcast', payload, own };
}

/** What happened in a channel, as the event that tells of it. */
export function toEntry(
  contract: Pick<Contract, 'serverToClient'>,
  channelId: string,
  epoch: string,
  stored: StoredEntry,
): JournalEntry {
  const { event, seq } = stored;
  const place = { seq, epoch };
  switch (event) {
    case 'messageBroadcast':
      return toMessageEntry(stored.message);
    case 'messageDeleted':
      return { seq, event, payload: { messageId: stored.messageId, channelId, ...place } };
    case 'channelCleared':
      return { seq, event, payload: { channelId, ...place } };
    case 'published':
      return toEventEntry(contract, place, stored);
    case 'channelUpdated':
      return { seq, event, payload: { channelId, updates: stored.updates, ...place } };
  }
}
