import { findPostgres, startPostgres } from '@wirepact/test-postgres';
import { findRedis, startRedis } from '@wirepact/test-redis';
import { familyOf } from './process-cpu';

/** What joins processes, and the processes it is. */
export interface Backends {
  /** A Redis for one fleet: others do not read along. */
  readonly createRedisUrl: () => string;
  /** A database for one fleet, for the same reason; `undefined` where there is no PostgreSQL. */
  readonly createDatabase: (() => Promise<string>) | undefined;
  readonly redisPids: () => number[];
  readonly postgresPids: () => number[];
}

/** How many fleets a Redis has databases for, as it comes. */
const MAX_FLEETS = 16;

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
  let fleets = 0;
  try {
    return await work({
      createRedisUrl: () => {
        fleets += 1;
        if (fleets > MAX_FLEETS) throw new Error(`Redis has ${MAX_FLEETS} databases.`);
        return `${redis.url}/${fleets - 1}`;
      },
      createDatabase: postgres && (() => postgres.createDatabase()),
      redisPids: () => [redis.pid],
      postgresPids: () => (postgres ? familyOf(postgres.pid) : []),
    });
  } finally {
    await Promise.all([redis.stop(), postgres?.stop()]);
  }
}
