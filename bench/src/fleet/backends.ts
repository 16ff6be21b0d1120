import { findPostgres, startPostgres } from '@wirepact/test-postgres';
import { findRedis, startRedis } from '@wirepact/test-redis';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { familyOf } from './process-cpu';

/** What joins processes, and the processes it is. */
export interface Backends {
  /** A Redis for one fleet: others do not read along. */
  readonly createRedisUrl: () => string;
  /** A database for one fleet, for the same reason; `undefined` where there is no PostgreSQL. */
  readonly createDatabase: (() => Promise<string>) | undefined;
  readonly redisPids: () => number[];
  readonly postgresPids: () => number[];
  /** Bytes so far: into and out of Redis, and into PostgreSQL's log. */
  readonly readBytes: () => Promise<BackendBytes>;
}

/** Bytes that have crossed. */
export interface BackendBytes {
  readonly redisIn: number;
  readonly redisOut: number;
  readonly postgresLog: number;
}

async function readRedisBytes(client: Redis): Promise<Pick<BackendBytes, 'redisIn' | 'redisOut'>> {
  const info = await client.info('stats');
  const read = (name: string) => Number(new RegExp(`${name}:(\\d+)`).exec(info)?.[1]);
  return { redisIn: read('total_net_input_bytes'), redisOut: read('total_net_output_bytes') };
}

async function readPostgresLog(connectionString: string | undefined): Promise<number> {
  if (connectionString === undefined) return 0;
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query("select pg_current_wal_insert_lsn() - '0/0' as bytes");
    return Number(rows[0]?.bytes);
  } finally {
    await client.end();
  }
}

/** How many databases a Redis has as it comes: as many fleets may be there at once. */
const REDIS_DATABASES = 16;

/** Runs `work` with a Redis and, where one is installed, a PostgreSQL in `folder`; `undefined` where there is no Redis. */
export async function withBackends<Result>(
  folder: string,
  work: (backends: Backends) => Promise<Result>,
): Promise<Result | undefined> {
  const program = findRedis();
  if (program === undefined) return undefined;
  const programs = findPostgres();
  const redis = await startRedis(program);
  const postgres =
    programs === undefined ? undefined : await startPostgres(programs, { isDurable: true, parent: folder });
  const client = new Redis(redis.url);
  const database = await postgres?.createDatabase();
  let fleets = 0;
  try {
    return await work({
      createRedisUrl: () => {
        fleets += 1;
        return `${redis.url}/${fleets % REDIS_DATABASES}`;
      },
      createDatabase: postgres && (() => postgres.createDatabase()),
      redisPids: () => [redis.pid],
      postgresPids: () => (postgres ? familyOf(postgres.pid) : []),
      readBytes: async () => ({
        ...(await readRedisBytes(client)),
        postgresLog: await readPostgresLog(database),
      }),
    });
  } finally {
    client.disconnect();
    await Promise.all([redis.stop(), postgres?.stop()]);
  }
}
