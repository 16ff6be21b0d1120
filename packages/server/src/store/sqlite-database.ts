import { resolve } from 'node:path';
import { WirepactError } from '@wirepact/contract/runtime';
import type { SqliteDatabase, SqliteStatement } from 'kysely';

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

interface SqliteModule {
  DatabaseSync: new (file: string) => DatabaseSync;
}

/** SQLite's page size, its default since 2016. */
const PAGE_SIZE_BYTES = 4096;

/** Statements that are kept prepared at most. */
const MAX_PREPARED = 500;

const isSqliteModule = (module: object | undefined): module is SqliteModule =>
  module !== undefined && 'DatabaseSync' in module;

/** Built into Node from version 22.5 on. */
const loadSqlite = async (): Promise<SqliteModule> => {
  const builtIn = process.getBuiltinModule('node:sqlite');
  return isSqliteModule(builtIn) ? builtIn : import('@photostructure/sqlite');
};

const SQLITE_CORRUPT = 11;

/** What to do about the ways in which a database file does not open, by SQLite's result code. */
const ADVICE: Readonly<Record<number, string>> = {
  5: 'Another process holds it locked: stop that one, or give each server a file of its own.',
  6: 'Another process holds it locked: stop that one, or give each server a file of its own.',
  8: 'The file or its folder cannot be written: change its permissions, or choose another place.',
  [SQLITE_CORRUPT]: 'The file is damaged: restore it from a backup.',
  13: 'The disk is full: make room.',
  14: 'The folder does not exist or cannot be written: create it, or choose another place.',
  26: 'The file is not a SQLite database: choose another one.',
};

const resultCodeOf = (cause: unknown): number => {
  const code: unknown =
    typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'errcode') : undefined;
  // The lower byte; what is above it only refines it. Some errors of a damaged file come without a code.
  if (typeof code === 'number') return code & 0xff;
  return cause instanceof Error && cause.message.includes('malformed') ? SQLITE_CORRUPT : 0;
};

/** An error for whoever starts the server. */
export function toOpenError(file: string, cause: unknown): WirepactError {
  if (cause instanceof WirepactError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  const advice = ADVICE[resultCodeOf(cause)] ?? '';
  const place = file === ':memory:' ? file : resolve(file);
  const text = `Cannot open the database ${place}: ${reason}. ${advice}`.trim();
  return new WirepactError('STORE_UNAVAILABLE', text, { cause });
}

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
        database.exec('pragma busy_timeout = 0; pragma wal_checkpoint(truncate)');
      } catch {
        // What could not be moved into the file is beside it, and is read from there.
      }
      database.close();
    },
  };
}

/**
 * Opens a database file so that what is committed survives a power cut, and readers do not wait for the writer.
 * @throws WirepactError `STORE_UNAVAILABLE` with what is wrong and what to do.
 */
export async function openSqliteDatabase(file: string, maxSizeBytes?: number): Promise<DatabaseSync> {
  const { DatabaseSync } = await loadSqlite();
  try {
    const database = new DatabaseSync(file);
    // Waiting blocks the whole process, so it is short; a start has to be patient with another one.
    database.exec('pragma busy_timeout = 10000');
    database.exec('pragma journal_mode = wal');
    database.exec('pragma synchronous = full');
    // A statement of many rows keeps what it would undo in memory rather than in a temporary file.
    database.exec('pragma temp_store = memory');
    if (maxSizeBytes !== undefined) {
      database.exec(`pragma max_page_count = ${Math.ceil(maxSizeBytes / PAGE_SIZE_BYTES)}`);
    }
    return database;
  } catch (cause) {
    throw toOpenError(file, cause);
  }
}
