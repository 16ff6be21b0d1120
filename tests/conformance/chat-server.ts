import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import {
  type Agent,
  createChatServer,
  createLogStream,
  createMemoryStore,
  elizaos,
  type RateLimit,
} from '@wirepact/server';
import pino from 'pino';

/** Answers in several parts, and takes its time where it is asked to. */
export const eliza: Agent = {
  id: randomUUID(),
  name: 'Eliza',
  async *respond({ text }, { signal }) {
    const parts = text.includes('slowly') ? 40 : 3;
    for (let part = 0; part < parts && !signal.aborted; part += 1) {
      yield `part ${part} `;
      await setTimeout(5);
    }
  },
};

/** A chat server on which clients may do everything. @param agents Who answers. Default: nobody. @param rateLimit Default: none. */
export async function startChat(agents: readonly Agent[] = [], rateLimit: RateLimit | false = false) {
  const logStream = createLogStream();
  const server = createChatServer({
    logger: pino({ level: 'debug' }, logStream),
    logStream,
    rateLimit,
    dialects: [elizaos],
    store: createMemoryStore({ maxChannels: 100_000 }),
    maxChannels: 100_000,
    agents,
    authorize: () => true,
  });
  const { url } = await server.listen(0, '127.0.0.1');
  return { url, close: () => server.close() };
}
