import { findPostgres, startPostgres } from '@wirepact/test-postgres';
import { findRedis, startRedis } from '@wirepact/test-redis';

/** What the nodes are joined by, as their environment names it. */
export interface Backends {
  readonly environment: { readonly DATABASE_URL: string; readonly REDIS_URL: string };
  /** Ends what was started here. */
  stop(): Promise<void>;
}

async function findDatabase(): Promise<{ url: string; stop: () => Promise<void> }> {
  const { DATABASE_URL: url } = process.env;
  if (url) return { url, stop: async () => {} };
  const programs = findPostgres();
  if (programs === undefined) throw new Error('There is no PostgreSQL: set DATABASE_URL to one.');
  const postgres = await startPostgres(programs, { isDurable: true });
  return { url: await postgres.createDatabase(), stop: () => postgres.stop() };
}

async function findAdapter(): Promise<{ url: string; stop: () => Promise<void> }> {
  const { REDIS_URL: url } = process.env;
  if (url) return { url, stop: async () => {} };
  const program = findRedis();
  if (program === undefined)
    throw new Error('There is no Redis: install redis-server, or set REDIS_URL to one.');
  const { url: started, stop } = await startRedis(program);
  return { url: started, stop };
}

/** The PostgreSQL at `DATABASE_URL` and the Redis at `REDIS_URL`; where one is not named, one that is gone with this process. */
export async function startBackends(): Promise<Backends> {
  const [database, redis] = await Promise.all([findDatabase(), findAdapter()]);
  return {
    environment: { DATABASE_URL: database.url, REDIS_URL: redis.url },
    async stop() {
      await Promise.all([database.stop(), redis.stop()]);
    },
  };
}
