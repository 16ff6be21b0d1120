import type { Kysely } from 'kysely';
import type { AppendedEvent } from '../../../runtime/ports/event-store';
import type { ChannelHeads } from './channel-heads';
import { record } from './channel-writes';
import type { OutgoingEvent } from './rows';
import type { StoreSchema } from './schema';

type Transaction = Kysely<StoreSchema>;

/** Where the event was kept that a send of this key came to first, as long as that counts. */
async function findFirst(transaction: Transaction, channelId: string, sendKey: string, after: number) {
  const first = await transaction
    .selectFrom('sends')
    .select(['epoch', 'seq'])
    .where('channel_id', '=', channelId)
    .where('send_key', '=', sendKey)
    .where('stored_at', '>', after)
    .executeTakeFirst();
  return first && { epoch: first.epoch, seq: Number(first.seq) };
}

/** Keeps an event of a contract in a channel that is locked, or finds what it repeats. */
export async function storeEvent(
  transaction: Transaction,
  heads: ChannelHeads,
  channelId: string,
  { body, sendKey }: OutgoingEvent,
  idempotencyMs: number,
): Promise<AppendedEvent> {
  const now = Date.now();
  const first =
    sendKey === undefined ? undefined : await findFirst(transaction, channelId, sendKey, now - idempotencyMs);
  if (first) return { ...first, repeated: true };
  const position = await record(transaction, heads, channelId, 'published', body);
  if (sendKey !== undefined) {
    const place = { message_id: '', ...position, created_at: now, stored_at: now };
    await transaction
      .insertInto('sends')
      .values({ channel_id: channelId, send_key: sendKey, ...place })
      .onConflict((conflict) => conflict.columns(['channel_id', 'send_key']).doUpdateSet(place))
      .execute();
  }
  return { ...position, repeated: false };
}
