import { type Kysely, sql } from 'kysely';
import type { Write } from './run-batch';
import type { StoreSchema } from './schema';
import type { SqlDatabase, SqlDialect } from './sql-database';

const readIds = async (transaction: Kysely<StoreSchema>, ids: readonly string[], lock = sql``) => {
  const { rows } = await sql<{ id: string }>`
    select id from channels where id in (${sql.join(ids)}) order by id ${lock}`.execute(transaction);
  return new Set(rows.map(({ id }) => id));
};

/**
 * Which channels of these writes somebody else has locked. One that is to be created and is not there counts as such: whoever
 * creates it at the moment cannot be seen.
 */
export function findLocked(
  database: SqlDatabase,
  writes: readonly Write[],
  { lockFree }: SqlDialect,
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(writes.map(({ channelId }) => channelId))];
  return database.write(async (transaction) => {
    const free = await readIds(transaction, ids, lockFree);
    const there = await readIds(transaction, ids);
    const isToCreate = ({ kind, channelId }: Write) => kind === 'create' && !there.has(channelId);
    const locked = new Set([...there].filter((id) => !free.has(id)));
    for (const write of writes) if (isToCreate(write)) locked.add(write.channelId);
    return locked;
  });
}
