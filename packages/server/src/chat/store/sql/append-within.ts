import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { AppendedEvent, NewStoredEvent } from '../../../runtime/ports/event-store';
import { emptyChannel } from '../empty-channel';
import { lockHeads, toHeadsUpdate } from './channel-heads';
import { insertChannels } from './channel-writes';
import { toOutgoingEvent } from './rows';
import type { StoreSchema } from './schema';
import type { SqlDialect } from './sql-database';
import { storeEvent } from './store-event';

/** How an event is kept in somebody else's transaction. */
export interface WithinOptions {
  readonly dialect: SqlDialect;
  /** How long a repeated event is known as such, in milliseconds. */
  readonly idempotencyMs: number;
}

/** Keeps an event of a contract in a transaction that somebody else has begun and will end; creates its channel. */
export async function appendWithin(
  transaction: Kysely<StoreSchema>,
  channelId: string,
  given: NewStoredEvent,
  { dialect, idempotencyMs }: WithinOptions,
): Promise<AppendedEvent> {
  const event = toOutgoingEvent(given);
  await insertChannels(transaction, [{ ...emptyChannel(channelId), epoch: randomUUID() }], dialect.forRows);
  const heads = await lockHeads(transaction, [channelId], dialect);
  const appended = await storeEvent(transaction, heads, channelId, event, idempotencyMs);
  const update = toHeadsUpdate(heads, dialect);
  if (update) await transaction.executeQuery(update);
  return appended;
}
