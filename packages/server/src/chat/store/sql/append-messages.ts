import { type Kysely, type Selectable, sql } from 'kysely';
import type { Appended, Message } from '../../ports/store';
import type { ChannelHeads } from './channel-heads';
import type { OutgoingMessage } from './rows';
import type { ElementsOf, Row, StoreSchema } from './schema';

type First = Extract<Appended, { repeated: true }>['message'];

/** A message with its number, and what its row holds. */
interface Kept extends OutgoingMessage {
  readonly message: Message;
}

const firstKey = (epoch: string, sendKey: string) => `${epoch} ${sendKey}`;

/** Messages that were stored with these keys, as long as they count as first ones. */
async function readFirsts(
  transaction: Kysely<StoreSchema>,
  heads: ChannelHeads,
  messages: readonly OutgoingMessage[],
  now: number,
  { elementsOf, idempotencyMs }: AppendOptions,
): Promise<Map<string, First>> {
  const keys = messages.flatMap(({ message, sendKey }): Row[] => {
    const head = heads.get(message.channelId);
    return head === undefined || sendKey === undefined ? [] : [[sendKey, head.epoch]];
  });
  if (keys.length === 0) return new Map();
  // A cross join, as SQLite keeps its order: the few keys first, then a look at each.
  const { rows } = await sql<Selectable<StoreSchema['sends']>>`
    select sends.* from ${elementsOf(keys)} cross join sends
    where send_key = value ->> 0 and epoch = value ->> 1 and stored_at > ${now - idempotencyMs}
  `.execute(transaction);
  return new Map(
    rows.map((row) => [
      firstKey(row.epoch, row.send_key),
      { id: row.message_id, createdAt: Number(row.created_at), epoch: row.epoch, seq: Number(row.seq) },
    ]),
  );
}

/** When the last message of each of these channels was created. To be read once they are locked. */
async function readLatest(
  transaction: Kysely<StoreSchema>,
  messages: readonly OutgoingMessage[],
  elementsOf: ElementsOf,
): Promise<Map<string, number>> {
  const ids = [...new Set(messages.map(({ message }) => message.channelId))];
  const { rows } = await sql<{ readonly channel_id: string; readonly latest: number | string | null }>`
    select value ->> 0 as channel_id, (
      select created_at from messages where channel_id = value ->> 0 order by seq desc limit 1
    ) as latest from ${elementsOf(ids.map((id): Row => [id]))}
  `.execute(transaction);
  return new Map(rows.map(({ channel_id, latest }) => [channel_id, Number(latest ?? 0)]));
}

/**
 * Gives each message its number, or finds what it repeats; in the order they came. None was created before the one that it
 * follows, however long it took to get here.
 */
function numberMessages(
  messages: readonly OutgoingMessage[],
  heads: ChannelHeads,
  firsts: Map<string, First>,
  latest: Map<string, number>,
): { readonly results: (Appended | undefined)[]; readonly kept: Kept[] } {
  const kept: Kept[] = [];
  const results = messages.map(({ message: given, body, sendKey }): Appended | undefined => {
    const { channelId } = given;
    const head = heads.get(channelId);
    if (!head) return undefined;
    const key = sendKey === undefined ? undefined : firstKey(head.epoch, sendKey);
    const first = key === undefined ? undefined : firsts.get(key);
    if (first) return { repeated: true, message: first };
    const createdAt = Math.max(given.createdAt, latest.get(channelId) ?? 0);
    latest.set(channelId, createdAt);
    const message: Message = Object.assign({}, given, heads.advance(channelId), { createdAt });
    kept.push({ message, body, sendKey });
    if (key !== undefined) firsts.set(key, message);
    return { repeated: false, message };
  });
  return { results, kept };
}

async function insertMessages(
  transaction: Kysely<StoreSchema>,
  kept: readonly Kept[],
  elementsOf: ElementsOf,
): Promise<void> {
  const rows = kept.map(
    ({ message: { channelId, seq, id, createdAt }, body }): Row => [channelId, seq, id, createdAt, body],
  );
  await sql`
    insert into messages (channel_id, seq, id, created_at, body)
    select value ->> 0, cast(value ->> 1 as bigint), value ->> 2, cast(value ->> 3 as bigint), value ->> 4
    from ${elementsOf(rows)}
  `.execute(transaction);
}

async function insertSends(
  transaction: Kysely<StoreSchema>,
  kept: readonly Kept[],
  now: number,
  elementsOf: ElementsOf,
): Promise<void> {
  const rows = kept.flatMap(({ message, sendKey }): Row[] => {
    const { epoch, id, seq, createdAt } = message;
    return sendKey === undefined ? [] : [[sendKey, epoch, id, seq, createdAt]];
  });
  if (rows.length === 0) return;
  // What is there already is older than the time to repeat: it makes room for the new one.
  await sql`
    insert into sends (send_key, epoch, message_id, seq, created_at, stored_at)
    select value ->> 0, value ->> 1, value ->> 2, cast(value ->> 3 as bigint), cast(value ->> 4 as bigint),
      cast(${now} as bigint)
    from ${elementsOf(rows)} where true
    on conflict (send_key, epoch) do update set
      message_id = excluded.message_id, seq = excluded.seq,
      created_at = excluded.created_at, stored_at = excluded.stored_at
  `.execute(transaction);
}

/** How messages are appended. */
export interface AppendOptions {
  readonly elementsOf: ElementsOf;
  /** How long a repeated message is known as such, in milliseconds. */
  readonly idempotencyMs: number;
}

/** Appends messages to channels that are locked, any number of them in the same few statements. Answers in their order. */
export async function appendMessages(
  transaction: Kysely<StoreSchema>,
  heads: ChannelHeads,
  messages: readonly OutgoingMessage[],
  options: AppendOptions,
): Promise<(Appended | undefined)[]> {
  const now = Date.now();
  const firsts = await readFirsts(transaction, heads, messages, now, options);
  const latest = await readLatest(transaction, messages, options.elementsOf);
  const { results, kept } = numberMessages(messages, heads, firsts, latest);
  if (kept.length === 0) return results;
  await insertMessages(transaction, kept, options.elementsOf);
  await insertSends(transaction, kept, now, options.elementsOf);
  return results;
}
