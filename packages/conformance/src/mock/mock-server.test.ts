import { toContractDocument } from '@wirepact/cli';
import { defineContract, defineEvent } from '@wirepact/contract';
import { io, type Socket } from 'socket.io-client';
import * as Type from 'typebox';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { MockOptions } from './mock-script';
import { startMockServer } from './mock-server';
import { recordSession } from './record-session';
import { replaySession } from './replay-session';

const room = { name: 'board', property: 'boardId' } as const;
const Card = Type.Object({ boardId: Type.String(), cardId: Type.String({ minLength: 1 }) });
const contract = toContractDocument(
  defineContract({
    name: 'board',
    version: '1.2.3',
    errors: {
      LOCKED: {
        ...{ description: 'Somebody has it.', retryable: true, action: 'Wait.' },
        data: Type.Object({ by: Type.String() }),
      },
    },
    clientToServer: {
      read_card: defineEvent({
        description: 'Reads.',
        payload: Card,
        reply: Type.Object({ position: Type.Integer() }),
      }),
      move_card: defineEvent({ description: 'Moves.', payload: Card, errors: ['LOCKED'], room }),
      list_cards: defineEvent({ description: 'Lists.', stream: Card }),
    },
    serverToClient: {
      cardMoved: defineEvent({ description: 'Moved.', payload: Card, durable: true, room }),
      notice: defineEvent({ description: 'Says.', payload: Type.Object({ text: Type.String() }) }),
    },
  }),
);
const CARD = { boardId: 'b', cardId: 'c' };

async function start(options?: MockOptions) {
  const mock = await startMockServer(contract, options);
  onTestFinished(() => mock.close());
  return mock;
}

/** A client, with the events that came. */
async function connect(url: string) {
  const socket = io(url, { forceNew: true, reconnection: false });
  onTestFinished(() => void socket.close());
  const events: [string, unknown][] = [];
  socket.onAny((event: string, payload: unknown) => events.push([event, payload]));
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  return { socket, events };
}

const next = (socket: Socket, event: string) =>
  new Promise<unknown>((resolve) => socket.once(event, resolve));

describe('a mock server', () => {
  test('greets, and answers what the session has', async () => {
    const { socket, events } = await connect((await start()).url);
    expect(await socket.emitWithAck('wirepact:heartbeat')).toEqual({
      ok: true,
      data: { time: expect.any(Number) },
    });
    const capabilities = ['read_card', 'move_card', 'list_cards'];
    expect(events).toEqual([['wirepact:established', { protocolVersion: '1.2.3', capabilities }]]);
    expect(await socket.emitWithAck('wirepact:authenticate', { auth: {} })).toEqual({ ok: true, data: {} });
    expect(await socket.emitWithAck('no_such_event')).toMatchObject({ error: { code: 'UNKNOWN_EVENT' } });
  });

  test('makes answers from the schema, the same ones for the same seed', async () => {
    const ask = async (seed: number) => {
      const { socket } = await connect((await start({ seed })).url);
      return socket.emitWithAck('read_card', CARD);
    };
    const first = await ask(1);
    expect(first).toEqual({ ok: true, data: { position: expect.any(Number) } });
    expect(await ask(1)).toEqual(first);
    expect(await ask(7)).not.toEqual(first);
  });

  test('refuses what is not as the contract says, and keeps what it was sent', async () => {
    const mock = await start();
    const { socket } = await connect(mock.url);
    const answer = await socket.emitWithAck('move_card', { boardId: 7 });
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PAYLOAD', issues: [{ path: '/boardId' }, {}] },
    });
    expect(mock.received).toEqual([{ event: 'move_card', payload: { boardId: 7 } }]);
  });

  test('answers as it is told, with data, a function, or an error of the contract', async () => {
    const { url } = await start({
      answers: {
        read_card: { data: { position: 4 } },
        move_card: ({ payload, fail, emit }) => {
          if (payload.cardId === 'locked') fail('LOCKED', { by: 'Ada' });
          if (payload.cardId === 'broken') throw new Error('a typo');
          emit('notice', { text: 'moved' });
          return null;
        },
      },
    });
    const { socket, events } = await connect(url);
    expect(await socket.emitWithAck('read_card', CARD)).toEqual({ ok: true, data: { position: 4 } });
    expect(await socket.emitWithAck('move_card', CARD)).toEqual({ ok: true, data: null });
    expect(events.at(-1)).toEqual(['notice', { text: 'moved' }]);
    expect(await socket.emitWithAck('move_card', { ...CARD, cardId: 'locked' })).toEqual({
      ok: false,
      error: { code: 'LOCKED', message: 'The mock fails with LOCKED.', retryable: true, data: { by: 'Ada' } },
    });
    const broken = await socket.emitWithAck('move_card', { ...CARD, cardId: 'broken' });
    expect(broken).toMatchObject({ error: { code: 'INTERNAL', message: expect.stringContaining('a typo') } });
  });

  test('streams what is made up, or what it is told, as far as the client grants it', async () => {
    const items = Array.from({ length: 40 }, (_, index) => ({ boardId: 'b', cardId: `${index}` }));
    const { url } = await start({ answers: { list_cards: () => items } });
    const { socket, events } = await connect(url);
    const { data } = await socket.emitWithAck('list_cards');
    await expect.poll(() => events.length).toBe(2);
    await socket.emitWithAck('wirepact:stream_credit', { ...data, credit: 32 });
    expect(events.slice(1)).toEqual([
      ['wirepact:stream_items', { ...data, items: items.slice(0, 32) }],
      ['wirepact:stream_items', { ...data, items: items.slice(32) }],
      ['wirepact:stream_end', data],
    ]);
    const made = await connect((await start()).url);
    await made.socket.emitWithAck('list_cards');
    await expect.poll(() => made.events.at(-1)?.[0]).toBe('wirepact:stream_end');
    expect(made.events.at(-2)).toEqual([
      'wirepact:stream_items',
      { stream: 'mock-1', items: Array(3).fill(expect.any(Object)) },
    ]);
  });

  test('keeps rooms: numbers, members, and what was missed', async () => {
    const mock = await start();
    const [ada, ben] = [await connect(mock.url), await connect(mock.url)];
    const join = { room: 'board', id: 'b' };
    const { data } = await ada.socket.emitWithAck('wirepact:join', join);
    expect(data).toEqual({ epoch: expect.any(String), seq: 0 });
    mock.emit('cardMoved', CARD);
    mock.emit('cardMoved', CARD);
    const resumed = await ben.socket.emitWithAck('wirepact:join', {
      ...join,
      resume: { epoch: data.epoch, seq: 1 },
    });
    expect(resumed).toEqual({ ok: true, data: { epoch: data.epoch, seq: 2, recovered: true } });
    await ada.socket.emitWithAck('wirepact:leave', join);
    mock.emit('cardMoved', CARD);
    await ben.socket.emitWithAck('wirepact:heartbeat');
    const seqs = (events: [string, unknown][]) => events.flatMap(([, payload]) => Object(payload).seq ?? []);
    expect([seqs(ada.events), seqs(ben.events)]).toEqual([
      [1, 2],
      [2, 3],
    ]);
    const lost = { ...join, resume: { epoch: 'another', seq: 0 } };
    expect(await ada.socket.emitWithAck('wirepact:join', lost)).toMatchObject({
      data: { recovered: false, seq: 3 },
    });
  });

  test('sends to everybody what belongs to no journal, and makes it up where it is given none', async () => {
    const mock = await start();
    const { socket } = await connect(mock.url);
    const told = next(socket, 'notice');
    mock.emit('notice');
    expect(await told).toEqual({ text: expect.any(String) });
    const code = 'INVALID_EMIT';
    expect(() => mock.emit('unknown')).toThrow(expect.objectContaining({ code }));
    expect(() => mock.emit('notice', { text: 7 })).toThrow(expect.objectContaining({ code }));
  });

  test('goes wrong where it is told to, so often, and is right again', async () => {
    const mock = await start({ answers: { read_card: { data: { position: 1 } } } });
    const { socket } = await connect(mock.url);
    const right = { ok: true, data: { position: 1 } };
    mock.fail('read_card', 'wrong', 2);
    for (const _time of [1, 2]) expect(await socket.emitWithAck('read_card', CARD)).not.toEqual(right);
    mock.fail('read_card', { delayMs: 1 });
    expect(await socket.emitWithAck('read_card', CARD)).toEqual(right);
    mock.fail('read_card', 'drop');
    let dropped = true;
    socket.emit('read_card', CARD, () => {
      dropped = false;
    });
    expect(await socket.emitWithAck('read_card', CARD)).toEqual(right);
    expect(dropped).toBe(true);
    mock.fail('notice', 'wrong');
    const told = next(socket, 'notice');
    mock.emit('notice', { text: 'right' });
    expect(await told).not.toEqual({ text: 'right' });
    mock.fail('read_card', 'disconnect');
    socket.emit('read_card', CARD);
    expect(await next(socket, 'disconnect')).toBe('io server disconnect');
  });
});

test('a session that was recorded is said again', async () => {
  const mock = await start({
    answers: {
      read_card: ({ payload }) => ({ position: payload.cardId === 'first' ? 1 : 2 }),
      move_card: ({ emit }) => {
        emit('notice', { text: 'moved' });
        return null;
      },
    },
  });
  const recorder = await recordSession(mock.url);
  onTestFinished(() => recorder.close());
  const said = async (url: string) => {
    const { socket, events } = await connect(url);
    const answers = [
      await socket.emitWithAck('read_card', { ...CARD, cardId: 'first' }),
      await socket.emitWithAck('read_card', { ...CARD, cardId: 'second' }),
      await socket.emitWithAck('move_card', CARD),
    ];
    return { answers, events };
  };
  const recorded = await said(recorder.url);
  const session = JSON.parse(JSON.stringify(recorder.session()));
  expect(session.map(({ event }: { event: string }) => event)).toEqual([
    ...['wirepact:established', 'read_card', 'read_card', 'move_card', 'notice'],
  ]);
  const replay = await replaySession(session);
  onTestFinished(() => replay.close());
  expect(await said(replay.url)).toEqual(recorded);
  // Whoever asks in another order has the answers to what it asks.
  const { socket } = await connect(replay.url);
  expect(await socket.emitWithAck('read_card', { ...CARD, cardId: 'second' })).toMatchObject({
    data: { position: 2 },
  });
});

test('pages of any address may connect to a mock, to a recorder and to a replay', async () => {
  const mock = await start();
  const servers = [mock, await recordSession(mock.url), await replaySession([])];
  onTestFinished(async () => {
    for (const server of servers.slice(1)) await server.close();
  });
  for (const { url } of servers) {
    const { headers } = await fetch(`${url}/socket.io/?EIO=4&transport=polling`);
    expect(headers.get('access-control-allow-origin')).toBe('*');
  }
});

describe('what cannot be meant is refused where it is said', () => {
  const refused = (code: string, message: RegExp) =>
    expect.objectContaining({ code, message: expect.stringMatching(message) });

  test.each<[string, object, RegExp]>([
    ['an answer to no event', { answers: { move_cart: () => null } }, /no event "move_cart" of a client/],
    ['an answer that is none', { answers: { move_card: 7 } }, /answers\.move_card has to be a function/],
  ])('%s', async (_, options, message) => {
    await expect(startMockServer(contract, options)).rejects.toThrow(refused('INVALID_OPTIONS', message));
  });

  test('a contract that is no document', async () => {
    const wrong = { name: 'board' } as unknown as typeof contract;
    await expect(startMockServer(wrong)).rejects.toThrow(
      refused('INVALID_CONTRACT', /not a contract document/),
    );
  });

  test.each<[string, unknown[], RegExp]>([
    ['a fault of no event', ['move_cart', 'drop'], /no event "move_cart"/],
    ['a fault without an event', [], /no event "undefined"/],
    ['a fault that is none', ['move_card', 'explode'], /a fault is/],
    ['a delay that is none', ['move_card', { delayMs: -1 }], /a fault is/],
    ['never', ['move_card', 'drop', 0], /`times`/],
  ])('%s', async (_, given, message) => {
    const mock = await start();
    expect(() => Reflect.apply(mock.fail, mock, given)).toThrow(refused('INVALID_OPTIONS', message));
  });

  test.each<[string, unknown, RegExp]>([
    ['no session', undefined, /list of steps/],
    ['a session in an envelope', { steps: [] }, /list of steps/],
    [
      'a step of nobody',
      [
        { from: 'server', event: 'a' },
        { from: 'x', event: 'a' },
      ],
      /Step 1/,
    ],
    ['a step without a name', [{ from: 'server', event: 7 }], /Step 0/],
  ])('%s', async (_, session, message) => {
    await expect(replaySession(session as never)).rejects.toThrow(refused('INVALID_OPTIONS', message));
  });

  test.each([undefined, '', 'localhost:3000', 'http://'])('the address %s', async (url) => {
    await expect(recordSession(url as never)).rejects.toThrow(refused('INVALID_OPTIONS', /is no address/));
  });
});
