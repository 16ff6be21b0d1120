import { setTimeout as delay } from 'node:timers/promises';
import { createChannelIds, join } from '../chat-load';
import type { Backends } from '../fleet/backends';
import { progress } from '../rounds';
import { type ServerHandle, startServer } from '../server-handle';
import { connectClients, WireClient } from '../wire-client';
import type { RestartCheck } from './costs';
import { waitsOf } from './queue';
import { createRandom } from './random';
import { countPeak } from './restart';

const SEED = 3;
const NODES = 3;
/** Clients of the node that is replaced. */
const CLIENTS = 300;
const ROOM = 20;
/** As the client comes back by default: after a second, and up to half of it more. */
const BACK_MS = [1_000, 500] as const;

/** Replaces one of three nodes: how long its clients are away, and how many come back at once. */
export async function measureRestart(
  backends: Backends,
  nodeOptions: readonly string[],
  spreadMs: number,
): Promise<RestartCheck> {
  progress(`costs: a node of ${CLIENTS} clients is replaced over ${spreadMs} ms`);
  const postgres = (await backends.createDatabase?.()) ?? '';
  const environment = { REDIS_URL: backends.createRedisUrl(), DRAIN_SPREAD_MS: `${spreadMs}` };
  const settings = { nodeOptions, databases: { node: postgres }, environment };
  const servers: ServerHandle[] = [];
  try {
    while (servers.length < NODES) servers.push(await startServer('node', settings));
    const [replaced, ...others] = servers;
    if (!replaced) throw new Error('No server was started.');
    return { clients: CLIENTS, others: others.length, spreadMs, ...(await replace(replaced, others)) };
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

/** Ends a node; resolves once all of its clients are with the others. */
async function replace(replaced: ServerHandle, others: readonly ServerHandle[]) {
  const random = createRandom(SEED);
  const rooms = createChannelIds(CLIENTS / ROOM);
  const clients = await connectClients(replaced.port, CLIENTS);
  await Promise.all(clients.map((client, index) => join(client, rooms[index % rooms.length] ?? '')));
  const [least, more] = BACK_MS;
  const comings: number[] = [];
  const away = clients.map(async (client, index) => {
    await new Promise<void>((resolve) => {
      client.onEnd = resolve;
    });
    const told = performance.now();
    await delay(least + more * random());
    comings.push(performance.now());
    const back = await WireClient.connect(others[index % others.length]?.port ?? 0);
    await join(back, rooms[index % rooms.length] ?? '');
    const ms = performance.now() - told;
    back.close();
    return ms;
  });
  process.kill(replaced.pid, 'SIGTERM');
  const times = await Promise.all(away);
  return { ...waitsOf(times), peak: countPeak(comings) };
}
