import { createContractServer, createMemoryStore, type PresenceOptions } from '@wirepact/server';
import pino from 'pino';
import { onTestFinished } from 'vitest';
import { board } from './board-fixture';

/** A real server of boards until the test ends; clients are who their `auth.as` says. */
export async function serveBoard(presence: PresenceOptions = { intervalMs: 20 }, port = 0) {
  const server = createContractServer(board, {
    handlers: {
      move_card: () => ({ position: 1 }),
      place_card: async ({ channel }, payload) =>
        channel('board', payload.boardId).publish('cardPlaced', payload),
      refresh: () => null,
      async *list_cards() {},
      async *follow_cards() {},
    },
    store: createMemoryStore(),
    logger: pino({ level: 'silent' }),
    authenticate: ({ auth }) => ({ entityId: String(auth.as) }),
    rateLimit: false,
    presence,
  });
  const { url } = await server.listen(port);
  onTestFinished(() => server.close());
  return { server, url };
}
