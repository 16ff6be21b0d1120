import type { ChannelUpdates, Position } from '@wirepact/protocol';
import type { Kysely } from 'kysely';
import type { Channel, JournalEntry, NewStoredChannel, Retention } from '../../ports/store';
import { toChannel } from './rows';
import type { StoreSchema } from './schema';

type Database = Kysely<StoreSchema>;

/** Takes the channel's next number. `undefined` where there is no such channel. */
async function takeNumber(transaction: Database, channelId: string): Promise<Position | undefined> {
  const row = await transaction
    .updateTable('channels')
    .set((eb) => ({ seq: eb('seq', '+', 1) }))
    .where('id', '=', channelId)
    .returning(['epoch', 'seq'])
    .executeTakeFirst();
  return row && { epoch: row.epoch, seq: Number(row.seq) };
}

async function record(
  transaction: Database,
  channelId: string,
  event: JournalEntry['event'],
  body: Record<string, unknown>,
): Promise<Position | undefined> {
  const position = await takeNumber(transaction, channelId);
  if (!position) return undefined;
  const { seq } = position;
  await transaction
    .insertInto('journal')
    .values({ channel_id: channelId, seq, created_at: Date.now(), event, body: JSON.stringify(body) })
    .execute();
  return position;
}

/** Reads a channel's row; inside a write nobody changes it meanwhile. */
export async function findChannel(database: Database, channelId: string): Promise<Channel | undefined> {
  const row = await database
    .selectFrom('channels')
    .selectAll()
    .where('id', '=', channelId)
    .executeTakeFirst();
  return row && toChannel(row);
}

export async function insertChannel(
  transaction: Database,
  channel: NewStoredChannel,
  epoch: string,
): Promise<void> {
  await transaction
    .insertInto('channels')
    .values({
      id: channel.id,
      server_id: channel.serverId,
      properties: JSON.stringify(channel.properties),
      agent_ids: JSON.stringify(channel.agentIds),
      created_at: channel.createdAt,
      epoch,
      seq: 0,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

export async function insertAgent(
  transaction: Database,
  channelId: string,
  agentId: string,
): Promise<boolean | undefined> {
  const channel = await findChannel(transaction, channelId);
  if (!channel) return undefined;
  if (channel.agentIds.includes(agentId)) return true;
  const agentIds = JSON.stringify([...channel.agentIds, agentId]);
  await transaction
    .updateTable('channels')
    .set({ agent_ids: agentIds })
    .where('id', '=', channelId)
    .execute();
  return true;
}

export async function changeProperties(
  transaction: Database,
  channelId: string,
  updates: ChannelUpdates,
): Promise<Channel | undefined> {
  // The number first: it locks the row, so that two processes do not merge into the same old properties.
  const position = await record(transaction, channelId, 'channelUpdated', { updates });
  const channel = position && (await findChannel(transaction, channelId));
  if (!channel) return undefined;
  const properties = { ...channel.properties, ...updates };
  await transaction
    .updateTable('channels')
    .set({ properties: JSON.stringify(properties) })
    .where('id', '=', channelId)
    .execute();
  return { ...channel, properties };
}

export async function removeMessage(transaction: Database, channelId: string, messageId: string) {
  // Whoever changes a channel holds its row first, so that two processes never wait for each other.
  await transaction
    .updateTable('channels')
    .set((eb) => ({ seq: eb.ref('seq') }))
    .where('id', '=', channelId)
    .execute();
  const removed = await transaction
    .deleteFrom('messages')
    .where('id', '=', messageId)
    .where('channel_id', '=', channelId)
    .returning('seq')
    .executeTakeFirst();
  return removed && record(transaction, channelId, 'messageDeleted', { messageId });
}

export async function removeMessages(
  transaction: Database,
  channelId: string,
): Promise<Position | undefined> {
  const position = await record(transaction, channelId, 'channelCleared', {});
  if (position) await transaction.deleteFrom('messages').where('channel_id', '=', channelId).execute();
  return position;
}

export async function removeChannel(transaction: Database, channelId: string): Promise<Position | undefined> {
  const position = await takeNumber(transaction, channelId);
  if (!position) return undefined;
  for (const table of ['messages', 'journal', 'sends'] as const) {
    await transaction.deleteFrom(table).where('channel_id', '=', channelId).execute();
  }
  await transaction.deleteFrom('channels').where('id', '=', channelId).execute();
  return position;
}

/** The first number of a channel in `table` that is not older than `since`. */
async function firstSince(
  transaction: Database,
  table: 'messages' | 'journal',
  channelId: string,
  since: number,
) {
  // From the front: it reads no further than what is to be forgotten.
  const row = await transaction
    .selectFrom(table)
    .select('seq')
    .where('channel_id', '=', channelId)
    .where('created_at', '>=', since)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  return row ? Number(row.seq) : Number.POSITIVE_INFINITY;
}

/** Forgets what a channel keeps longer than it may; resuming from before that is then refused. */
export async function pruneChannel(
  transaction: Database,
  channelId: string,
  retention: Retention,
): Promise<void> {
  const { maxAgeMs, maxCount = Number.POSITIVE_INFINITY } = retention;
  const channel = await findChannel(transaction, channelId);
  if (!channel) return;
  let horizon = channel.seq - maxCount;
  if (maxAgeMs !== undefined) {
    const since = Date.now() - maxAgeMs;
    const kept = Math.min(
      await firstSince(transaction, 'messages', channelId, since),
      await firstSince(transaction, 'journal', channelId, since),
    );
    horizon = Math.max(horizon, Math.min(kept - 1, channel.seq));
  }
  if (horizon <= 0) return;
  for (const table of ['messages', 'journal'] as const) {
    await transaction
      .deleteFrom(table)
      .where('channel_id', '=', channelId)
      .where('seq', '<=', horizon)
      .execute();
  }
  await transaction
    .updateTable('channels')
    .set({ horizon })
    .where('id', '=', channelId)
    .where('horizon', '<', horizon)
    .execute();
}
