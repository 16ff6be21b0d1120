import { type Kysely, sql } from 'kysely';
import type { Retention } from '../../ports/store';
import { lockHeads } from './channel-heads';
import type { Row, StoreSchema } from './schema';
import type { SqlDatabase, SqlDialect } from './sql-database';

/** Channels looked at in one statement. */
const CHANNELS_AT_ONCE = 1_000;
/** Numbers of journals forgotten in one transaction, so that none takes long. */
const NUMBERS_AT_ONCE = 5_000;
/** Repeats forgotten in one transaction. */
const SENDS_AT_ONCE = 5_000;

/** Events of a channel that are to be forgotten: those behind `from` up to `to`. */
interface Excess {
  readonly channelId: string;
  readonly from: number;
  readonly to: number;
}

interface Found {
  readonly id: string;
  readonly seq: number | string;
  readonly horizon: number | string;
  /** First numbers that are young enough; `null` where there is none. */
  readonly first_message: number | string | null;
  readonly first_other: number | string | null;
}

/** Channels behind `afterId`, with where what is young enough begins: read from the front, no further than that. */
const findChannels = async (
  database: Kysely<StoreSchema>,
  afterId: string,
  since: number,
): Promise<Found[]> => {
  const firstIn = (table: 'messages' | 'journal') => sql`(
    select entries.seq from ${sql.table(table)} as entries
    where entries.channel_id = channels.id and entries.created_at >= ${since} order by entries.seq limit 1)`;
  const { rows } = await sql<Found>`
    select id, seq, horizon, ${firstIn('messages')} as first_message, ${firstIn('journal')} as first_other
    from channels where id > ${afterId} order by id limit ${CHANNELS_AT_ONCE}
  `.execute(database);
  return rows;
};

/** What a channel keeps longer than it may, if anything. */
function excessOf(found: Found, { maxAgeMs, maxCount = Number.POSITIVE_INFINITY }: Retention): Excess[] {
  const seq = Number(found.seq);
  const from = Number(found.horizon);
  const young = Math.min(
    ...[found.first_message, found.first_other].map((first) => Number(first ?? Number.POSITIVE_INFINITY)),
  );
  const expired = maxAgeMs === undefined ? 0 : Math.min(young - 1, seq);
  const to = Math.max(seq - maxCount, expired);
  return to > from ? [{ channelId: found.id, from, to }] : [];
}

/** Portions that one transaction forgets each, of one channel or of several. */
function* inPortions(excesses: readonly Excess[]): Generator<Excess[]> {
  let portion: Excess[] = [];
  let room = NUMBERS_AT_ONCE;
  for (const { channelId, from, to } of excesses) {
    for (let start = from; start < to; ) {
      const end = Math.min(to, start + room);
      portion.push({ channelId, from: start, to: end });
      room -= end - start;
      start = end;
      if (room > 0) continue;
      yield portion;
      portion = [];
      room = NUMBERS_AT_ONCE;
    }
  }
  if (portion.length > 0) yield portion;
}

/** Forgets one portion. Resuming from before it is refused from then on. */
async function forget(
  transaction: Kysely<StoreSchema>,
  portion: readonly Excess[],
  dialect: SqlDialect,
): Promise<void> {
  const ids = portion.map(({ channelId }) => channelId);
  await lockHeads(transaction, ids, dialect);
  const horizons = dialect.elementsOf(portion.map(({ channelId, to }): Row => [channelId, to]));
  for (const table of ['messages', 'journal'] as const) {
    await sql`
      delete from ${sql.table(table)} where (channel_id, seq) in (
        select entries.channel_id, entries.seq from ${horizons} cross join ${sql.table(table)} as entries
        where entries.channel_id = value ->> 0 and entries.seq <= cast(value ->> 1 as bigint))
    `.execute(transaction);
  }
  await sql`
    update channels set horizon = cast(value ->> 1 as bigint) from ${horizons}
    where channels.id = value ->> 0 and horizon < cast(value ->> 1 as bigint)
  `.execute(transaction);
}

/** Forgets what channels keep longer than they may. Writes nothing where there is nothing to forget. */
export async function pruneChannels(
  database: SqlDatabase,
  retention: Retention,
  dialect: SqlDialect,
): Promise<void> {
  const { maxAgeMs, maxCount } = retention;
  if (maxAgeMs === undefined && maxCount === undefined) return;
  const since = maxAgeMs === undefined ? 0 : Date.now() - maxAgeMs;
  let afterId = '';
  for (let isLast = false; !isLast; ) {
    const found = await database.query((kysely) => findChannels(kysely, afterId, since));
    for (const portion of inPortions(found.flatMap((one) => excessOf(one, retention)))) {
      await database.write((transaction) => forget(transaction, portion, dialect));
    }
    isLast = found.length < CHANNELS_AT_ONCE;
    afterId = found.at(-1)?.id ?? afterId;
  }
}

/** Forgets some of the repeats that were stored before; answers how many. Waits for nobody, so nobody waits for it in a circle. */
async function forgetSends(
  transaction: Kysely<StoreSchema>,
  storedBefore: number,
  { lockFree }: SqlDialect,
): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from sends where (channel_id, send_key) in (
      select channel_id, send_key from sends where stored_at <= ${storedBefore}
      order by stored_at limit ${SENDS_AT_ONCE} ${lockFree})
  `.execute(transaction);
  return Number(numAffectedRows ?? 0);
}

/** Forgets repeats that were stored before. Writes nothing where there are none. */
export async function pruneSends(
  database: SqlDatabase,
  storedBefore: number,
  dialect: SqlDialect,
): Promise<void> {
  const expired = await database.query((kysely) =>
    kysely.selectFrom('sends').select('seq').where('stored_at', '<=', storedBefore).limit(1).execute(),
  );
  let forgotten = expired.length === 0 ? 0 : SENDS_AT_ONCE;
  while (forgotten >= SENDS_AT_ONCE) {
    forgotten = await database.write((transaction) => forgetSends(transaction, storedBefore, dialect));
  }
}
