import { createServer } from 'node:http';
import { defineContract, defineEvent } from '@wirepact/contract';
import { type DefaultEventsMap, Server, type Socket } from 'socket.io';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type CheckedSocket, checkSocket } from '../index';
import { type Board, board, card } from './test-board';
import { listen, record, silent } from './test-client';
import { createKeptLog } from './test-log';

type Listen = (socket: CheckedSocket<Board>, plain: Socket) => void;

/** An application of plain Socket.IO whose sockets are checked. */
async function startApp(onSocket: Listen, options: Parameters<typeof checkSocket>[2] = { logger: silent }) {
  const httpServer = createServer();
  const io = new Server(httpServer);
  onTestFinished(() => io.close());
  io.on('connection', (plain) => onSocket(checkSocket(board, plain, options), plain));
  return { io, url: await listen(httpServer) };
}

async function connect(url: string) {
  const client = record(url);
  await new Promise<void>((resolve) => client.socket.once('connect', resolve));
  return client;
}

describe('a plain socket that is checked', () => {
  test('delivers what the contract says, with an acknowledgement', async () => {
    const { url } = await startApp((socket) => {
      socket.on('move_card', ({ column }, answer) =>
        answer?.({ ok: true, data: { position: column.length } }),
      );
      socket.on('refresh', (answer) => answer?.({ ok: true, data: null }));
    });
    const client = await connect(url);
    expect(await client.ask('move_card', card)).toEqual({ ok: true, data: { position: 4 } });
    expect(await client.ask('refresh', 'dropped', 7)).toEqual({ ok: true, data: null });
  });

  test.each<[string, string | number, unknown[], string]>([
    ['a payload that breaks it', 'move_card', [{ ...card, column: 7 }], 'INVALID_PAYLOAD'],
    ['no payload', 'move_card', [], 'INVALID_PAYLOAD'],
    [
      'a payload that is too large',
      'move_card',
      [{ ...card, more: 'x'.repeat(200_000) }],
      'PAYLOAD_TOO_LARGE',
    ],
    ['an event that it does not have', 'move_cart', [card], 'UNKNOWN_EVENT'],
    ['an event of every object', 'toString', [card], 'UNKNOWN_EVENT'],
    // Socket.IO delivers those as well.
    ['an event that is a number', 7, [card], 'UNKNOWN_EVENT'],
  ])('answers %s, and does not deliver it', async (_what, event, args, code) => {
    const heard: unknown[] = [];
    const { url } = await startApp((socket, plain) => {
      plain.on(String(event), (...given) => heard.push(given));
      socket.on('refresh', (answer) => answer?.({ ok: true, data: null }));
    });
    const client = await connect(url);
    // Its types are those of whoever means well.
    const name = event as string;
    expect(await client.ask(name, ...args)).toMatchObject({ ok: false, error: { code } });
    client.socket.emit(name, ...args);
    await client.ask('refresh');
    expect(heard).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['whose data is not what the contract says', { ok: true, data: { position: 'first' } }],
    ['that is none', { position: 0 }],
    ['of nothing', undefined],
    ['of an error that is none', { ok: false, error: 'locked' }],
  ])('answers INTERNAL for an acknowledgement %s, and logs it', async (_what, given) => {
    const { logger, lines } = createKeptLog();
    const { url } = await startApp(
      (_socket, plain) => plain.on('move_card', (_card, answer) => answer(given)),
      { logger },
    );
    const client = await connect(url);
    expect(await client.ask('move_card', card)).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
    expect(JSON.stringify(lines)).toContain('The acknowledgement breaks the contract.');
  });

  test('lets errors of the application through', async () => {
    const error = { code: 'CARD_LOCKED', message: 'Ann has it.', retryable: true, data: { by: 'ann' } };
    const { url } = await startApp((socket) =>
      socket.on('move_card', (_card, answer) => answer?.({ ok: false, error })),
    );
    expect(await (await connect(url)).ask('move_card', card)).toEqual({ ok: false, error });
  });

  test('throws where what is emitted breaks the contract, wherever it goes', async () => {
    const thrown: unknown[] = [];
    const broken = { ...card, column: 'far too long for a column' };
    const { url } = await startApp((socket) => {
      void socket.join('board');
      const emits = [
        () => socket.emit('cardMoved', broken),
        () => socket.emit('refreshd' as 'refreshed'),
        () => socket.to('board').emit('cardMoved', broken),
        () => socket.in('board').except('others').emit('cardMoved', broken),
        () => socket.broadcast.emit('cardMoved', broken),
        () => socket.broadcast.to('board').emit('cardMoved', broken),
        () => socket.local.emit('cardMoved', broken),
        () => socket.volatile.emit('cardMoved', broken),
      ];
      for (const emit of emits)
        try {
          emit();
          thrown.push(undefined);
        } catch (error) {
          thrown.push(Object(error).code);
        }
      socket.emit('cardMoved', card);
      socket.to('board').emit('cardMoved', { ...card, column: 'for others' });
    });
    const first = await connect(url);
    await first.waitFor('cardMoved');
    expect(thrown).toEqual(Array.from({ length: 8 }, () => 'INVALID_EMIT'));
    await connect(url);
    expect(await first.waitFor('cardMoved', 2)).toEqual({ ...card, column: 'for others' });
    expect(first.received).toHaveLength(2);
  });

  test.each([true, false])(
    'gives the application what the contract says that clients answer, checkEmits: %s',
    async (checkEmits) => {
      const told: unknown[] = [];
      const { url } = await startApp(
        (socket) => {
          socket.on('refresh', async (answer) => {
            socket.emit('confirm_move', { cardId: 'callback' }, (given) => told.push(given));
            told.push(await socket.timeout(10_000).emitWithAck('confirm_move', { cardId: 'promise' }));
            answer?.({ ok: true, data: null });
          });
        },
        { checkEmits, logger: silent },
      );
      const client = await connect(url);
      let reply: unknown[] = [{ ok: true, data: { isFine: true } }];
      client.socket.on('confirm_move', (_payload, answer) => answer(...reply));
      await client.ask('refresh');
      expect(told).toEqual([reply[0], reply[0]]);
      told.length = 0;
      reply = [
        { ok: true, data: { isFine: 'yes' } },
        { ok: true, data: { isFine: true } },
      ];
      await client.ask('refresh');
      expect(told).toMatchObject([
        { error: { code: 'INVALID_REPLY' } },
        { error: { code: 'INVALID_REPLY' } },
      ]);
    },
  );

  test('is not looked at on its way out where the option says so', async () => {
    const broken = { ...card, column: 'far too long for a column' };
    const { url } = await startApp((socket) => socket.emit('cardMoved', broken), {
      checkEmits: false,
      logger: silent,
    });
    expect(await (await connect(url)).waitFor('cardMoved')).toEqual(broken);
  });

  const untouched = {
    id: '',
    emit: () => 0,
    use() {
      throw new Error('nothing may be done to it');
    },
  };

  test('is checked once', async () => {
    const { url } = await startApp((socket, plain) => {
      expect(() => checkSocket(board, plain)).toThrow(
        'This socket is checked already: call checkSocket once.',
      );
      socket.on('move_card', (_card, answer) => answer?.({ ok: true, data: { position: 1 } }));
    });
    const client = await connect(url);
    expect(await client.ask('move_card', card)).toEqual({ ok: true, data: { position: 1 } });
  });

  test.each<[string, () => unknown]>([
    ['no contract', () => checkSocket({} as never, { use: () => 0, emit: () => 0, id: '' })],
    ['no socket', () => checkSocket(board, {} as never)],
    ['a socket of a client', () => checkSocket(board, untouched as never)],
  ])('is refused where there is %s', (_what, check) => {
    expect(check).toThrow(expect.objectContaining({ code: 'INVALID_OPTIONS' }));
  });

  test('may have been typed by the application', () => {
    interface Sent {
      hello: (name: string) => void;
    }
    const narrow = (plain: Socket<Sent, Sent, DefaultEventsMap, { user: string }>) =>
      checkSocket(board, plain);
    expect(narrow).toBeTypeOf('function');
  });
});

test('gives the application an error that it can read, whatever a client answers', async () => {
  const strict = defineContract({
    name: 'strict',
    version: '1.0.0',
    clientToServer: { begin: defineEvent({ description: 'Begins.' }) },
    serverToClient: {
      confirm: defineEvent({
        description: 'Asks the user.',
        reply: {
          '~standard': {
            version: 1,
            vendor: 'strange',
            validate(): never {
              throw new Error('What is that?');
            },
          },
        },
      }),
    },
  });
  const httpServer = createServer();
  const io = new Server(httpServer);
  onTestFinished(() => io.close());
  const told: unknown[] = [];
  io.on('connection', (plain) => {
    const socket = checkSocket(strict, plain, { logger: silent });
    socket.on('begin', () => socket.emit('confirm', (given) => told.push(given)));
  });
  const client = await connect(await listen(httpServer));
  const answers: unknown[] = [
    { ok: true, data: 1 },
    { ok: false },
    { ok: false, error: 'no' },
    { ok: false, error: { code: 1 } },
    null,
  ];
  const wrong = answers.length;
  const declined = { ok: false, error: { code: 'NO', message: 'No.', retryable: false } };
  answers.push(declined);
  client.socket.on('confirm', (answer) => answer(answers.shift()));
  for (let asked = 0; asked <= wrong; asked += 1) client.socket.emit('begin');
  await expect.poll(() => told.length).toBe(wrong + 1);
  expect(told.slice(0, -1).map((one) => Object(one).error?.code)).toEqual(
    Array.from({ length: wrong }, () => 'INVALID_REPLY'),
  );
  expect(told.at(-1)).toEqual(declined);
});
