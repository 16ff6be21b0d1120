import type { Position } from '@wirepact/protocol';
import type { Kysely } from 'kysely';
import type { JournalEntry, JournalPage } from '../../ports/store';
import { toEntry, toMessage } from './rows';
import type { StoreSchema } from './schema';

/** A page of a channel's journal, read in one snapshot. `undefined` where it cannot be told whole. */
export async function readJournal(
  snapshot: Kysely<StoreSchema>,
  channelId: string,
  after: Position,
  limit: number,
): Promise<JournalPage | undefined> {
  const channel = await snapshot
    .selectFrom('channels')
    .select(['epoch', 'seq', 'horizon'])
    .where('id', '=', channelId)
    .executeTakeFirst();
  if (!channel || channel.epoch !== after.epoch) return undefined;
  const head = Number(channel.seq);
  if (after.seq < Number(channel.horizon) || after.seq > head) return undefined;

  const messages = await snapshot
    .selectFrom('messages')
    .selectAll()
    .where('channel_id', '=', channelId)
    .where('seq', '>', after.seq)
    .orderBy('seq')
    .limit(limit + 1)
    .execute();
  const others = await snapshot
    .selectFrom('journal')
    .select(['seq', 'event', 'body'])
    .where('channel_id', '=', channelId)
    .where('seq', '>', after.seq)
    .orderBy('seq')
    .limit(limit + 1)
    .execute();
  const merged: JournalEntry[] = [
    ...messages.map((row) => ({
      event: 'messageBroadcast' as const,
      seq: Number(row.seq),
      message: toMessage(row, after.epoch),
    })),
    ...others.map(toEntry),
  ].sort((left, right) => left.seq - right.seq);
  const entries = merged.slice(0, limit);
  const hasMore = merged.length > limit;
  return { entries, hasMore, seq: hasMore ? (entries.at(-1)?.seq ?? after.seq) : head };
}
