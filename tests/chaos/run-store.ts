import { join } from 'node:path';
import { createSqliteStore, type Store } from '@wirepact/server';
import { createPostgresStore } from '@wirepact/server/postgres';
import { findPostgres } from '@wirepact/test-postgres';
import { FaultyProxy } from './faulty-proxy';
import type { ChaosPlan } from './plan';
import { Postgres } from './postgres';

/** Where the servers of a run keep everything. */
export interface RunStore {
  /** What a server process has to be told of it. */
  readonly places: readonly { readonly file?: string; readonly connection?: string }[];
  /** For reading what is in it, past all proxies. */
  read(): Store;
  /** Where it is a PostgreSQL: that, and the proxy of each server in front of it. */
  readonly postgres?: Postgres;
  readonly proxies: readonly FaultyProxy[];
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

async function openPostgres(servers: number, onChange: () => void): Promise<RunStore> {
  const programs = findPostgres();
  if (!programs) throw new Error('There is no PostgreSQL for a run on it.');
  const postgres = await Postgres.start(programs);
  const { connectionString: connection } = postgres;
  const proxies = Array.from({ length: servers }, () => new FaultyProxy(() => postgres.port, onChange));
  const places = await Promise.all(
    proxies.map(async (proxy) => {
      const place = new URL(connection);
      place.port = new URL(await proxy.listen()).port;
      return { connection: `${place}` };
    }),
  );
  return {
    ...{ places, proxies, postgres },
    read: () => createPostgresStore({ connection }),
    async close() {
      await Promise.all(proxies.map((proxy) => proxy.close()));
      await postgres.stop();
    },
  };
}

/** Makes a store in a folder of the run's own. @param onChange Is called when a proxy has done something. */
export const openRunStore = async (
  { store, servers }: ChaosPlan,
  folder: string,
  onChange: () => void,
): Promise<RunStore> => (store === 'sqlite' ? openSqlite(folder) : openPostgres(servers, onChange));
