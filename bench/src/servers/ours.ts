import {
  type ChatServerOptions,
  createChatServer,
  createMemoryStore,
  createSqliteStore,
  elizaos,
  type Store,
} from '@wirepact/server';
import { createPostgresStore } from '@wirepact/server/postgres';
import { createRedisScaleOut } from '@wirepact/server/redis';
import { EVERYTHING_ON } from './everything-on';
import { sayChunks } from './paced';

/** What only some of the servers have. */
type Extras = Pick<ChatServerOptions, 'agents' | 'dialects' | 'scaleOut' | 'drainSpreadMs'>;

/** The chat server as an application would run it, everything on; only the log's lines go nowhere. */
const create = (store: Store, extras: Extras = {}) =>
  createChatServer({ ...EVERYTHING_ON, ...extras, store });

async function start(store: Store, extras?: Extras): Promise<number> {
  const { port } = await create(store, extras).listen(0, '127.0.0.1');
  return port;
}

/** With the store in memory: nothing waits for a disk. */
export const startOurs = (): Promise<number> => start(createMemoryStore());

/** With an agent that says as many chunks as a message asks for. */
export const startAnswering = (): Promise<number> =>
  start(createMemoryStore(), {
    agents: [
      {
        ...{ id: '123e4567-e89b-42d3-a456-426614174000', name: 'Ada' },
        respond: ({ text }) => sayChunks(Number(text)),
      },
    ],
  });

/** With the default store: what is acknowledged is on the disk. */
export const startSqlite = (file: string): Promise<number> => start(createSqliteStore({ file }));

/** With a PostgreSQL of another process. */
export const startPostgres = (connection: string): Promise<number> =>
  start(createPostgresStore({ connection }));

/** One of several, with a PostgreSQL, joined by the Redis at `REDIS_URL`; it ends as one that is replaced does. */
export async function startNode(connection: string): Promise<number> {
  const drainSpreadMs = Number(process.env.DRAIN_SPREAD_MS ?? 0);
  const server = create(createPostgresStore({ connection }), {
    ...{ scaleOut: createRedisScaleOut(), drainSpreadMs },
  });
  process.once('SIGTERM', () => void server.close());
  const { port } = await server.listen(0, '127.0.0.1');
  return port;
}

/** With a dialect that none of the clients speaks. */
export const startWithDialects = (): Promise<number> => start(createMemoryStore(), { dialects: [elizaos] });
