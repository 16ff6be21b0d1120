import { WirepactError } from '@wirepact/contract/runtime';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool, type PoolConfig } from 'pg';
import type { Store } from '../ports/store';
import { migrate } from './sql/migrations';
import type { StoreSchema } from './sql/schema';
import { createSqlStore, type SqlStoreOptions } from './sql/sql-store';

/** Where a PostgreSQL store is, and how it is kept. */
export interface PostgresStoreOptions extends SqlStoreOptions {
  /** Such as `postgres://user@host/database`, or settings of pg. */
  connection: string | PoolConfig;
}

const TABLES = { integer: 'bigint', clustered: '' };
/** Names the lock that keeps two servers from making the tables at once. */
const MIGRATION_LOCK = 7_340_611;

function toOpenError(cause: unknown): WirepactError {
  if (cause instanceof WirepactError) return cause;
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  return new WirepactError(
    'STORE_UNAVAILABLE',
    `Cannot open the PostgreSQL store: ${reason}. Check its connection settings.`,
    {
      cause,
    },
  );
}

/** A store in a PostgreSQL database, for any number of server processes at once. */
export function createPostgresStore({ connection, ...options }: PostgresStoreOptions): Store {
  const pool = new Pool(typeof connection === 'string' ? { connectionString: connection } : connection);
  // An idle connection that breaks is replaced at its next use; unheard, its error would end the process.
  pool.on('error', () => undefined);
  const kysely = new Kysely<StoreSchema>({ dialect: new PostgresDialect({ pool }) });
  return createSqlStore(
    {
      kysely,
      locksRows: true,
      elementsOf: (rows) => sql`json_array_elements(${JSON.stringify(rows)}::json) as rows (value)`,
      async open() {
        try {
          await kysely.transaction().execute(async (transaction) => {
            await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(transaction);
            await migrate(transaction, TABLES);
          });
        } catch (cause) {
          throw toOpenError(cause);
        }
      },
      write: (work) => kysely.transaction().execute(work),
      read: (work) => kysely.transaction().setIsolationLevel('repeatable read').execute(work),
    },
    options,
  );
}
