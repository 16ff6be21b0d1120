import { createChatServer, createMemoryStore } from '@wirepact/server';

/** The chat server with nothing but its defaults, its store in memory; its log goes to standard output. */
export async function startChat(): Promise<number> {
  const { port } = await createChatServer({ store: createMemoryStore() }).listen(0, '127.0.0.1');
  return port;
}
