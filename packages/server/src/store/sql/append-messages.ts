import { type Kysely, type Selectable, sql } from 'kysely';
import type { Appended, Message, NewStoredMessage } from '../../ports/store';
import { sendKeyOf, toMessageRow } from './rows';
import type { ElementsOf, StoreSchema } from './schema';

/** A message to append, and what it repeats, if it does. */
interface Head {
  readonly epoch: string;
  seq: number;
}

type First = Extract<Appended, { repeated: true }>['message'];

const unique = (values: readonly string[]) => [...new Set(values)];

/** Rows as the one parameter of a statement: its text stays the same, however many there are. */
type Row = readonly (string | number)[];

/** Where the channels stand; those that are not there are missing. */
export async function readHeads(
  database: Kysely<StoreSchema>,
  channelIds: readonly string[],
  elementsOf: ElementsOf,
  lock = sql``,
): Promise<Map<string, Head>> {
  const ids = elementsOf(channelIds.map((id): Row => [id]));
  const { rows } = await sql<Selectable<StoreSchema['channels']>>`
    select id, epoch, seq from channels where id in (select value ->> 0 from ${ids}) ${lock}
  `.execute(database);
  return new Map(rows.map(({ id, epoch, seq }) => [id, { epoch, seq: Number(seq) }]));
}

/** Keeps other processes from numbering meanwhile; in one order everywhere, so that no two wait for each other. */
const LOCK = sql`order by id for update`;

const firstKey = (channelId: string, sendKey: string) => `${channelId} ${sendKey}`;

/** Messages that were stored with these keys, as long as they count as first ones. */
async function readFirsts(
  transaction: Kysely<StoreSchema>,
  messages: readonly NewStoredMessage[],
  now: number,
  { elementsOf, idempotencyMs }: AppendOptions,
): Promise<Map<string, First>> {
  const keys = messages.flatMap((message): Row[] => {
    const sendKey = sendKeyOf(message);
    return sendKey === undefined ? [] : [[message.channelId, sendKey]];
  });
  if (keys.length === 0) return new Map();
  // A cross join, as SQLite keeps its order: the few keys first, then a look at each.
  const { rows } = await sql<Selectable<StoreSchema['sends']>>`
    select sends.* from ${elementsOf(keys)} cross join sends
    where channel_id = value ->> 0 and send_key = value ->> 1 and stored_at > ${now - idempotencyMs}
  `.execute(transaction);
  return new Map(
    rows.map((row) => [
      firstKey(row.channel_id, row.send_key),
      { id: row.message_id, createdAt: Number(row.created_at), epoch: row.epoch, seq: Number(row.seq) },
    ]),
  );
}

/** Gives each message its number, or finds what it repeats; in the order they came. */
function numberMessages(
  messages: readonly NewStoredMessage[],
  heads: ReadonlyMap<string, Head>,
  firsts: Map<string, First>,
): (Appended | undefined)[] {
  return messages.map((message) => {
    const head = heads.get(message.channelId);
    if (!head) return undefined;
    const sendKey = sendKeyOf(message);
    const key = sendKey === undefined ? undefined : firstKey(message.channelId, sendKey);
    const first = key === undefined ? undefined : firsts.get(key);
    if (first) return { repeated: true, message: first };
    head.seq += 1;
    const kept: Message = { ...message, epoch: head.epoch, seq: head.seq };
    if (key !== undefined) firsts.set(key, kept);
    return { repeated: false, message: kept };
  });
}

async function insertMessages(
  transaction: Kysely<StoreSchema>,
  kept: readonly Message[],
  elementsOf: ElementsOf,
): Promise<void> {
  const rows = kept.map((message): Row => {
    const row = toMessageRow(message);
    return [row.channel_id, row.seq, row.id, row.created_at, row.body];
  });
  await sql`
    insert into messages (channel_id, seq, id, created_at, body)
    select value ->> 0, cast(value ->> 1 as bigint), value ->> 2, cast(value ->> 3 as bigint), value ->> 4
    from ${elementsOf(rows)}
  `.execute(transaction);
}

async function insertSends(
  transaction: Kysely<StoreSchema>,
  kept: readonly Message[],
  now: number,
  elementsOf: ElementsOf,
): Promise<void> {
  const rows = kept.flatMap((message): Row[] => {
    const sendKey = sendKeyOf(message);
    const { channelId, id, seq, epoch, createdAt } = message;
    return sendKey === undefined ? [] : [[channelId, sendKey, id, seq, epoch, createdAt]];
  });
  if (rows.length === 0) return;
  // What is there already is older than the time to repeat: it makes room for the new one.
  await sql`
    insert into sends (channel_id, send_key, message_id, seq, epoch, created_at, stored_at)
    select value ->> 0, value ->> 1, value ->> 2, cast(value ->> 3 as bigint), value ->> 4,
      cast(value ->> 5 as bigint), cast(${now} as bigint)
    from ${elementsOf(rows)} where true
    on conflict (channel_id, send_key) do update set
      message_id = excluded.message_id, seq = excluded.seq, epoch = excluded.epoch,
      created_at = excluded.created_at, stored_at = excluded.stored_at
  `.execute(transaction);
}

async function advanceHeads(
  transaction: Kysely<StoreSchema>,
  channelIds: readonly string[],
  heads: ReadonlyMap<string, Head>,
  elementsOf: ElementsOf,
): Promise<void> {
  const rows = channelIds.map((id): Row => [id, heads.get(id)?.seq ?? 0]);
  await sql`
    update channels set seq = cast(value ->> 1 as bigint) from ${elementsOf(rows)} where channels.id = value ->> 0
  `.execute(transaction);
}

/** How messages are appended. */
export interface AppendOptions {
  readonly locksRows: boolean;
  readonly elementsOf: ElementsOf;
  /** How long a repeated message is known as such, in milliseconds. */
  readonly idempotencyMs: number;
}

/** Appends messages, any number of them in the same few statements. Answers in their order. */
export async function appendMessages(
  transaction: Kysely<StoreSchema>,
  messages: readonly NewStoredMessage[],
  options: AppendOptions,
): Promise<(Appended | undefined)[]> {
  const { elementsOf } = options;
  const now = Date.now();
  const channelIds = unique(messages.map(({ channelId }) => channelId));
  const heads = await readHeads(transaction, channelIds, elementsOf, options.locksRows ? LOCK : undefined);
  const firsts = await readFirsts(transaction, messages, now, options);
  const results = numberMessages(messages, heads, firsts);
  const kept = results.flatMap((result) => (result && !result.repeated ? [result.message] : []));
  if (kept.length === 0) return results;
  await insertMessages(transaction, kept, elementsOf);
  await insertSends(transaction, kept, now, elementsOf);
  await advanceHeads(transaction, unique(kept.map(({ channelId }) => channelId)), heads, elementsOf);
  return results;
}
