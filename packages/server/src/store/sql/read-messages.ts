import { type Kysely, type Selectable, sql } from 'kysely';
import type { MessagePage, MessageQuery } from '../../ports/store';
import { countFitting } from '../page-size';
import { toMessage } from './rows';
import type { StoreSchema } from './schema';

/** Size of a row's body, which neither database has to read for it. */
const bytes = sql<number>`octet_length(body)`.as('bytes');

/** Numbers and sizes of the messages asked for and one more, in the direction of the page. */
async function readSizes(
  snapshot: Kysely<StoreSchema>,
  channelId: string,
  { limit, before, after }: MessageQuery,
) {
  let query = snapshot
    .selectFrom('messages')
    .select(['seq', bytes])
    .where('channel_id', '=', channelId)
    .orderBy('seq', after === undefined ? 'desc' : 'asc')
    .limit(Math.max(limit, 0) + 1);
  if (after !== undefined) query = query.where('seq', '>', after);
  else if (before !== undefined) query = query.where('seq', '<', before);
  return (await query.execute()).map((row) => ({ seq: Number(row.seq), bytes: Number(row.bytes) }));
}

/** Messages of a channel between two numbers, both included, in order. */
export const readMessageRows = (
  snapshot: Kysely<StoreSchema>,
  channelId: string,
  first: number,
  last: number,
): Promise<Selectable<StoreSchema['messages']>[]> =>
  snapshot
    .selectFrom('messages')
    .selectAll()
    .where('channel_id', '=', channelId)
    .where('seq', '>=', first)
    .where('seq', '<=', last)
    .orderBy('seq')
    .execute();

/** A page of a channel's messages, read in one snapshot. What does not fit on it is not loaded. */
export async function readMessages(
  snapshot: Kysely<StoreSchema>,
  channelId: string,
  query: MessageQuery,
): Promise<MessagePage> {
  const channel = await snapshot
    .selectFrom('channels')
    .select('epoch')
    .where('id', '=', channelId)
    .executeTakeFirst();
  if (!channel) return { messages: [], hasMore: false };
  const found = await readSizes(snapshot, channelId, query);
  const { limit: maxEntries, maxBytes = Number.POSITIVE_INFINITY } = query;
  const count = countFitting(
    found.map((row) => row.bytes),
    { maxEntries, maxBytes },
  );
  const hasMore = count < found.length;
  if (count === 0) return { messages: [], hasMore };
  const numbers = found.slice(0, count).map(({ seq }) => seq);
  const rows = await readMessageRows(snapshot, channelId, Math.min(...numbers), Math.max(...numbers));
  return { messages: rows.map((row) => toMessage(row, channel.epoch)), hasMore };
}
