import { Kysely, SqliteDialect, sql } from 'kysely';
import type { Store } from '../ports/store';
import { migrate } from './sql/migrations';
import type { StoreSchema } from './sql/schema';
import { createSqlStore, type SqlStoreOptions } from './sql/sql-store';
import { openSqliteDatabase, toKyselyDatabase, toOpenError } from './sqlite-database';

/** Where a SQLite store is, and how it is kept. */
export interface SqliteStoreOptions extends SqlStoreOptions {
  /** Database file; `:memory:` keeps everything in this process. Default `wirepact.db` in the working directory. */
  file?: string;
  /** Size the file may grow to, in bytes; then sending fails as on a full disk. Default: no bound but the disk's. */
  maxSizeBytes?: number;
}

const TABLES = { integer: 'integer', clustered: 'without rowid' };

/** Runs `work` between `begin` and a commit, on the one connection there is. */
const inTransaction = <Result>(
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
      // After some errors, such as a full disk, SQLite has rolled back by itself.
      await sql`rollback`.execute(connection).catch(() => undefined);
      throw cause;
    }
  });

/**
 * A store in a SQLite file: what is acknowledged survives a crash and a power cut. For one server process.
 *
 * @example
 * createChatServer({ store: createSqliteStore({ file: '/var/lib/chat/chat.db' }) });
 */
export function createSqliteStore(options: SqliteStoreOptions = {}): Store {
  const { file = 'wirepact.db', maxSizeBytes, ...storeOptions } = options;
  const kysely = new Kysely<StoreSchema>({
    dialect: new SqliteDialect({
      database: async () => toKyselyDatabase(await openSqliteDatabase(file, maxSizeBytes)),
    }),
  });
  return createSqlStore(
    {
      kysely,
      locksRows: false,
      elementsOf: (rows) => sql`json_each(${JSON.stringify(rows)})`,
      async open() {
        try {
          await inTransaction(kysely, 'begin immediate', (transaction) => migrate(transaction, TABLES));
          await sql`pragma busy_timeout = 1000`.execute(kysely);
        } catch (cause) {
          throw toOpenError(file, cause);
        }
      },
      write: (work) => inTransaction(kysely, 'begin immediate', work),
      read: (work) => inTransaction(kysely, 'begin', work),
    },
    storeOptions,
  );
}
