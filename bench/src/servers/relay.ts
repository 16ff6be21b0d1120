import cluster from 'node:cluster';
import { on } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { setupPrimary } from '@socket.io/cluster-adapter';
import { setupMaster } from '@socket.io/sticky';
import { defineContract, defineEvent } from '@wirepact/contract';
import { createContractServer } from '@wirepact/server';
import { createClusterScaleOut } from '@wirepact/server/cluster';
import { createRedisScaleOut } from '@wirepact/server/redis';
import * as Type from 'typebox';
import { EVERYTHING_ON } from './everything-on';
import { listen } from './listen';

const WORKER = fileURLToPath(new URL('./relay-worker.js', import.meta.url));
const READY = 'ready';

const payload = Type.Object({ room: Type.String(), text: Type.String() });

/** The least that passes on what it is told: nothing is kept, so all of it goes through what joins the processes. */
const relay = defineContract({
  name: 'relay',
  version: '1.0.0',
  clientToServer: {
    enter: defineEvent({ description: 'Hear of a room.', payload: Type.Object({ room: Type.String() }) }),
    say: defineEvent({ description: 'Tell a room.', payload }),
  },
  serverToClient: { said: defineEvent({ description: 'Somebody told the room.', payload }) },
});

const createRelay = (scaleOut: ReturnType<typeof createRedisScaleOut> | undefined) =>
  createContractServer(relay, {
    ...(scaleOut && { scaleOut }),
    ...EVERYTHING_ON,
    handlers: {
      enter({ connection }, { room }) {
        connection.join('room', room);
        return null;
      },
      say({ to }, said) {
        to('room', said.room).emit('said', said);
        return null;
      },
    },
  });

/** A relay that is joined to others by the Redis at `REDIS_URL`, or to none. */
export async function startRelay(): Promise<number> {
  const server = createRelay(process.env.REDIS_URL ? createRedisScaleOut() : undefined);
  const { port } = await server.listen(0, '127.0.0.1');
  return port;
}

/** A relay in a worker of this machine. */
export async function startRelayWorker(): Promise<void> {
  await createRelay(createClusterScaleOut()).ready;
  process.send?.(READY);
}

/** `WORKERS` workers behind one port; this process hands clients to them and passes on what they say. */
export async function startRelayWorkers(): Promise<number> {
  const httpServer = createServer();
  cluster.setupPrimary({ exec: WORKER, args: [], serialization: 'advanced' });
  setupMaster(httpServer);
  setupPrimary();
  for (let started = 0; started < Number(process.env.WORKERS); started += 1) {
    for await (const [message] of on(cluster.fork(), 'message')) if (message === READY) break;
  }
  return listen(httpServer);
}
