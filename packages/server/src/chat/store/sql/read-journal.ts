import type { Position } from '@wirepact/protocol';
import { type Kysely, sql } from 'kysely';
import type { StoredBounds } from '../../../runtime/ports/event-store';
import type { JournalEntry, JournalPage } from '../../ports/store';
import { countFitting } from '../count-fitting';
import { type ChannelNumber, readMessageRows } from './read-messages';
import type { ChannelOfRows, RowReader } from './rows';
import type { StoreSchema } from './schema';

/** Numbers and sizes of the entries behind `seq`, in order, and one more than fit on a page. */
async function readSizes(
  snapshot: Kysely<StoreSchema>,
  channelNumber: ChannelNumber,
  seq: number,
  { maxEntries }: StoredBounds,
) {
  const limit = maxEntries + 1;
  const { rows } = await sql<{ seq: number | string; bytes: number }>`
    select * from (
      select seq, octet_length(body) as bytes from messages
      where channel_number = ${channelNumber} and seq > ${seq} order by seq limit ${limit}
    ) as sent
    union all select * from (
      select seq, octet_length(body) as bytes from journal
      where channel_number = ${channelNumber} and seq > ${seq} order by seq limit ${limit}
    ) as others
    order by seq limit ${limit}
  `.execute(snapshot);
  return rows.map((row) => ({ seq: Number(row.seq), bytes: Number(row.bytes) }));
}

/** Everything in the journal between two numbers, both included, in order. */
async function readEntries(
  snapshot: Kysely<StoreSchema>,
  channel: ChannelOfRows & { readonly number: ChannelNumber },
  first: number,
  last: number,
  reader: RowReader,
): Promise<JournalEntry[]> {
  const sent = await readMessageRows(snapshot, channel.number, first, last);
  const others = await snapshot
    .selectFrom('journal')
    .selectAll()
    .where('channel_number', '=', channel.number)
    .where('seq', '>=', first)
    .where('seq', '<=', last)
    .execute();
  const messages = sent.flatMap((row) => {
    const message = reader.message(row, channel);
    return message ? [{ event: 'messageBroadcast' as const, seq: message.seq, message }] : [];
  });
  const entries = [...messages, ...others.flatMap((row) => reader.entry(row, channel.id) ?? [])];
  return entries.sort((left, right) => left.seq - right.seq);
}

/**
 * A page of a channel's journal, read in one snapshot. What does not fit on it is not loaded; what cannot be read is left
 * out. `undefined` where it cannot be told whole.
 */
export async function readJournal(
  snapshot: Kysely<StoreSchema>,
  channelId: string,
  after: Position,
  bounds: StoredBounds,
  reader: RowReader,
): Promise<JournalPage | undefined> {
  const channel = await snapshot
    .selectFrom('channels')
    .select(['number', 'id', 'epoch', 'seq', 'horizon'])
    .where('id', '=', channelId)
    .executeTakeFirst();
  if (!channel || channel.epoch !== after.epoch) return undefined;
  const head = Number(channel.seq);
  if (after.seq < Number(channel.horizon) || after.seq > head) return undefined;
  if (after.seq === head) return { entries: [], hasMore: false, seq: head };

  const found = await readSizes(snapshot, channel.number, after.seq, bounds);
  const count = countFitting(
    found.map(({ bytes }) => bytes),
    bounds,
  );
  const hasMore = count < found.length;
  const last = found[count - 1]?.seq;
  if (last === undefined) return { entries: [], hasMore, seq: hasMore ? after.seq : head };
  const entries = await readEntries(snapshot, channel, after.seq + 1, last, reader);
  return { entries, hasMore, seq: hasMore ? last : head };
}
