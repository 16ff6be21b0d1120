import type { CompiledQuery, Kysely, Selectable } from 'kysely';
import type { Appended, Message } from '../../ports/store';
import type { ChannelHeads } from './channel-heads';
import type { ForRows } from './for-rows';
import type { OutgoingMessage } from './rows';
import type { Row, StoreSchema } from './schema';
import { countingDays, dayOf } from './send-days';
import type { Ask, SqlDialect } from './sql-database';

type First = Extract<Appended, { repeated: true }>['message'];

/** A message with its number, and what its row holds. */
interface Kept extends OutgoingMessage {
  readonly message: Message;
}

const firstKey = (epoch: string, sendKey: string) => `${epoch} ${sendKey}`;

type FirstRow = Omit<Selectable<StoreSchema['sends']>, 'day'>;

/** How {@link readFirsts} looks. */
export interface ReadFirstsOptions {
  readonly dialect: Pick<SqlDialect, 'forRows' | 'lookUp'>;
  /** How long a repeated message is known as such, in milliseconds. */
  readonly idempotencyMs: number;
  /** Unix time in milliseconds. */
  readonly now: number;
}

/** What messages with these keys were stored as, as long as they count as first ones. */
export type Firsts = Map<string, First>;

/** What was stored with the keys of these messages, in the lives that their channels have. */
export async function readFirsts(
  transaction: Kysely<StoreSchema>,
  messages: readonly OutgoingMessage[],
  { dialect: { forRows, lookUp }, idempotencyMs, now }: ReadFirstsOptions,
): Promise<Firsts> {
  const keys = messages.flatMap(({ message, sendKey }): Row[] =>
    sendKey === undefined ? [] : [[sendKey, message.channelId]],
  );
  if (keys.length === 0) return new Map();
  const days = countingDays(now, idempotencyMs).join();
  const channel = lookUp('channels', 'channels.id = given.channel_id');
  const send = lookUp(
    'sends',
    `sends.day in (${days}) and sends.send_key = given.send_key and sends.epoch = channels.epoch`,
  );
  const select = forRows<FirstRow>(
    { send_key: 'text', channel_id: 'text' },
    keys,
    (given) => `
    select sends.send_key, sends.epoch, sends.message_id, sends.seq, sends.created_at, sends.stored_at
    from ${given} ${channel} ${send}`,
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
  firsts: Firsts,
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

const toMessagesInsert = (heads: ChannelHeads, kept: readonly Kept[], forRows: ForRows): CompiledQuery =>
  forRows(
    { channel_number: 'number', seq: 'number', id: 'text', created_at: 'number', body: 'text' },
    kept.map(({ message, body }): Row => {
      const { channelId, seq, id, createdAt } = message;
      return [heads.numberOf(channelId), seq, id, createdAt, body];
    }),
    (given) => `
    insert into messages (channel_number, seq, id, created_at, body)
    select channel_number, seq, id, created_at, body from ${given}`,
  );

function toSendsInsert(kept: readonly Kept[], now: number, forRows: ForRows): CompiledQuery | undefined {
  const rows = kept.flatMap(({ message, sendKey }): Row[] => {
    const { epoch, id, seq, createdAt } = message;
    return sendKey === undefined ? [] : [[sendKey, epoch, id, seq, createdAt, now]];
  });
  if (rows.length === 0) return undefined;
  return forRows(
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
}

/** How messages are appended. */
export interface AppendOptions {
  readonly forRows: ForRows;
  readonly firsts: Firsts;
  /** Unix time in milliseconds. */
  readonly now: number;
  readonly ask: Ask;
}

/** Appends messages to channels that are locked, any number of them in the same few statements. Answers in their order. */
export async function appendMessages(
  heads: ChannelHeads,
  messages: readonly OutgoingMessage[],
  { forRows, firsts, now, ask }: AppendOptions,
): Promise<(Appended | undefined)[]> {
  const { results, kept } = numberMessages(messages, heads, firsts);
  if (kept.length === 0) return results;
  await ask(toMessagesInsert(heads, kept, forRows));
  const sends = toSendsInsert(kept, now, forRows);
  if (sends) await ask(sends);
  return results;
}
