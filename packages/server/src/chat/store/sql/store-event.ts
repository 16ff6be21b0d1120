import type { Kysely } from 'kysely';
import type { AppendedEvent } from '../../../runtime/ports/event-store';
import type { ChannelHeads } from './channel-heads';
import { record } from './channel-writes';
import type { OutgoingEvent } from './rows';
import type { StoreSchema } from './schema';
import { countingDays, dayOf } from './send-days';

type Transaction = Kysely<StoreSchema>;

/** Where the event was kept that a send of this key came to first, as long as that counts. */
async function findFirst(
  transaction: Transaction,
  epoch: string,
  sendKey: string,
  now: number,
  idempotencyMs: number,
) {
  const first = await transaction
    .selectFrom('sends')
    .select('seq')
    .where('day', 'in', countingDays(now, idempotencyMs))
    .where('send_key', '=', sendKey)
    .where('epoch', '=', epoch)
    .where('stored_at', '>', now - idempotencyMs)
    .executeTakeFirst();
  return first && { epoch, seq: Number(first.seq) };
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
  const epoch = heads.epochOf(channelId);
  const first =
    sendKey === undefined ? undefined : await findFirst(transaction, epoch, sendKey, now, idempotencyMs);
  if (first) return { ...first, repeated: true };
  const position = await record(transaction, heads, channelId, 'published', body);
  if (sendKey !== undefined) {
    const place = { message_id: '', seq: position.seq, created_at: now, stored_at: now };
    await transaction
      .insertInto('sends')
      .values({ day: dayOf(now), send_key: sendKey, epoch, ...place })
      .onConflict((conflict) => conflict.columns(['day', 'send_key', 'epoch']).doUpdateSet(place))
      .execute();
  }
  return { ...position, repeated: false };
}
