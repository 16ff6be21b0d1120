import { createChatServer } from '@wirepact/server';
import { createPostgresStore } from '@wirepact/server/postgres';
import { createRedisScaleOut } from '@wirepact/server/redis';

/** One of several processes that serve the same chat. */
export async function runNode(): Promise<void> {
  const store = createPostgresStore({ connection: process.env.DATABASE_URL ?? '' });
  const chat = createChatServer({
    store,
    // The Redis at REDIS_URL.
    scaleOut: createRedisScaleOut(),
    // The load balancer says who the client is.
    trustProxy: 1,
    // Clients of a node that is replaced go to the others over two seconds.
    drainSpreadMs: 2_000,
    agents: [
      {
        id: '987fcdeb-51a2-43f1-b012-123456789abc',
        name: 'Echo',
        async *respond(message) {
          yield `You said: ${message.text}`;
        },
      },
    ],
  });
  const { port } = await chat.listen();
  process.send?.({ port });
  process.once('SIGTERM', async () => {
    await chat.close();
    await store.close();
    process.exit();
  });
  // Where the process is gone that started it.
  process.once('disconnect', () => process.exit());
}
