import { createServer } from 'node:http';
import { WirepactError } from '@wirepact/contract/runtime';
import { Server } from 'socket.io';
import { describe, expect, onTestFinished, test } from 'vitest';
import { attachContract, createContractServer } from '../index';
import { board, card, connectTo, idleHandlers, startBoard } from './test-board';
import { listen, record, silent } from './test-client';
import { createKeptLog } from './test-log';

describe('a contract that is served', () => {
  test('[SESSION-1] greets with what it speaks', async () => {
    const { url } = await startBoard();
    const { received } = await connectTo(url);
    expect(received[0]).toEqual({
      event: 'wirepact:established',
      payload: {
        protocolVersion: '1.2.0',
        capabilities: ['enter_board', 'move_card', 'list_cards', 'refresh'],
      },
    });
  });

  test('[CALL-1] [CALL-2] checks, handles and acknowledges', async () => {
    const { url } = await startBoard({ move_card: (_context, { column }) => ({ position: column.length }) });
    const client = await connectTo(url);
    expect(await client.ask('move_card', card)).toEqual({ ok: true, data: { position: 4 } });
    expect(await client.ask('move_card', { ...card, column: 1 })).toMatchObject({
      error: { code: 'INVALID_PAYLOAD', issues: [{ path: '/column' }] },
    });
    expect(await client.ask('refresh')).toEqual({ ok: true, data: null });
    expect(await client.ask('move_cart', card)).toMatchObject({ error: { code: 'UNKNOWN_EVENT' } });
  });

  test('[SESSION-2] answers the events of the session, whatever the handlers', async () => {
    const { url } = await startBoard();
    const client = await connectTo(url);
    expect(await client.ask('wirepact:heartbeat')).toEqual({ ok: true, data: { time: expect.any(Number) } });
    expect(await client.ask('wirepact:authenticate', { auth: {} })).toEqual({ ok: true, data: {} });
    expect(await client.ask('wirepact:authenticate', {})).toMatchObject({
      error: { code: 'INVALID_PAYLOAD' },
    });
  });

  test('sends to everybody, to a room, and to all but one', async () => {
    const { server, url } = await startBoard({
      move_card({ to, connection }, moved) {
        to('board', moved.boardId).emit('cardMoved', moved);
        to('board', moved.boardId)
          .except(connection)
          .emit('cardMoved', { ...moved, column: 'others' });
        return { position: 0 };
      },
      refresh({ emit }) {
        emit('refreshed');
        return null;
      },
    });
    const [mover, other, stranger] = [await connectTo(url), await connectTo(url), await connectTo(url)];
    await mover.ask('enter_board', { boardId: 'b1' });
    await other.ask('enter_board', { boardId: 'b1' });
    await stranger.ask('enter_board', { boardId: 'b2' });
    await mover.ask('move_card', card);
    await mover.ask('refresh');
    for (const client of [mover, other, stranger]) await client.waitFor('refreshed');
    expect(mover.payloads('cardMoved')).toEqual([card]);
    expect(other.payloads('cardMoved')).toEqual([card, { ...card, column: 'others' }]);
    expect(stranger.payloads('cardMoved')).toEqual([]);
    server
      .to('board', 'b2')
      .to('board', 'b1')
      .emit('cardMoved', { ...card, column: 'both' });
    for (const client of [mover, other, stranger])
      await expect.poll(() => client.payloads('cardMoved').at(-1)).toEqual({ ...card, column: 'both' });
  });

  test('no room is another’s, whatever clients call it', async () => {
    const { server, url } = await startBoard({
      enter_board({ connection }, { boardId }) {
        connection.join(boardId);
        return null;
      },
    });
    const client = await connectTo(url);
    for (const boardId of ['board:b1', 'board/b1', '5:board:b1', 'board\nb1', 'room/5:board:b1'])
      await client.ask('enter_board', { boardId });
    server.to('board', 'b1').emit('cardMoved', card);
    server.emit('refreshed');
    await client.waitFor('refreshed');
    expect(client.payloads('cardMoved')).toEqual([]);
  });

  test('asks who may do what, about the room that the event declares', async () => {
    const asked: unknown[] = [];
    const { url } = await startBoard(
      {},
      {
        authenticate: ({ auth }) => ({ entityId: String(auth.name) }),
        authorize(attempt) {
          asked.push(attempt);
          return attempt.event !== 'move_card' || attempt.payload.boardId !== 'secret';
        },
      },
    );
    const client = await connectTo(url, { auth: { name: 'ann' } });
    expect(await client.ask('move_card', { ...card, boardId: 'secret' })).toMatchObject({
      error: { code: 'FORBIDDEN' },
    });
    expect(asked).toEqual([
      {
        identity: { entityId: 'ann' },
        address: expect.any(String),
        event: 'move_card',
        payload: { ...card, boardId: 'secret' },
        room: { name: 'board', id: 'secret' },
      },
    ]);
    expect(await client.ask('move_card', card)).toMatchObject({ ok: true });
    expect(await client.ask('wirepact:heartbeat')).toMatchObject({ ok: true });
    expect(asked).toHaveLength(2);
  });

  test('gives its handlers who has sent an event, and a signal that aborts with the connection', async () => {
    const given: unknown[] = [];
    let ended: AbortSignal | undefined;
    const { server, url } = await startBoard(
      {
        refresh({ event, identity, signal, connection }) {
          given.push({ event, identity, id: connection.id });
          ended = signal;
          return null;
        },
      },
      { authenticate: () => ({ entityId: 'ann' }) },
    );
    const client = await connectTo(url);
    await client.ask('refresh');
    expect(given).toEqual([{ event: 'refresh', identity: { entityId: 'ann' }, id: client.socket.id }]);
    expect(ended?.aborted).toBe(false);
    expect(server.connections.map(({ id }) => id)).toEqual([client.socket.id]);
    expect(server.disconnect('ann', 'Enough.')).toBe(1);
    expect(await client.waitFor('wirepact:ended')).toEqual({
      reason: 'KICKED',
      message: 'Enough.',
      reconnect: false,
    });
    expect(ended?.aborted).toBe(true);
    expect(server.connections).toEqual([]);
    expect(server.connectionsOf('ann')).toEqual([]);
  });

  test('[SESSION-3] who was told that the connection ends is told nothing after it', async () => {
    const { server, url } = await startBoard({}, { authenticate: () => ({ entityId: 'ann' }) });
    const client = await connectTo(url);
    server.disconnect('ann');
    server.emit('refreshed');
    await new Promise((resolve) => client.socket.once('disconnect', resolve));
    expect(client.received.map(({ event }) => event)).toEqual(['wirepact:established', 'wirepact:ended']);
  });

  test.each([
    ['is fine', {}, undefined],
    ['asks for another', { protocol: '^2.0.0' }, 'VERSION_UNSUPPORTED'],
    ['asks by name', { protocol: { board: '^1.0.0' } }, undefined],
    ['asks for another contract', { protocol: { chat: '^1.0.0' } }, 'VERSION_UNSUPPORTED'],
  ])('a client whose version %s', async (_what, auth, code) => {
    const { url } = await startBoard();
    const client = record(url, { auth });
    const refused = new Promise((resolve) =>
      client.socket.once('connect_error', (error) => resolve(Reflect.get(error, 'data')?.code)),
    );
    expect(await Promise.race([client.waitFor('wirepact:established').then(() => undefined), refused])).toBe(
      code,
    );
  });

  test('a handler that fails without a code is told as INTERNAL, and in the log', async () => {
    const { logger, lines } = createKeptLog();
    const { url } = await startBoard(
      {
        move_card: () => {
          throw new Error('secret of the database');
        },
      },
      { logger },
    );
    const client = await connectTo(url);
    const answer = await client.ask('move_card', card);
    expect(answer).toMatchObject({ error: { code: 'INTERNAL', retryable: true } });
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(JSON.stringify(lines)).toContain('secret of the database');
  });

  test('a handler that takes too long is an outage', async () => {
    const { url } = await startBoard({ refresh: () => new Promise(() => {}) }, { hookTimeoutMs: 20 });
    expect(await (await connectTo(url)).ask('refresh')).toMatchObject({ error: { code: 'UNAVAILABLE' } });
  });

  test.each<[string, (signal: AbortSignal) => unknown]>([
    ['the reason of its signal', ({ reason }) => reason],
    ['an AbortError', () => new DOMException('aborted', 'AbortError')],
  ])('a handler that throws %s when its client has gone says nothing in the log', async (_what, toError) => {
    const { logger, texts } = createKeptLog();
    let begun = () => {};
    let failed = 0;
    const isBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const { url } = await startBoard(
      {
        refresh: ({ signal }) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              failed += 1;
              reject(toError(signal));
            });
            begun();
          }),
      },
      { logger, authenticate: () => ({ entityId: 'ann' }), authorize: () => true },
    );
    const client = await connectTo(url);
    client.socket.emit('refresh');
    await isBegun;
    client.socket.disconnect();
    await expect.poll(() => failed).toBe(1);
    await (await connectTo(url)).ask('move_card', card);
    expect(texts).toEqual([]);
  });

  test('close lets a handler finish, and tells clients to come back', async () => {
    let finish = () => {};
    let begun = () => {};
    const isBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const { server, url } = await startBoard({
      refresh: () =>
        new Promise((resolve) => {
          finish = () => resolve(null);
          begun();
        }),
    });
    const client = await connectTo(url);
    const answer = client.ask('refresh');
    await isBegun;
    const closed = server.close();
    finish();
    expect(await answer).toEqual({ ok: true, data: null });
    expect(await client.waitFor('wirepact:ended')).toMatchObject({
      reason: 'SERVER_CLOSING',
      reconnect: true,
    });
    await closed;
  });
});

describe('typed errors', () => {
  test('[CALL-3] travel with their data', async () => {
    const { url } = await startBoard({
      move_card: ({ fail }) => fail('CARD_LOCKED', { by: 'ann' }, 'Ann has it.'),
    });
    expect(await (await connectTo(url)).ask('move_card', card)).toEqual({
      ok: false,
      error: { code: 'CARD_LOCKED', message: 'Ann has it.', retryable: true, data: { by: 'ann' } },
    });
  });

  test('without data have none, and say something', async () => {
    const { url } = await startBoard({ move_card: ({ fail }) => fail('BOARD_FULL') });
    expect(await (await connectTo(url)).ask('move_card', card)).toEqual({
      ok: false,
      error: { code: 'BOARD_FULL', message: 'The event failed with BOARD_FULL.', retryable: false },
    });
  });

  test('[CALL-4] with data that the contract does not have are the server’s own', async () => {
    const { logger, lines } = createKeptLog();
    const { url } = await startBoard(
      { move_card: ({ fail }) => fail('CARD_LOCKED', { by: 1 } as never) },
      { logger },
    );
    const answer = await (await connectTo(url)).ask('move_card', card);
    expect(answer).toMatchObject({ error: { code: 'INTERNAL' } });
    expect(JSON.stringify(answer)).not.toContain('by');
    expect(JSON.stringify(lines)).toContain('The data of CARD_LOCKED is not what the contract says.');
  });
});

describe('what the server emits', () => {
  const broken = { ...card, column: 'far too long for a column' };

  test('[CALL-6] is an error of who emits it where it breaks the contract, and not sent', async () => {
    const { server, url } = await startBoard();
    const client = await connectTo(url);
    await client.ask('enter_board', { boardId: 'b1' });
    expect(() => server.to('board', 'b1').emit('cardMoved', broken)).toThrow(
      expect.objectContaining({
        code: 'INVALID_EMIT',
        message: expect.stringContaining('/column'),
        issues: [expect.objectContaining({ path: '/column' })],
      }),
    );
    const [connection] = server.connections;
    expect(() => connection?.emit('cardMoved', broken)).toThrow(/INVALID_EMIT|breaks the contract/);
    expect(() => server.emit('cardMoved', Number.NaN as never)).toThrow(/breaks the contract/);
    expect(() => server.emit('cardMovd' as 'cardMoved', card)).toThrow(
      /no server-to-client event "cardMovd"/,
    );
    server.emit('refreshed');
    await client.waitFor('refreshed');
    expect(client.payloads('cardMoved')).toEqual([]);
  });

  test('is INTERNAL for the client of a handler that does it', async () => {
    const { url } = await startBoard({
      move_card({ emit }) {
        emit('cardMoved', broken);
        return { position: 0 };
      },
    });
    const client = await connectTo(url);
    const answer = await client.ask('move_card', card);
    expect(answer).toMatchObject({ error: { code: 'INTERNAL' } });
  });

  test('is not looked at where the option says so', async () => {
    const { server, url } = await startBoard({}, { checkEmits: false });
    const client = await connectTo(url);
    server.emit('cardMoved', broken);
    expect(await client.waitFor('cardMoved')).toEqual(broken);
  });
});

describe('middleware', () => {
  test('runs around every handler, the first outermost, and hears how it went', async () => {
    const told: string[] = [];
    const tell =
      (name: string) =>
      async ({ event }: { event: string }, next: () => Promise<void>) => {
        told.push(`${name} before ${event}`);
        await next().catch((error: { code: string }) => {
          told.push(`${name} heard ${error.code}`);
          throw error;
        });
        told.push(`${name} after ${event}`);
      };
    const { url } = await startBoard(
      {
        refresh() {
          told.push('handler');
          return null;
        },
        move_card: ({ fail }) => fail('BOARD_FULL'),
      },
      { use: [tell('outer'), tell('inner')] },
    );
    const client = await connectTo(url);
    expect(await client.ask('refresh')).toEqual({ ok: true, data: null });
    expect(told).toEqual([
      'outer before refresh',
      'inner before refresh',
      'handler',
      'inner after refresh',
      'outer after refresh',
    ]);
    told.length = 0;
    expect(await client.ask('move_card', card)).toMatchObject({ error: { code: 'BOARD_FULL' } });
    expect(told).toEqual([
      'outer before move_card',
      'inner before move_card',
      'inner heard BOARD_FULL',
      'outer heard BOARD_FULL',
    ]);
  });

  test('may refuse, and is told where it forgets to go on', async () => {
    const { url } = await startBoard(
      {},
      {
        use: [
          async ({ event }, next) => {
            if (event === 'move_card') throw new WirepactError('MAINTENANCE', 'Come back later.');
            if (event !== 'refresh') await next();
          },
        ],
      },
    );
    const client = await connectTo(url);
    expect(await client.ask('move_card', card)).toMatchObject({ error: { code: 'MAINTENANCE' } });
    expect(await client.ask('refresh')).toMatchObject({ error: { code: 'INTERNAL' } });
    expect(await client.ask('enter_board', { boardId: 'b1' })).toMatchObject({ ok: true });
  });

  test('that does not wait for what is inside changes nothing', async () => {
    const { url } = await startBoard(
      { move_card: async () => ({ position: await Promise.resolve(7) }) },
      { use: [async (_context, next) => void next()] },
    );
    expect(await (await connectTo(url)).ask('move_card', card)).toEqual({ ok: true, data: { position: 7 } });
  });

  test('that goes on twice is at fault, and the handler runs once', async () => {
    let runs = 0;
    const { url } = await startBoard(
      {
        refresh() {
          runs += 1;
          return null;
        },
      },
      {
        use: [
          async (_context, next) => {
            await next();
            await next();
          },
        ],
      },
    );
    expect(await (await connectTo(url)).ask('refresh')).toMatchObject({ error: { code: 'INTERNAL' } });
    expect(runs).toBe(1);
  });
});

describe('attaching', () => {
  test('to an http server, a Socket.IO server and a namespace of one', async () => {
    const options = { logger: silent, rateLimit: false as const, handlers: idleHandlers };
    const plain = createServer();
    const attached = attachContract(plain, board, options);
    const shared = createServer();
    const io = new Server(shared);
    const own = attachContract(io, board, { ...options, namespace: '/board' });
    const given = attachContract(io.of('/given'), board, options);
    onTestFinished(async () => {
      for (const server of [attached, own, given]) await server.close();
      plain.close();
      await io.close();
    });
    const [plainUrl, sharedUrl] = [await listen(plain), await listen(shared)];
    for (const url of [plainUrl, `${sharedUrl}/board`, `${sharedUrl}/given`]) {
      const client = await connectTo(url);
      expect(await client.ask('move_card', card)).toEqual({ ok: true, data: { position: 0 } });
    }
  });

  test.each<[string, () => unknown, RegExp]>([
    [
      'no contract',
      () => createContractServer({} as never, { handlers: {} }),
      /A contract made by `defineContract` comes first/,
    ],
    ['no options', () => createContractServer(board, undefined as never), /options must be an object/],
    ['no handlers', () => createContractServer(board, {} as never), /`handlers` is missing/],
    [
      'a handler that is missing',
      () => createContractServer(board, { handlers: { refresh: () => null } as never }),
      /No handler for enter_board, move_card, list_cards of board/,
    ],
    [
      'a handler that is misspelt',
      () => createContractServer(board, { handlers: { ...idleHandlers, move_cart: () => null } as never }),
      /no event `move_cart` for a handler: did you mean `move_card`/,
    ],
    [
      'an option that is misspelt',
      () => createContractServer(board, { handlers: idleHandlers, authorise: () => true } as never),
      /did you mean `authorize`/,
    ],
    [
      'middleware that is none',
      () => createContractServer(board, { handlers: idleHandlers, use: {} as never }),
      /`use` must be an array of functions/,
    ],
    [
      'a port',
      () => attachContract(3000 as never, board, { handlers: idleHandlers }),
      /call createContractServer/,
    ],
  ])('says what is wrong with %s', (_what, serve, message) => {
    expect(serve).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.stringMatching(message) }),
    );
  });
});

test('handlers see who is connected, and put somebody out, without naming their server', async () => {
  const seen: unknown[] = [];
  const { url } = await startBoard(
    {
      refresh({ connections, connectionsOf, disconnect, identity }) {
        seen.push([connections.length, connectionsOf('bob').length, identity?.entityId]);
        seen.push(disconnect('bob', 'Enough.'), connectionsOf('bob').length);
        return null;
      },
    },
    { authenticate: ({ auth }) => ({ entityId: String(auth.as) }) },
  );
  const ada = await connectTo(url, { auth: { as: 'ada' } });
  const bob = await connectTo(url, { auth: { as: 'bob' } });
  expect(await ada.ask('refresh')).toEqual({ ok: true, data: null });
  expect(seen).toEqual([[2, 1, 'ada'], 1, 0]);
  expect(await bob.waitFor('wirepact:ended')).toMatchObject({ reason: 'KICKED', message: 'Enough.' });
});
