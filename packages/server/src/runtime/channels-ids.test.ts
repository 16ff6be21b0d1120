import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineContract, defineEvent } from '@wirepact/contract';
import * as Type from 'typebox';
import { expect, onTestFinished, test } from 'vitest';
import { createSqliteStore } from '../chat/store/create-sqlite-store';
import { createMemoryStore } from '../chat/store/memory-store';
import { createContractServer } from './attach-contract';
import { connectTo } from './test-board';
import { silent } from './test-client';

const room = { name: 'board', property: 'boardId' } as const;
const payload = Type.Object({ boardId: Type.String() });
const board = defineContract({
  name: 'board',
  version: '1.0.0',
  clientToServer: { touch_board: defineEvent({ description: 'Touch a board.', payload, room }) },
  serverToClient: {
    boardTouched: defineEvent({ description: 'A board was touched.', payload, durable: true, room }),
  },
});

async function openSqlite() {
  const folder = await mkdtemp(join(tmpdir(), 'wirepact-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const store = createSqliteStore({ file: join(folder, 'board.db') });
  onTestFinished(() => store.close());
  return store;
}

test.each([
  ['memory', createMemoryStore],
  ['SQLite', openSqlite],
])('[ROOM-10] an id that a store cannot keep is refused, whoever names it: %s', async (_name, openStore) => {
  const server = createContractServer(board, {
    handlers: {
      async touch_board({ channel }, touched) {
        await channel('board', touched.boardId).publish('boardTouched', touched);
        return null;
      },
    },
    store: await openStore(),
    logger: silent,
    rateLimit: false,
  });
  onTestFinished(() => server.close());
  const { url } = await server.listen(0, '127.0.0.1');
  const client = await connectTo(url);
  const odd = ['nul\u0000', 'half\ud800', 'half\udc00', '\ud800\ud800'];
  const refused = { ok: false, error: { code: 'INVALID_PAYLOAD', retryable: false } };
  const answers = await Promise.all(
    odd.flatMap((id) => [
      client.ask('wirepact:join', { room: 'board', id }),
      client.ask('touch_board', { boardId: id }),
    ]),
  );
  expect(answers).toMatchObject(odd.flatMap(() => [refused, refused]));
  // Whole pairs are as good as anything.
  expect(await client.ask('touch_board', { boardId: 'whole\ud83d\ude00' })).toMatchObject({ ok: true });
  expect(answers[0]).toMatchObject({ error: { issues: [{ path: '/id' }] } });
  for (const id of odd) expect(() => server.channel('board', id)).toThrow(/half of a surrogate pair/);
});
