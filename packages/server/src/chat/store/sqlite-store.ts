import { WirepactError } from '@wirepact/contract/runtime';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { type Check, count, must } from '../../runtime/option-checks';
import type { Store } from '../ports/store';
import { appendWithin } from './sql/append-within';
import { createForRows } from './sql/for-rows';
import { inTransaction } from './sql/in-transaction';
import { migrate } from './sql/migrations';
import type { StoreSchema } from './sql/schema';
import type { SqlDatabase, SqlDialect } from './sql/sql-database';
import {
  createSqlStore,
  readSqlStoreOptions,
  SQL_STORE_OPTION_CHECKS,
  type SqlStoreOptions,
} from './sql/sql-store';
import { isDatabase, openSqliteDatabase, toKyselyDatabase } from './sqlite-database';
import { faultOfSqlite, toSqliteOpenError } from './sqlite-errors';
import { checkStoreOptions, isPlace } from './store-options';
import { whileLocked } from './while-locked';

/** Where a SQLite store is, and how it is kept. */
export interface SqliteStoreOptions extends SqlStoreOptions {
  /** Database file; `:memory:` keeps everything in this process. Default `wirepact.db` in the working directory. */
  file?: string;
  /** Size the file may grow to, in bytes; then sending fails as on a full disk. Default: no bound but the disk's. */
  maxSizeBytes?: number;
}

const CHECKS: Readonly<Record<keyof SqliteStoreOptions, Check>> = {
  ...SQL_STORE_OPTION_CHECKS,
  file: must(isPlace, 'the name of a file, or ":memory:"'),
  maxSizeBytes: count,
};

const TABLES = { integer: 'integer', numbered: 'integer primary key', clustered: 'without rowid' };

const DIALECT: SqlDialect = {
  forRows: createForRows('json_each(?)'),
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
    const kysely = new Kysely<StoreSchema>({ dialect: new SqliteDialect({ database }) });
    const opened: SqlDatabase = {
      query: (work) => patiently(() => work(kysely)),
      snapshot: (work) => patiently(() => inTransaction(kysely, 'begin', work)),
      write: (work) => patiently(() => inTransaction(kysely, 'begin immediate', work)),
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

/**
 * A store in a SQLite file: what is acknowledged survives a crash and a power cut. For one server process.
 * @throws WirepactError `INVALID_OPTIONS`
 *
 * @example
 * createChatServer({ store: createSqliteStore({ file: '/var/lib/chat/chat.db' }) });
 */
export function createSqliteStore(options: SqliteStoreOptions = {}): Store {
  checkStoreOptions(options, CHECKS, "createSqliteStore({ file: 'chat.db' })");
  const { file = 'wirepact.db', maxSizeBytes } = options;
  const settings = readSqlStoreOptions(options);
  const within = { dialect: DIALECT, idempotencyMs: settings.idempotencyMs };
  return {
    ...createSqlStore(DIALECT, () => connect(file, settings.timeoutMs, maxSizeBytes), settings),
    appendWithin: async (database, channelId, event) =>
      appendWithin(overDatabase(database), channelId, event, within),
  };
}
