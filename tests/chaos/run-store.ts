import { join } from 'node:path';
import { createSqliteStore, type Store } from '@wirepact/server';
import { createPostgresStore } from '@wirepact/server/postgres';
import { findPostgres } from '@wirepact/test-postgres';
import { findRedis, type RedisInstance, startRedis } from '@wirepact/test-redis';
import { FaultyProxy } from './faulty-proxy';
import type { ChaosPlan } from './plan';
import { Postgres } from './postgres';

/** What a server process has to be told: SQLite's file, or PostgreSQL's connection string and perhaps the URL of a Redis. */
export interface StorePlace {
  readonly file?: string;
  readonly connection?: string;
  readonly redis?: string;
}

/** Where the servers of a run keep everything. */
export interface RunStore {
  /** What a server process has to be told of it. */
  readonly places: readonly StorePlace[];
  /** For reading what is in it, past all proxies. */
  read(): Store;
  /** Where it is a PostgreSQL: that, and the proxy of each server in front of it. */
  readonly postgres?: Postgres;
  readonly proxies: readonly FaultyProxy[];
  /** What joins the servers; left out where nothing does. */
  readonly redis?: RedisInstance;
  close(): Promise<void>;
}

function openSqlite(folder: string): RunStore {
  const file = join(folder, 'store.db');
  return {
    places: [{ file }],
    proxies: [],
    read: () => createSqliteStore({ file }),
    close: async () => undefined,
  };
}

function openRedis(): Promise<RedisInstance> {
  const program = findRedis();
  if (!program) throw new Error('There is no Redis for a run with one.');
  return startRedis(program);
}

async function openPostgres(
  { servers, redis: hasRedis }: ChaosPlan,
  onChange: () => void,
): Promise<RunStore> {
  const programs = findPostgres();
  if (!programs) throw new Error('There is no PostgreSQL for a run on it.');
  const postgres = await Postgres.start(programs);
  const redis = hasRedis ? await openRedis() : undefined;
  const { connectionString: connection } = postgres;
  const proxies = Array.from({ length: servers }, () => new FaultyProxy(() => postgres.port, onChange));
  const places = await Promise.all(
    proxies.map(async (proxy) => {
      const place = new URL(connection);
      place.port = new URL(await proxy.listen()).port;
      return { connection: `${place}`, ...(redis && { redis: redis.url }) };
    }),
  );
  return {
    ...{ places, proxies, postgres, ...(redis && { redis }) },
    read: () => createPostgresStore({ connection }),
    async close() {
      await Promise.all(proxies.map((proxy) => proxy.close()));
      await Promise.all([postgres.stop(), redis?.stop()]);
    },
  };
}

/** Makes a store in a folder of the run's own. @param onChange Is called when a proxy has done something. */
export const openRunStore = async (
  plan: ChaosPlan,
  folder: string,
  onChange: () => void,
): Promise<RunStore> => (plan.store === 'sqlite' ? openSqlite(folder) : openPostgres(plan, onChange));
