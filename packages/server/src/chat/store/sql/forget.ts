import type { Kysely } from 'kysely';
import { giveWay } from '../give-way';
import { lockHeads } from './channel-heads';
import type { Row, StoreSchema } from './schema';
import type { SqlDatabase, SqlDialect } from './sql-database';

/** Numbers of journals forgotten in one transaction, so that none takes long. */
const NUMBERS_AT_ONCE = 2_000;
/** Channels that one transaction forgets something of. */
const CHANNELS_AT_ONCE = 100;

/** Events of a channel that are to be forgotten: those behind `from` up to `to`. */
export interface Excess {
  readonly channelId: string;
  readonly from: number;
  readonly to: number;
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
      if (room > 0 && portion.length < CHANNELS_AT_ONCE) continue;
      yield portion;
      portion = [];
      room = NUMBERS_AT_ONCE;
    }
  }
  if (portion.length > 0) yield portion;
}

/** Forgets one portion. Resuming from before it is refused from then on. */
async function forgetPortion(
  transaction: Kysely<StoreSchema>,
  portion: readonly Excess[],
  dialect: SqlDialect,
): Promise<void> {
  const ids = portion.map(({ channelId }) => channelId);
  const heads = await lockHeads(transaction, ids, dialect);
  // One statement each: for several channels at once, a database may choose to read all there is.
  // From where the last one ended: a database that only marks what is gone passes over all of that again.
  for (const { channelId, from, to } of portion) {
    if (!heads.get(channelId)) continue;
    for (const table of ['messages', 'journal'] as const) {
      await transaction
        .deleteFrom(table)
        .where('channel_number', '=', heads.numberOf(channelId))
        .where('seq', '>', from)
        .where('seq', '<=', to)
        .execute();
    }
  }
  const horizons = portion.map(({ channelId, to }): Row => [channelId, to]);
  const update = dialect.forRows(
    { id: 'text', up_to: 'number' },
    horizons,
    (given) => `
    update channels set horizon = up_to from ${given} where channels.id = given.id and horizon < up_to`,
  );
  await transaction.executeQuery(update);
}

/** Forgets events of channels, in as many transactions as it takes for each to be short. */
export async function forget(
  database: SqlDatabase,
  excesses: readonly Excess[],
  dialect: SqlDialect,
): Promise<void> {
  for (const portion of inPortions(excesses)) {
    await database.write((transaction) => forgetPortion(transaction, portion, dialect));
    await giveWay();
  }
}

/**
 * The same, but leaves channels that others keep locked as they are: they are of the next time, and nobody waits behind them for
 * the others of a transaction.
 */
export async function forgetUnlocked(
  database: SqlDatabase,
  excesses: readonly Excess[],
  dialect: SqlDialect,
): Promise<void> {
  const locked = new Set<string>();
  const forgetSome = async (portion: readonly Excess[]): Promise<void> => {
    try {
      await database.writeBriefly((transaction) => forgetPortion(transaction, portion, dialect));
    } catch (cause) {
      if (dialect.faultOf(cause) !== 'busy') throw cause;
      if (portion.length > 1) await eachOf(portion);
      else for (const { channelId } of portion) locked.add(channelId);
    }
    await giveWay();
  };
  const eachOf = async (portion: readonly Excess[]) => {
    for (const one of portion) if (!locked.has(one.channelId)) await forgetSome([one]);
  };
  for (const portion of inPortions(excesses)) {
    const rest = portion.filter(({ channelId }) => !locked.has(channelId));
    if (rest.length > 0) await forgetSome(rest);
  }
}

const readExtent = async (database: Kysely<StoreSchema>, channelId: string) => {
  const row = await database
    .selectFrom('channels')
    .select(['seq', 'horizon'])
    .where('id', '=', channelId)
    .executeTakeFirst();
  return { seq: Number(row?.seq ?? 0), horizon: Number(row?.horizon ?? 0) };
};

/** Whether a channel has so much that taking all of it in one transaction would take long. */
export async function isLarge(transaction: Kysely<StoreSchema>, channelId: string): Promise<boolean> {
  const { seq, horizon } = await readExtent(transaction, channelId);
  return seq - horizon > 2 * NUMBERS_AT_ONCE;
}

/** Forgets the older part of a channel that is about to lose all it has, so that the rest is done in a moment. */
export async function shrink(database: SqlDatabase, channelId: string, dialect: SqlDialect): Promise<void> {
  const { seq, horizon } = await database.query((kysely) => readExtent(kysely, channelId));
  await forget(database, [{ channelId, from: horizon, to: seq - NUMBERS_AT_ONCE }], dialect);
}
