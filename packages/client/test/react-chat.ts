import { type ChatServerOptions, createChatServer, createMemoryStore } from '@wirepact/server';
import pino from 'pino';
import { onTestFinished } from 'vitest';
import type { ChatClientOptions } from '../src/index';

/** Options of clients that reconnect within milliseconds and send no heartbeats. */
export const QUICK: ChatClientOptions = {
  transports: ['websocket'],
  reconnectionDelay: 5,
  reconnectionDelayMax: 20,
  heartbeatIntervalMs: 0,
  entityId: 'user-123',
  entityName: 'Ada',
};

/** A real chat server until the test ends. */
export async function serveChat(options: ChatServerOptions = {}) {
  const server = createChatServer({
    ...{ rateLimit: false, store: createMemoryStore(), logger: pino({ level: 'silent' }) },
    ...options,
  });
  onTestFinished(() => server.close());
  const { url } = await server.listen(0, '127.0.0.1');
  return { server, url };
}
