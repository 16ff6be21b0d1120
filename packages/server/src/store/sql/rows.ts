import type { Selectable } from 'kysely';
import type { Channel, JournalEntry, Message, NewStoredMessage } from '../../ports/store';
import type { StoreSchema } from './schema';

/** The key that tells whether a message repeats another; `undefined` where it cannot. */
export const sendKeyOf = ({ senderId, clientMessageId }: NewStoredMessage): string | undefined =>
  clientMessageId === undefined ? undefined : JSON.stringify([senderId, clientMessageId]);

/** A message as its row. */
export function toMessageRow(message: Message) {
  const { channelId, seq, id, createdAt, epoch: _epoch, ...body } = message;
  return { channel_id: channelId, seq, id, created_at: createdAt, body: JSON.stringify(body) };
}

/** A row as its message, in a channel of this epoch. */
export function toMessage(row: Selectable<StoreSchema['messages']>, epoch: string): Message {
  const { channel_id: channelId, id } = row;
  return {
    ...JSON.parse(row.body),
    channelId,
    id,
    epoch,
    seq: Number(row.seq),
    createdAt: Number(row.created_at),
  };
}

/** A row as its channel. */
export const toChannel = (row: Selectable<StoreSchema['channels']>): Channel => ({
  id: row.id,
  serverId: row.server_id,
  properties: JSON.parse(row.properties),
  agentIds: JSON.parse(row.agent_ids),
  createdAt: Number(row.created_at),
  epoch: row.epoch,
  seq: Number(row.seq),
});

/** A journal row as its entry. Its body holds what the event has besides its name and number. */
export const toEntry = (
  row: Pick<Selectable<StoreSchema['journal']>, 'seq' | 'event' | 'body'>,
): JournalEntry => ({
  ...JSON.parse(row.body),
  event: row.event,
  seq: Number(row.seq),
});
