import type { ChannelUpdates, Position } from '@wirepact/protocol';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { JournalEntry, NewStoredChannel } from '../../ports/store';
import type { ChannelHeads } from './channel-heads';
import type { ForRows } from './for-rows';
import type { Row, StoreSchema } from './schema';

type Database = Kysely<StoreSchema>;
type ChannelRow = Selectable<StoreSchema['channels']>;

/** A channel to create, with the epoch it gets where there is none of its id. */
export type ChannelToCreate = NewStoredChannel & { readonly epoch: string };

/** Creates channels where there are none of their ids. Sorted, so that two transactions never wait for each other in a circle. */
export async function insertChannels(
  transaction: Database,
  channels: readonly ChannelToCreate[],
  forRows: ForRows,
): Promise<void> {
  const rows = [...channels]
    .sort((left, right) => (left.id < right.id ? -1 : 1))
    .map(({ id, serverId, properties, agentIds, createdAt, epoch }): Row => {
      return [id, serverId, JSON.stringify(properties), JSON.stringify(agentIds), createdAt, epoch];
    });
  const insert = forRows(
    {
      id: 'text',
      server_id: 'text',
      properties: 'text',
      agent_ids: 'text',
      created_at: 'number',
      epoch: 'text',
    },
    rows,
    (given) => `
    insert into channels (id, server_id, properties, agent_ids, created_at, epoch, seq)
    select id, server_id, properties, agent_ids, created_at, epoch, 0 from ${given} where true
    on conflict (id) do nothing`,
  );
  await transaction.executeQuery(insert);
}

/** How many channels there are, counted no further than `max`. */
export async function countChannels(database: Database, max: number): Promise<number> {
  const { rows } = await sql<{ count: number | string }>`
    select count(*) as count from (select 1 from channels limit ${max}) as counted
  `.execute(database);
  return Number(rows[0]?.count ?? 0);
}

/** Rows of these channels, in any order. */
export async function readChannelRows(
  database: Database,
  channelIds: readonly string[],
  forRows: ForRows,
): Promise<ChannelRow[]> {
  const select = forRows<ChannelRow>(
    { id: 'text' },
    channelIds.map((id): Row => [id]),
    (given) => `select channels.* from ${given} cross join channels where channels.id = given.id`,
  );
  return (await database.executeQuery(select)).rows;
}

/** Reads a channel's row. */
export const readChannelRow = (database: Database, channelId: string): Promise<ChannelRow | undefined> =>
  database.selectFrom('channels').selectAll().where('id', '=', channelId).executeTakeFirst();

/** Puts what happened in a channel into its journal, as its next number. */
export async function record(
  transaction: Database,
  heads: ChannelHeads,
  channelId: string,
  event: JournalEntry['event'],
  body: string,
): Promise<Position> {
  const position = heads.advance(channelId);
  await transaction
    .insertInto('journal')
    .values({
      channel_number: heads.numberOf(channelId),
      seq: position.seq,
      created_at: Date.now(),
      event,
      body,
    })
    .execute();
  return position;
}

/** Keeps which agents take part in a channel. */
export async function storeAgents(
  transaction: Database,
  channelId: string,
  agentIds: readonly string[],
): Promise<void> {
  await transaction
    .updateTable('channels')
    .set({ agent_ids: JSON.stringify(agentIds) })
    .where('id', '=', channelId)
    .execute();
}

/** Records that properties were set, and keeps all of them. */
export async function storeProperties(
  transaction: Database,
  heads: ChannelHeads,
  channelId: string,
  updates: ChannelUpdates,
  properties: ChannelUpdates,
): Promise<Position> {
  const position = await record(transaction, heads, channelId, 'channelUpdated', JSON.stringify({ updates }));
  await transaction
    .updateTable('channels')
    .set({ properties: JSON.stringify(properties) })
    .where('id', '=', channelId)
    .execute();
  return position;
}

/** Removes a message and records that. `undefined` where the channel has no such message. */
export async function removeMessage(
  transaction: Database,
  heads: ChannelHeads,
  channelId: string,
  messageId: string,
): Promise<Position | undefined> {
  const removed = await transaction
    .deleteFrom('messages')
    .where('id', '=', messageId)
    .where('channel_number', '=', heads.numberOf(channelId))
    .returning('seq')
    .executeTakeFirst();
  return removed && record(transaction, heads, channelId, 'messageDeleted', JSON.stringify({ messageId }));
}

/** Removes all messages of a channel and records that. */
export async function removeMessages(
  transaction: Database,
  heads: ChannelHeads,
  channelId: string,
): Promise<Position> {
  await transaction.deleteFrom('messages').where('channel_number', '=', heads.numberOf(channelId)).execute();
  return record(transaction, heads, channelId, 'channelCleared', JSON.stringify({}));
}

/**
 * Removes a channel with all it has; the position is that of its end. What is remembered of its sends is of its epoch,
 * which no other channel has, and goes with its time.
 */
export async function removeChannel(
  transaction: Database,
  heads: ChannelHeads,
  channelId: string,
): Promise<Position> {
  for (const table of ['messages', 'journal'] as const) {
    await transaction.deleteFrom(table).where('channel_number', '=', heads.numberOf(channelId)).execute();
  }
  await transaction.deleteFrom('channels').where('id', '=', channelId).execute();
  return heads.end(channelId);
}
