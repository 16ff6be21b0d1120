import { randomUUID } from 'node:crypto';
import { WirepactError } from '@wirepact/contract/runtime';
import { CompiledQuery, Kysely, PostgresDialect, type PostgresPoolClient, sql } from 'kysely';
import type { PoolClient, PoolConfig } from 'pg';
import { type Check, invalidOption, isObject, MAX_TIMER_MS, must } from '../../runtime/option-checks';
import type { Store } from '../ports/store';
import { createLimitedPool, createOwnConnection } from './postgres-connections';
import { faultOfPostgres, toPostgresOpenError } from './postgres-errors';
import { appendWithin } from './sql/append-within';
import { forRowsOfPostgres } from './sql/for-rows';
import { createTransactions } from './sql/in-transaction';
import { migrate } from './sql/migrations';
import type { StoreSchema } from './sql/schema';
import type { SqlDatabase, SqlDialect } from './sql/sql-database';
import { createSqlStore } from './sql/sql-store';
import { readSqlStoreOptions, SQL_STORE_OPTION_CHECKS, type SqlStoreOptions } from './sql/sql-store-options';
import { checkStoreOptions, isPlace } from './store-options';
import { tellMoves, watchMoves } from './watch-moves';

/** Says of moves that a transaction of the host's has made them: as long as a store's id, and that of none. */
const HOST_ID = '00000000-0000-0000-0000-000000000000';

type HostClient = Pick<PoolClient, 'query'>;

const isClient = (value: unknown): value is HostClient =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, 'query') === 'function';

/** A client of the host's as the query layer takes it; the host ends it. */
function overClient(client: unknown): Kysely<StoreSchema> {
  if (!isClient(client))
    throw new WirepactError('INVALID_OPTIONS', '`transaction` must be a client of `pg` that has begun one.');
  const lent = { query: client.query.bind(client), release() {} } as PostgresPoolClient;
  return new Kysely({
    dialect: new PostgresDialect({ pool: { connect: async () => lent, async end() {} } }),
  });
}

/** Where a PostgreSQL store is, and how it is kept. */
export interface PostgresStoreOptions extends SqlStoreOptions {
  /** Such as `postgres://user@host/database`, or settings of pg. */
  connection: string | PoolConfig;
}

const CONNECTION = 'a URL such as "postgres://user@host/database", or settings of pg';

const CHECKS: Readonly<Record<keyof PostgresStoreOptions, Check>> = {
  ...SQL_STORE_OPTION_CHECKS,
  connection: must((value) => isPlace(value) || isObject(value), CONNECTION),
};

const TABLES = {
  integer: 'bigint',
  numbered: 'bigint generated always as identity primary key',
  clustered: '',
};
/** Names the lock that keeps two servers from making the tables at once. */
const MIGRATION_LOCK = 7_340_611;
/** Between two looks at the connection that listens, so many of the store's time limits pass: ten seconds by default. */
const PROBE_TIMEOUTS = 2.5;
/** A transaction that somebody else's broke off is tried so often. */
const MAX_ATTEMPTS = 3;

const createDialect = (storeId: string): SqlDialect => ({
  forRows: forRowsOfPostgres,
  // A table that was not analyzed yet looks small to the planner, which may read all of it: not behind an `offset`.
  lookUp: (table, condition) =>
    `cross join lateral (select * from ${table} where ${condition} offset 0) as ${table}`,
  lock: 'for update of channels',
  lockFree: sql`for update skip locked`,
  tellMoves: (statement, moves) => tellMoves(statement, moves, storeId),
  faultOf: faultOfPostgres,
});

/** Tries again what nobody is at fault for, and what left nothing behind. */
async function despiteConflicts<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (cause) {
      if (attempt >= MAX_ATTEMPTS || faultOfPostgres(cause) !== 'conflict') throw cause;
    }
  }
}

/** Part of a transaction's time that one which waits briefly waits for a lock: a fifth of a second by default. */
const BRIEF_SHARE = 0.05;

/** How a transaction begins that reads one snapshot. */
const READING = 'begin isolation level repeatable read, read only';

/** Opens the database and makes its tables. @throws WirepactError `STORE_UNAVAILABLE` with what is wrong and what to do. */
async function connect(settings: PoolConfig, timeoutMs: number): Promise<SqlDatabase> {
  try {
    const pool = createLimitedPool(settings, timeoutMs);
    const dialect = new PostgresDialect({ pool });
    const { kysely, run } = createTransactions({ dialect, isPipelined: true });
    const write: SqlDatabase['write'] = (work) => despiteConflicts(() => run('begin', work));
    const waitBriefly = CompiledQuery.raw(`set local lock_timeout = ${Math.ceil(timeoutMs * BRIEF_SHARE)}`);
    const opened: SqlDatabase = {
      query: (work) => work(kysely),
      snapshot: (work) => run(READING, work),
      write,
      writeBriefly: (work) =>
        write(async (transaction, ask) => {
          await ask(waitBriefly);
          return work(transaction, ask);
        }),
      close: () => kysely.destroy(),
    };
    const makeTables = opened.write(async (transaction) => {
      await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(transaction);
      await migrate(transaction, TABLES);
    });
    await makeTables.catch(async (cause) => {
      await opened.close();
      throw cause;
    });
    return opened;
  } catch (cause) {
    throw toPostgresOpenError(cause);
  }
}

/**
 * A store in a PostgreSQL database, for any number of server processes at once; each hears what the others change. It needs
 * sessions of its own: behind a pooler that lends one for a transaction only, nothing is heard.
 * @throws WirepactError `INVALID_OPTIONS`
 */
export function createPostgresStore(options: PostgresStoreOptions): Store {
  const call = "createPostgresStore({ connection: 'postgres://user@host/database' })";
  checkStoreOptions(options, CHECKS, call);
  const { connection } = options;
  if (connection === undefined) throw invalidOption(`\`connection\` must be ${CONNECTION}.`);
  const settings = typeof connection === 'string' ? { connectionString: connection } : connection;
  const storeOptions = readSqlStoreOptions(options);
  const { timeoutMs } = storeOptions;
  const storeId = randomUUID();
  const store = createSqlStore(createDialect(storeId), () => connect(settings, timeoutMs), storeOptions);
  const watching = new Set<() => void>();
  const probeMs = Math.min(PROBE_TIMEOUTS * timeoutMs, MAX_TIMER_MS);
  const within = { dialect: createDialect(HOST_ID), idempotencyMs: storeOptions.idempotencyMs };
  return {
    ...store,
    appendWithin: async (client, channelId, event) =>
      appendWithin(overClient(client), channelId, event, within),
    watch(onMoved, onGap) {
      const listener = { storeId, onMoved, onGap, probeMs };
      const stop = watchMoves(() => createOwnConnection(settings, timeoutMs), listener);
      watching.add(stop);
      return () => {
        watching.delete(stop);
        stop();
      };
    },
    async close() {
      for (const stop of watching) stop();
      await store.close();
    },
  };
}
