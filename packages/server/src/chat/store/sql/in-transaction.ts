import { type Kysely, sql } from 'kysely';
import type { StoreSchema } from './schema';

/** Runs `work` on one connection between `begin`, which may be several statements, and a commit. */
export const inTransaction = <Result>(
  kysely: Kysely<StoreSchema>,
  begin: string,
  work: (transaction: Kysely<StoreSchema>) => Promise<Result>,
): Promise<Result> =>
  kysely.connection().execute(async (connection) => {
    await sql.raw(begin).execute(connection);
    try {
      const result = await work(connection);
      await sql`commit`.execute(connection);
      return result;
    } catch (cause) {
      // After some errors, such as a full disk, the database has rolled back by itself, or cannot be reached.
      await sql`rollback`.execute(connection).catch(() => undefined);
      throw cause;
    }
  });
