import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { whileLocked } from './while-locked';

/** What we use of `node:sqlite`, and of the package that has the same API for a Node without it. */
interface DatabaseSync {
  exec(sql: string): void;
  prepare(sql: string): {
    all(...parameters: never[]): unknown[];
    run(...parameters: never[]): { changes: number | bigint; lastInsertRowid: number | bigint };
    iterate(...parameters: never[]): IterableIterator<unknown>;
    columns(): unknown[];
  };
  close(): void;
}

/** Whether a value is a database such as `node:sqlite` opens. */
export const isDatabase = (value: unknown): value is DatabaseSync =>
  typeof value === 'object' &&
  value !== null &&
  ['exec', 'prepare', 'close'].every((name) => typeof Reflect.get(value, name) === 'function');

/** SQLite's page size, its default since 2016. */
const PAGE_SIZE_BYTES = 4096;

/** Statements that are kept prepared at most. */
const MAX_PREPARED = 500;

interface SqliteModule {
  DatabaseSync: new (file: string) => DatabaseSync;
}

/** Whether it has all that is used here: statements could not tell their columns before Node 22.16. */
const isSqliteModule = (module: object | undefined): module is SqliteModule =>
  module !== undefined &&
  'DatabaseSync' in module &&
  'StatementSync' in module &&
  typeof module.StatementSync === 'function' &&
  'columns' in module.StatementSync.prototype;

/** Node's own where it is complete, else the package with the same API. */
const loadSqlite = async (): Promise<SqliteModule> => {
  const builtIn = process.getBuiltinModule('node:sqlite');
  return isSqliteModule(builtIn) ? builtIn : import('@photostructure/sqlite');
};

/** The database as Kysely's SQLite dialect takes it, with its statements kept prepared. */
export function toKyselyDatabase(database: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();

  const prepare = (query: string): SqliteStatement => {
    const statement = database.prepare(query);
    return {
      reader: statement.columns().length > 0,
      all: (parameters) => statement.all(...(parameters as never[])),
      run: (parameters) => statement.run(...(parameters as never[])),
      iterate: (parameters) => statement.iterate(...(parameters as never[])),
    };
  };

  return {
    prepare(query) {
      const known = prepared.get(query);
      if (known) return known;
      if (prepared.size >= MAX_PREPARED) prepared.clear();
      const statement = prepare(query);
      prepared.set(query, statement);
      return statement;
    },
    close() {
      // The package keeps the file open until what was prepared is collected, so it is made whole now.
      prepared.clear();
      try {
        database.exec('pragma wal_checkpoint(truncate)');
      } catch {
        // What could not be moved into the file is beside it, and is read from there.
      }
      database.close();
    },
  };
}

/** How the file is kept: what is committed survives a power cut, and readers do not wait for the writer. */
const PRAGMAS = [
  // Waiting for another process blocks this one, so SQLite never does.
  'busy_timeout = 0',
  'journal_mode = wal',
  'synchronous = full',
  // A statement of many rows keeps what it would undo in memory rather than in a temporary file.
  'temp_store = memory',
  // Pages that every commit changes are moved into the file once for many of them, out of at most 16 MiB.
  'wal_autocheckpoint = 4000',
];

/** Opens a database file, waiting `timeoutMs` at most where another process holds it locked. */
export async function openSqliteDatabase(
  file: string,
  timeoutMs: number,
  maxSizeBytes?: number,
): Promise<DatabaseSync> {
  const { DatabaseSync } = await loadSqlite();
  const database = new DatabaseSync(file);
  const size =
    maxSizeBytes === undefined ? [] : [`max_page_count = ${Math.ceil(maxSizeBytes / PAGE_SIZE_BYTES)}`];
  try {
    for (const pragma of [...PRAGMAS, ...size]) {
      await whileLocked(timeoutMs, () => database.exec(`pragma ${pragma}`));
    }
    return database;
  } catch (cause) {
    database.close();
    throw cause;
  }
}
