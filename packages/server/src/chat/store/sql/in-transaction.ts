import { CompiledQuery, type Kysely } from 'kysely';
import type { StoreSchema } from './schema';

const COMMIT = CompiledQuery.raw('commit');
const ROLLBACK = CompiledQuery.raw('rollback');

/** Runs `work` on one connection between `begin`, which may be several statements, and a commit. */
export const inTransaction = <Result>(
  kysely: Kysely<StoreSchema>,
  begin: string,
  work: (transaction: Kysely<StoreSchema>) => Promise<Result>,
): Promise<Result> =>
  kysely.connection().execute(async (connection) => {
    await connection.executeQuery(CompiledQuery.raw(begin));
    try {
      const result = await work(connection);
      await connection.executeQuery(COMMIT);
      return result;
    } catch (cause) {
      // After some errors, such as a full disk, the database has rolled back by itself, or cannot be reached.
      await connection.executeQuery(ROLLBACK).catch(() => undefined);
      throw cause;
    }
  });
