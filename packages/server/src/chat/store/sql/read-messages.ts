import { type Kysely, type Selectable, sql } from 'kysely';
import type { MessagePage, MessageQuery } from '../../ports/store';
import { countFitting } from '../count-fitting';
import type { RowReader } from './rows';
import type { StoreSchema } from './schema';

type MessageRow = Selectable<StoreSchema['messages']>;
/** What names a channel in the rows of what happened in it. */
export type ChannelNumber = MessageRow['channel_number'];

/** Size of a row's body, which neither database has to read for it. */
const bytes = sql<number>`octet_length(body)`.as('bytes');

/** Numbers and sizes of the messages asked for and one more, in the direction of the page. */
async function readSizes(
  snapshot: Kysely<StoreSchema>,
  channelNumber: ChannelNumber,
  { limit, before, after }: MessageQuery,
) {
  let query = snapshot
    .selectFrom('messages')
    .select(['seq', bytes])
    .where('channel_number', '=', channelNumber)
    .orderBy('seq', after === undefined ? 'desc' : 'asc')
    .limit(Math.max(limit, 0) + 1);
  if (after !== undefined) query = query.where('seq', '>', after);
  else if (before !== undefined) query = query.where('seq', '<', before);
  return (await query.execute()).map((row) => ({ seq: Number(row.seq), bytes: Number(row.bytes) }));
}

/** Messages of a channel between two numbers, both included, in order. */
export const readMessageRows = (
  snapshot: Kysely<StoreSchema>,
  channelNumber: ChannelNumber,
  first: number,
  last: number,
): Promise<MessageRow[]> =>
  snapshot
    .selectFrom('messages')
    .selectAll()
    .where('channel_number', '=', channelNumber)
    .where('seq', '>=', first)
    .where('seq', '<=', last)
    .orderBy('seq')
    .execute();

/** A page of messages as they are stored, and the numbers it has. */
async function readPage(
  snapshot: Kysely<StoreSchema>,
  channelNumber: ChannelNumber,
  query: MessageQuery,
): Promise<{ readonly rows: MessageRow[]; readonly numbers: readonly number[]; readonly hasMore: boolean }> {
  const found = await readSizes(snapshot, channelNumber, query);
  const sizes = found.map((row) => row.bytes);
  const { limit: maxEntries, maxBytes = Number.POSITIVE_INFINITY } = query;
  const numbers = found.slice(0, countFitting(sizes, { maxEntries, maxBytes })).map(({ seq }) => seq);
  const hasMore = numbers.length < found.length;
  if (numbers.length === 0) return { rows: [], numbers, hasMore };
  const rows = await readMessageRows(snapshot, channelNumber, Math.min(...numbers), Math.max(...numbers));
  return { rows, numbers, hasMore };
}

/** What follows a page in its direction. */
const behind = (query: MessageQuery, numbers: readonly number[]): MessageQuery =>
  query.after === undefined
    ? { ...query, before: Math.min(...numbers) }
    : { ...query, after: Math.max(...numbers) };

/**
 * A page of a channel's messages, read in one snapshot. What does not fit on it is not loaded; what cannot be read is left
 * out, and a page of nothing else is passed over, so that whoever turns the pages comes to the end.
 */
export async function readMessages(
  snapshot: Kysely<StoreSchema>,
  channelId: string,
  query: MessageQuery,
  reader: RowReader,
): Promise<MessagePage> {
  const channel = await snapshot
    .selectFrom('channels')
    .select(['number', 'id', 'epoch'])
    .where('id', '=', channelId)
    .executeTakeFirst();
  if (!channel) return { messages: [], hasMore: false };
  for (let asked = query; ; ) {
    const { rows, numbers, hasMore } = await readPage(snapshot, channel.number, asked);
    const messages = rows.flatMap((row) => reader.message(row, channel) ?? []);
    if (messages.length > 0 || numbers.length === 0 || !hasMore) return { messages, hasMore };
    asked = behind(asked, numbers);
  }
}
