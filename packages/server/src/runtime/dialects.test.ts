import { describe, expect, onTestFinished, test } from 'vitest';
import { attachContract, type Dialect, defineDialect, fieldsOf } from '../index';
import { board, card, connectTo, idleHandlers, startBoard } from './test-board';
import { record, silent } from './test-client';
import { createTestCluster } from './test-cluster';

/** What the pages of the board sent and heard before there was a contract: positions in place of names. */
const legacy = defineDialect(board, {
  name: 'legacy',
  speaks: ({ query }) => query.page === 'old',
  receive: {
    'board open': ([boardId]) => ({ event: 'enter_board', payload: { boardId } }),
    'card move': ([move]) => {
      const { board: boardId, card: cardId, to: column } = fieldsOf(move);
      return {
        event: 'move_card',
        payload: { boardId, cardId, column },
        answer: (ack, acknowledge) =>
          ack.ok ? acknowledge(null, ack.data.position) : acknowledge(ack.error.code),
      };
    },
    whoami: (_args, client) => {
      client.tell('you are', client.id);
      return { event: 'refresh' };
    },
    broken: () => {
      throw new Error('never mapped');
    },
    nothing: () => undefined,
    refresh: () => ({ event: 'refresh', answer: (_ack, acknowledge) => acknowledge('done') }),
  },
  send: {
    cardMoved: ({ cardId, column }) => [
      ['card', cardId],
      ['moved', column],
    ],
    refreshed: () => [],
    'wirepact:established': (_payload, client) => [['hello', client?.id]],
  },
});

const dialects = [legacy];
const old = { query: { page: 'old' } };

async function connectOld(url: string, options: object = old) {
  const page = record(url, options);
  await page.waitFor('hello');
  return page;
}

/** Serves the board to old and new pages, with a handler that tells everybody of a card. */
const startBoth = (options: Parameters<typeof startBoard>[1] = {}) =>
  startBoard(
    {
      move_card: ({ to }, moved) => {
        to('board', moved.boardId).emit('cardMoved', moved);
        return { position: 7 };
      },
    },
    { dialects, ...options },
  );

describe.each([true, false])('with fastPath %s', (fastPath) => {
  test.each(['websocket', 'polling'])(
    '[DIALECT-1] pages of both wires are in one room, each with its own events, by %s',
    async (transport) => {
      const { url } = await startBoth({ fastPath });
      const page = await connectOld(url, { ...old, transports: [transport] });
      const client = await connectTo(url);
      await page.ask('board open', 'b1');
      await client.ask('enter_board', { boardId: 'b1' });
      expect(await page.ask('card move', { board: 'b1', card: 'c1', to: 'done' })).toBe(null);
      expect(await client.ask('move_card', card)).toEqual({ ok: true, data: { position: 7 } });
      await page.waitFor('moved', 2);
      await client.waitFor('cardMoved', 2);
      expect(page.received).toEqual([
        { event: 'hello', payload: page.socket.id },
        { event: 'card', payload: 'c1' },
        { event: 'moved', payload: 'done' },
        { event: 'card', payload: 'c1' },
        { event: 'moved', payload: 'done' },
      ]);
      expect(client.payloads('cardMoved')).toEqual([card, card]);
      expect(client.payloads('card')).toEqual([]);
    },
  );
});

test('[DIALECT-2] what a dialect maps is checked, counted and refused as the event itself', async () => {
  const { url } = await startBoth({
    authorize: ({ event, payload }) => event !== 'move_card' || fieldsOf(payload).cardId !== 'locked',
    rateLimit: { points: 4 },
  });
  const page = await connectOld(url);
  expect(await page.ask('card move', { board: 'b1', card: 'c1', to: 7 })).toBe('INVALID_PAYLOAD');
  expect(await page.ask('card move', 'nothing of the kind')).toBe('INVALID_PAYLOAD');
  expect(await page.ask('card move', { board: 'b1', card: 'locked', to: 'done' })).toBe('FORBIDDEN');
  expect(await page.ask('card move', { board: 'b1', card: 'c1', to: 'done' })).toBe(null);
  expect(await page.ask('card move', { board: 'b1', card: 'c1', to: 'done' })).toBe('RATE_LIMITED');
});

test('[DIALECT-3] a client of which the handshake says nothing speaks what its first event is in', async () => {
  const { server, url } = await startBoth();
  const [late, own] = await Promise.all([connectTo(url), connectTo(url)]);
  expect(await late.ask('refresh')).toEqual({ ok: true, data: null });
  expect(await late.ask('unheard_of')).toMatchObject({ ok: false, error: { code: 'UNKNOWN_EVENT' } });
  await late.ask('board open', 'b1');
  await own.ask('enter_board', { boardId: 'b1' });
  expect(await own.ask('board open', 'b1')).toMatchObject({ ok: false, error: { code: 'UNKNOWN_EVENT' } });
  expect(await late.ask('refresh')).toBe('done');
  expect(server.connections.map(({ id, dialect }) => [id, dialect])).toEqual(
    expect.arrayContaining([
      [late.socket.id, 'legacy'],
      [own.socket.id, undefined],
    ]),
  );
  server.to('board', 'b1').emit('cardMoved', card);
  expect(await late.waitFor('card')).toBe('c1');
  expect(await own.waitFor('cardMoved')).toEqual(card);
});

test('[DIALECT-3] rooms that a client was in before it was known to speak a dialect stay its rooms', async () => {
  const { server, url } = await startBoth({});
  const late = await connectTo(url);
  server.connections[0]?.join('board', 'b1');
  await late.ask('whoami');
  server.to('board', 'b1').emit('cardMoved', card);
  expect(await late.waitFor('card')).toBe('c1');
  expect(late.payloads('cardMoved')).toEqual([]);
  expect(server.connections[0]?.isIn('board', 'b1')).toBe(true);
  server.connections[0]?.leave('board', 'b1');
  expect(server.connections[0]?.isIn('board', 'b1')).toBe(false);
});

test('[DIALECT-4] what a dialect does not name is as in the contract', async () => {
  const { server, url } = await startBoth();
  const page = await connectOld(url);
  expect(await page.ask('move_card', card)).toEqual({ ok: true, data: { position: 7 } });
  expect(await page.ask('wirepact:heartbeat')).toMatchObject({ ok: true });
  page.socket.on('confirm_move', (_payload, answer) => answer({ ok: true, data: { isFine: true } }));
  expect(await server.connections[0]?.request('confirm_move', { cardId: 'c1' })).toEqual({ isFine: true });
});

test('[DIALECT-4] everybody is told in their own words, but for those who are left out', async () => {
  const { server, url } = await startBoth();
  const page = await connectOld(url);
  const other = await connectOld(url);
  const client = await connectTo(url);
  server.emit('cardMoved', card);
  await Promise.all([page.waitFor('moved'), other.waitFor('moved'), client.waitFor('cardMoved')]);
  server.emit('refreshed');
  server.emit('cardMoved', { ...card, cardId: 'c2' });
  await Promise.all([page.waitFor('moved', 2), client.waitFor('cardMoved', 2)]);
  expect(page.payloads('refreshed')).toEqual([]);
  expect(page.payloads('card')).toEqual(['c1', 'c2']);
  expect(page.payloads('cardMoved')).toEqual([]);
  expect(client.payloads('refreshed')).toEqual([undefined]);
  expect(client.payloads('card')).toEqual([]);
});

test('[DIALECT-5] what a mapping gives up is refused as an event that the contract does not have, and the server goes on', async () => {
  const { url } = await startBoth({ maxRefusals: 2 });
  const page = await connectOld(url);
  const unknown = { ok: false, error: { code: 'UNKNOWN_EVENT' } };
  expect(await page.ask('broken', { deep: { er: 1 } })).toMatchObject(unknown);
  expect(await page.ask('nothing')).toMatchObject(unknown);
  page.socket.emit('nothing');
  expect(await page.waitFor('wirepact:ended')).toMatchObject({ reason: 'TOO_MANY_REFUSALS' });
  await expect(connectOld(url)).resolves.toBeDefined();
});

test('[DIALECT-5] what a dialect cannot tell of a handshake, or say of an event, is left out', async () => {
  const odd = defineDialect(board, {
    name: 'odd',
    speaks: ({ query }) => query.odd === 'yes' || Object(query.broken).never.there,
    receive: {},
    send: {
      cardMoved: () => {
        throw new Error('never said');
      },
    },
  });
  const { server, url } = await startBoth({ dialects: [odd] });
  const page = await connectTo(url, { query: { odd: 'yes' } });
  const client = await connectTo(url);
  server.emit('cardMoved', card);
  server.emit('refreshed');
  await Promise.all([page.waitFor('refreshed'), client.waitFor('refreshed')]);
  expect(page.payloads('cardMoved')).toEqual([]);
  expect(client.payloads('cardMoved')).toEqual([card]);
});

test('a dialect is of the contract that is served, and the only one of its name', async () => {
  const other = defineDialect({ ...board, name: 'other' }, { name: 'legacy', receive: {}, send: {} });
  await expect(startBoard({}, { dialects: [other] })).rejects.toThrow(
    'is one of other, which is not served here',
  );
  await expect(startBoard({}, { dialects: [legacy, legacy] })).rejects.toThrow(
    'Two dialects are called legacy',
  );
  const none: unknown = [{ name: 'legacy' }];
  await expect(startBoard({}, { dialects: none as Dialect[] })).rejects.toThrow('what `defineDialect` makes');
  expect(() => defineDialect(board, { name: 'two words', receive: {}, send: {} })).toThrow('letters, digits');
  const send: object = { cardFlown: () => [] };
  expect(() => defineDialect(board, { name: 'legacy', receive: {}, send })).toThrow(
    'which board does not send',
  );
});

test('[DIALECT-1] what one process sends, clients of a dialect hear in all that an adapter reaches', async () => {
  const { addNode } = createTestCluster();
  const [here, there] = [await addNode(), await addNode()];
  const serve = ({ io }: typeof here) => {
    const server = attachContract(io, board, {
      dialects,
      handlers: idleHandlers,
      logger: silent,
      rateLimit: false,
    });
    onTestFinished(() => server.close());
    return server;
  };
  const [server] = [serve(here), serve(there)];
  const page = await connectOld(there.url);
  await page.ask('board open', 'b1');
  server.to('board', 'b1').emit('cardMoved', card);
  server.emit('cardMoved', card);
  await page.waitFor('moved', 2);
  expect(page.payloads('card')).toEqual(['c1', 'c1']);
  expect(page.payloads('cardMoved')).toEqual([]);
});
