import { WirepactError } from '@wirepact/contract/runtime';
import { Kysely, SqliteDialect, sql } from 'kysely';
import type { WholeStore } from './lazy-store';
import { appendWithin } from './sql/append-within';
import { forRowsOfSqlite } from './sql/for-rows';
import { createTransactions } from './sql/in-transaction';
import { migrate } from './sql/migrations';
import type { StoreSchema } from './sql/schema';
import type { SqlDatabase, SqlDialect } from './sql/sql-database';
import { createSqlStore } from './sql/sql-store';
import { readSqlStoreOptions } from './sql/sql-store-options';
import { isDatabase, openSqliteDatabase, toKyselyDatabase } from './sqlite-database';
import { faultOfSqlite, toSqliteOpenError } from './sqlite-errors';
import type { SqliteStoreOptions } from './sqlite-store-options';
import { whileLocked } from './while-locked';

const TABLES = { integer: 'integer', numbered: 'integer primary key', clustered: 'without rowid' };

const DIALECT: SqlDialect = {
  forRows: forRowsOfSqlite,
  // Of a cross join it keeps the order.
  lookUp: (table, condition) => `cross join ${table} on ${condition}`,
  // Whoever writes has the whole file to itself.
  lock: '',
  lockFree: sql``,
  tellMoves: (statement) => statement,
  faultOf: faultOfSqlite,
};

/** Opens the file and makes its tables. @throws WirepactError `STORE_UNAVAILABLE` with what is wrong and what to do. */
async function connect(file: string, timeoutMs: number, maxSizeBytes?: number): Promise<SqlDatabase> {
  const patiently = <Result>(work: () => Promise<Result>) => whileLocked(timeoutMs, work);
  try {
    const database = toKyselyDatabase(await openSqliteDatabase(file, timeoutMs, maxSizeBytes));
    const dialect = new SqliteDialect({ database });
    const { kysely, run } = createTransactions({ dialect, isPipelined: false });
    const write: SqlDatabase['write'] = (work) => patiently(() => run('begin immediate', work));
    const opened: SqlDatabase = {
      query: (work) => patiently(() => work(kysely)),
      snapshot: (work) => patiently(() => run('begin', work)),
      write,
      writeBriefly: write,
      close: () => kysely.destroy(),
    };
    await opened
      .write((transaction) => migrate(transaction, TABLES))
      .catch(async (cause) => {
        await opened.close();
        throw cause;
      });
    return opened;
  } catch (cause) {
    throw toSqliteOpenError(file, cause);
  }
}

/** A database of the host's as the query layer takes it; the host closes it. */
function overDatabase(given: unknown): Kysely<StoreSchema> {
  if (!isDatabase(given))
    throw new WirepactError('INVALID_OPTIONS', '`transaction` must be a `DatabaseSync` that has begun one.');
  const { prepare } = toKyselyDatabase(given);
  return new Kysely({ dialect: new SqliteDialect({ database: { prepare, close() {} } }) });
}

/** A store in a SQLite file, with the query layer that it needs. */
export function assembleSqliteStore({
  file = 'wirepact.db',
  maxSizeBytes,
  ...options
}: SqliteStoreOptions): WholeStore {
  const settings = readSqlStoreOptions(options);
  const within = { dialect: DIALECT, idempotencyMs: settings.idempotencyMs };
  return {
    ...createSqlStore(DIALECT, () => connect(file, settings.timeoutMs, maxSizeBytes), settings),
    appendWithin: async (database, channelId, event) =>
      appendWithin(overDatabase(database), channelId, event, within),
  };
}
