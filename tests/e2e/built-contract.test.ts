import { buildContract } from '@wirepact/cli';
import { createContractClient } from '@wirepact/client';
import { createContractServer, createMemoryStore } from '@wirepact/server';
import pino from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadBuilt } from '../../packages/cli/src/emit/test-load-built';
import { live } from '../../packages/cli/src/test-live-contract';

type Live = typeof live;

const CARDS = [
  { id: 'a', title: 'First' },
  { id: 'b', title: 'Second' },
];

/** The contract of this test as it is published. */
async function loadLive(): Promise<Live> {
  const { live: built } = await loadBuilt(buildContract(live, 'live'), 'index.js');
  // Its types are compared with those of the declaration where it is emitted.
  return built as Live;
}

/** A server and a client, each with its own copy of the contract. */
async function startPair(ofServer: Live, ofClient: Live) {
  const server = createContractServer(ofServer, {
    logger: pino({ enabled: false }),
    checkEmits: true,
    store: createMemoryStore(),
    handlers: {
      async move_card({ fail, channel }, { boardId, cardId, moveId }) {
        if (cardId === 'locked') fail('CARD_LOCKED', { by: 'Ada' });
        // What no type lets through: the check of what an error tells is there at run time, too.
        if (cardId === 'broken') fail('CARD_LOCKED', JSON.parse('{ "by": 7 }'));
        await channel('board', boardId).publish('cardMoved', { boardId, moveId });
        return { position: cardId.length };
      },
      async *list_cards(_context, { after }) {
        for (const card of CARDS) if (after === undefined || card.id > after) yield card;
      },
    },
  });
  onTestFinished(() => server.close());
  const { url } = await server.listen(0, '127.0.0.1');
  const client = createContractClient(url, ofClient);
  onTestFinished(() => client.close());
  await client.connect();
  return { server, client };
}

describe.each([
  ['as it was declared', async () => live, async () => live],
  ['as it is built, on both ends', loadLive, loadLive],
  ['as it is built, on the server', loadLive, async () => live],
  ['as it is built, in the client', async () => live, loadLive],
] as const)('a contract is spoken %s', (_how, ofServer, ofClient) => {
  const start = async () => startPair(await ofServer(), await ofClient());
  const move = { boardId: 'b', cardId: 'card', moveId: 'm1' };

  test('requests are answered, and refused with their issues', async () => {
    const { client } = await start();
    expect(await client.request('move_card', move)).toEqual({ position: 4 });
    const wrong = client.request('move_card', JSON.parse('{ "boardId": 1, "cardId": "a", "moveId": "m" }'));
    await expect(wrong).rejects.toMatchObject({ code: 'INVALID_PAYLOAD', issues: [{ path: '/boardId' }] });
  });

  test('errors tell what their codes declare, and nothing else', async () => {
    const { client } = await start();
    expect(await client.safeRequest('move_card', { ...move, cardId: 'locked' })).toMatchObject({
      ok: false,
      error: { code: 'CARD_LOCKED', retryable: true, data: { by: 'Ada' } },
    });
    expect(await client.safeRequest('move_card', { ...move, cardId: 'broken' })).toMatchObject({
      ok: false,
      error: { code: 'INTERNAL' },
    });
  });

  test('streams bring their items', async () => {
    const { client } = await start();
    const items: unknown[] = [];
    for await (const item of client.stream('list_cards', {})) items.push(item);
    expect(items).toEqual(CARDS);
    const rest: unknown[] = [];
    for await (const item of client.stream('list_cards', { after: 'a' })) rest.push(item);
    expect(rest).toEqual(CARDS.slice(1));
  });

  test('the server asks the client, and checks what it answers', async () => {
    const { server, client } = await start();
    client.handle('confirm_move', ({ cardId }) => ({ allowed: cardId === 'a' }));
    const [connection] = server.connections;
    expect(await connection?.request('confirm_move', { cardId: 'a' })).toEqual({ allowed: true });
    expect(await connection?.request('confirm_move', { cardId: 'b' })).toEqual({ allowed: false });
  });
});
