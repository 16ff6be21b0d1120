import { type Kysely, sql } from 'kysely';
import type { Retention } from '../../../runtime/ports/event-store';
import { giveWay } from '../give-way';
import { type Excess, forgetUnlocked } from './forget';
import type { StoreSchema } from './schema';
import { dayOf } from './send-days';
import type { SqlDatabase, SqlDialect } from './sql-database';

/** Channels looked at in one statement. */
const CHANNELS_AT_ONCE = 250;
/** Repeats forgotten in one transaction. */
const SENDS_AT_ONCE = 5_000;

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
    where entries.channel_number = channels.number and entries.created_at >= ${since} order by entries.seq limit 1)`;
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

/** Forgets what channels keep longer than they may, unless others have locked them. Writes nothing where there is nothing to forget. */
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
    await giveWay();
    await forgetUnlocked(
      database,
      found.flatMap((one) => excessOf(one, retention)),
      dialect,
    );
    isLast = found.length < CHANNELS_AT_ONCE;
    afterId = found.at(-1)?.id ?? afterId;
  }
}

/** Forgets some of the repeats that were stored before a day; answers how many. Waits for nobody, so nobody waits for it in a circle. */
async function forgetSends(
  transaction: Kysely<StoreSchema>,
  day: number,
  { lockFree }: SqlDialect,
): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from sends where (day, send_key, epoch) in (
      select day, send_key, epoch from sends where day < ${day}
      order by day, send_key, epoch limit ${SENDS_AT_ONCE} ${lockFree})
  `.execute(transaction);
  return Number(numAffectedRows ?? 0);
}

/** Forgets repeats of the days before the one that a time is on. Writes nothing where there are none. */
export async function pruneSends(
  database: SqlDatabase,
  storedBefore: number,
  dialect: SqlDialect,
): Promise<void> {
  const day = dayOf(storedBefore);
  const expired = await database.query((kysely) =>
    kysely.selectFrom('sends').select('seq').where('day', '<', day).limit(1).execute(),
  );
  let forgotten = expired.length === 0 ? 0 : SENDS_AT_ONCE;
  while (forgotten >= SENDS_AT_ONCE) {
    forgotten = await database.write((transaction) => forgetSends(transaction, day, dialect));
    await giveWay();
  }
}
