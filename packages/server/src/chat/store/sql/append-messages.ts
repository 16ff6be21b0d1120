import type { Kysely, Selectable } from 'kysely';
import type { Appended, Message } from '../../ports/store';
import type { ChannelHeads } from './channel-heads';
import type { ForRows } from './for-rows';
import type { OutgoingMessage } from './rows';
import type { Row, StoreSchema } from './schema';
import { countingDays, dayOf } from './send-days';

type First = Extract<Appended, { repeated: true }>['message'];

/** A message with its number, and what its row holds. */
interface Kept extends OutgoingMessage {
  readonly message: Message;
}

const firstKey = (epoch: string, sendKey: string) => `${epoch} ${sendKey}`;

type FirstRow = Omit<Selectable<StoreSchema['sends']>, 'day'>;

/** Messages that were stored with these keys, as long as they count as first ones. */
async function readFirsts(
  transaction: Kysely<StoreSchema>,
  heads: ChannelHeads,
  messages: readonly OutgoingMessage[],
  now: number,
  { forRows, idempotencyMs }: AppendOptions,
): Promise<Map<string, First>> {
  const days = countingDays(now, idempotencyMs);
  const keys = messages.flatMap(({ message, sendKey }): Row[] => {
    const head = heads.get(message.channelId);
    return head === undefined || sendKey === undefined ? [] : days.map((day) => [day, sendKey, head.epoch]);
  });
  if (keys.length === 0) return new Map();
  // A cross join, as SQLite keeps its order: what is given first, then a look at each. With the days in the statement itself
  // PostgreSQL may read all that they have.
  const select = forRows<FirstRow>(
    { day: 'number', send_key: 'text', epoch: 'text' },
    keys,
    (given) => `
    select sends.send_key, sends.epoch, message_id, seq, created_at, stored_at from ${given} cross join sends
    where sends.day = given.day and sends.send_key = given.send_key and sends.epoch = given.epoch`,
  );
  const { rows } = await transaction.executeQuery(select);
  const counting = rows.filter(({ stored_at }) => Number(stored_at) > now - idempotencyMs);
  return new Map(
    counting.map((row) => [
      firstKey(row.epoch, row.send_key),
      { id: row.message_id, createdAt: Number(row.created_at), epoch: row.epoch, seq: Number(row.seq) },
    ]),
  );
}

/**
 * Gives each message its number, or finds what it repeats; in the order they came. None was created before the one that it
 * follows, however long it took to get here.
 */
function numberMessages(
  messages: readonly OutgoingMessage[],
  heads: ChannelHeads,
  firsts: Map<string, First>,
): { readonly results: (Appended | undefined)[]; readonly kept: Kept[] } {
  const kept: Kept[] = [];
  const results = messages.map((outgoing): Appended | undefined => {
    const { message: given, sendKey, epoch } = outgoing;
    const { channelId } = given;
    const head = heads.get(channelId);
    if (!head || (epoch !== undefined && epoch !== head.epoch)) return undefined;
    const key = sendKey === undefined ? undefined : firstKey(head.epoch, sendKey);
    const first = key === undefined ? undefined : firsts.get(key);
    if (first) return { repeated: true, message: first };
    const createdAt = heads.follow(channelId, given.createdAt);
    const message: Message = Object.assign({}, given, heads.advance(channelId), { createdAt });
    kept.push({ ...outgoing, message });
    if (key !== undefined) firsts.set(key, message);
    return { repeated: false, message };
  });
  return { results, kept };
}

async function insertMessages(
  transaction: Kysely<StoreSchema>,
  heads: ChannelHeads,
  kept: readonly Kept[],
  forRows: ForRows,
): Promise<void> {
  const rows = kept.map(({ message, body }): Row => {
    const { channelId, seq, id, createdAt } = message;
    return [heads.numberOf(channelId), seq, id, createdAt, body];
  });
  const insert = forRows(
    { channel_number: 'number', seq: 'number', id: 'text', created_at: 'number', body: 'text' },
    rows,
    (given) => `
    insert into messages (channel_number, seq, id, created_at, body)
    select channel_number, seq, id, created_at, body from ${given}`,
  );
  await transaction.executeQuery(insert);
}

async function insertSends(
  transaction: Kysely<StoreSchema>,
  kept: readonly Kept[],
  now: number,
  forRows: ForRows,
): Promise<void> {
  const rows = kept.flatMap(({ message, sendKey }): Row[] => {
    const { epoch, id, seq, createdAt } = message;
    return sendKey === undefined ? [] : [[sendKey, epoch, id, seq, createdAt, now]];
  });
  if (rows.length === 0) return;
  const insert = forRows(
    {
      send_key: 'text',
      epoch: 'text',
      message_id: 'text',
      seq: 'number',
      created_at: 'number',
      stored_at: 'number',
    },
    rows,
    // What is there already is older than the time to repeat: it makes room for the new one.
    (given) => `
    insert into sends (day, send_key, epoch, message_id, seq, created_at, stored_at)
    select ${dayOf(now)}, send_key, epoch, message_id, seq, created_at, stored_at from ${given} where true
    on conflict (day, send_key, epoch) do update set
      message_id = excluded.message_id, seq = excluded.seq,
      created_at = excluded.created_at, stored_at = excluded.stored_at`,
  );
  await transaction.executeQuery(insert);
}

/** How messages are appended. */
export interface AppendOptions {
  readonly forRows: ForRows;
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
  const { results, kept } = numberMessages(messages, heads, firsts);
  if (kept.length === 0) return results;
  await insertMessages(transaction, heads, kept, options.forRows);
  await insertSends(transaction, kept, now, options.forRows);
  return results;
}
