import {
  type ContractServerOptions,
  createContractServer,
  createMemoryStore,
  type ServerOptions,
} from '@wirepact/server';
import pino from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { board } from '../../test/board-fixture';
import { rejectionOf, untilState } from '../../test/chat-fixture';
import { type ContractClientOptions, channels, createContractClient } from '../index';

/** A client of any contract, and the server of any contract. */

type Handlers = ContractServerOptions<typeof board>['handlers'];

const idle: Handlers = {
  move_card: () => ({ position: 1 }),
  place_card: async ({ channel }, payload) => {
    const { seq } = await channel('board', payload.boardId).publish('cardPlaced', payload);
    return { seq };
  },
  refresh: () => null,
  async *list_cards() {},
  async *follow_cards() {},
};

async function serve(
  handlers: Partial<Handlers>,
  port = 0,
  store = createMemoryStore(),
  options: ServerOptions = {},
) {
  const server = createContractServer(board, {
    handlers: { ...idle, ...handlers },
    store,
    logger: pino({ level: 'silent' }),
    authenticate: ({ auth }) => ({ entityId: String(auth.as) }),
    rateLimit: false,
    ...options,
  });
  const { url } = await server.listen(port);
  onTestFinished(() => server.close());
  return { server, url };
}

function connect(url: string, options: ContractClientOptions = {}) {
  const client = createContractClient(url, board, {
    ...{ transports: ['websocket'], reconnectionDelay: 5, reconnectionDelayMax: 20 },
    channels,
    ...options,
  });
  onTestFinished(() => client.close());
  return client;
}

test('requests are answered, and fail with the codes and data that the event declares', async () => {
  const { url } = await serve({
    move_card: ({ fail }, { card }) =>
      card === 'held' ? fail('CARD_LOCKED', { by: 'Ada' }) : { position: 4 },
  });
  const client = connect(url);
  expect(await client.request('move_card', { card: 'a', column: 'b' })).toEqual({ position: 4 });
  const result = await client.safeRequest('move_card', { card: 'held', column: 'b' });
  expect(result).toMatchObject({ ok: false, error: { code: 'CARD_LOCKED', data: { by: 'Ada' } } });
  expect(client.protocolVersion).toBe(board.version);
  expect(client.supports('refresh')).toBe(true);
  await untilState(client.connection, ({ latencyMs }) => latencyMs !== undefined);
});

test('the server asks, and the client answers', async () => {
  const { server, url } = await serve({});
  const client = connect(url);
  client.handle('confirm', ({ card }) => ({ yes: card === 'a' }));
  await client.connect();
  const [connection] = server.connections;
  expect(await connection?.request('confirm', { card: 'a' })).toEqual({ yes: true });
});

test('streams come whole, as fast as they are read, and end on the server where they end here', async () => {
  let made = 0;
  const ended: string[] = [];
  const { url } = await serve({
    async *list_cards({ signal, fail }, { column }) {
      try {
        for (let id = 1; id <= 300 && !signal.aborted; id += 1) {
          made += 1;
          yield { id };
          if (column === 'locked' && id === 40) fail('CARD_LOCKED', { by: 'Ada' });
        }
      } finally {
        ended.push(column);
      }
    },
  });
  const client = connect(url);
  const read: number[] = [];
  for await (const { id } of client.stream('list_cards', { column: 'all' })) read.push(id);
  expect(read).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
  made = 0;
  for await (const { id } of client.stream('list_cards', { column: 'some' })) if (id === 5) break;
  expect(made).toBeLessThan(50);
  const items = client.stream('list_cards', { column: 'locked' });
  for (let id = 1; id <= 40; id += 1) expect(await items.next()).toEqual({ done: false, value: { id } });
  expect(await rejectionOf(items.next())).toMatchObject({ code: 'CARD_LOCKED', data: { by: 'Ada' } });
  await expect.poll(() => ended).toEqual(['all', 'some', 'locked']);
});

test('[STREAM-3] what a server has no room to hear is said again: a stream goes on, and one that is given up ends', async () => {
  let release = () => {};
  const ended: string[] = [];
  const { url } = await serve(
    {
      refresh: () => new Promise((resolve) => (release = () => resolve(null))),
      async *list_cards({ signal }, { column }) {
        try {
          for (let id = 1; id <= 100 && !signal.aborted; id += 1) yield { id };
        } finally {
          ended.push(column);
        }
      },
    },
    0,
    createMemoryStore(),
    { maxPendingEvents: 1 },
  );
  const client = connect(url);
  const items = client.stream('list_cards', { column: 'long' });
  const given = client.stream('list_cards', { column: 'given up' });
  expect(await items.next()).toEqual({ done: false, value: { id: 1 } });
  await given.next();
  const refreshed = client.request('refresh');
  for (let id = 2; id <= 32; id += 1) await items.next();
  await given.return();
  // Nothing that came before this was heard either.
  expect(await client.safeRequest('move_card', { card: 'a', column: 'b' })).toMatchObject({
    error: { code: 'OVERLOADED' },
  });
  expect(ended).toEqual([]);
  release();
  await refreshed;
  for (let id = 33; id <= 100; id += 1) expect(await items.next()).toEqual({ done: false, value: { id } });
  expect(await items.next()).toEqual({ done: true, value: undefined });
  await expect.poll(() => ended).toEqual(expect.arrayContaining(['long', 'given up']));
});

test('a stream that can be resumed goes on at the server that comes back', async () => {
  const follow: Handlers['follow_cards'] = async function* ({ signal }, { after = 0 }) {
    for (let id = after + 1; id <= after + 3; id += 1) yield { id };
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
  };
  const { server, url } = await serve({ follow_cards: follow });
  const client = connect(url);
  const items = client.stream('follow_cards', { column: 'todo' });
  for (let id = 1; id <= 3; id += 1) expect(await items.next()).toEqual({ done: false, value: { id } });
  const next = items.next();
  await server.close();
  await serve({ follow_cards: follow }, Number(new URL(url).port));
  expect(await next).toEqual({ done: false, value: { id: 4 } });
  await items.return();
});

/** Columns of cards, and the numbers of what put them there. */
interface Columns {
  readonly columns: Readonly<Record<string, string>>;
  readonly seqs: readonly number[];
}

test('a board that two move cards on is the same for both, whatever happens to the server meanwhile', async () => {
  const store = createMemoryStore();
  const first = await serve({}, 0, store);
  const port = Number(new URL(first.url).port);
  const open = (as: string) => {
    const channel = connect(first.url, { auth: { as } }).channel('board', 'b1');
    const state = channel.reduce(
      ({ columns, seqs }: Columns, { payload: { card, column, seq = 0 } }) => ({
        columns: { ...columns, [card]: column },
        seqs: seq > 0 ? [...seqs, seq] : seqs,
      }),
      { columns: {}, seqs: [] },
    );
    const place = (card: string, column: string) => {
      const payload = { boardId: 'b1', card, column };
      return channel.send('place_card', payload, { expects: { event: 'cardPlaced', payload } });
    };
    return { channel, state, place };
  };
  const [ada, bob] = [open('ada'), open('bob')];
  for (const { channel } of [ada, bob]) await untilState(channel.state, ({ status }) => status === 'joined');
  const sends = Array.from({ length: 20 }, (_, index) => [
    ada.place(`a${index % 5}`, `ada ${index}`),
    bob.place(`a${index % 7}`, `bob ${index}`),
  ]).flat();
  // What is expected is there at once.
  await untilState(ada.state, ({ columns }) => columns.a4 === 'ada 19');
  await sends[7];
  await first.server.close();
  await serve({}, port, store);
  const places = (await Promise.all(sends)).map(({ seq }) => seq).sort((one, other) => one - other);
  const numbers = Array.from({ length: 40 }, (_, index) => index + 1);
  expect(places).toEqual(numbers);
  for (const { state } of [ada, bob]) await untilState(state, ({ seqs }) => seqs.length === 40);
  expect(ada.state.get()).toEqual(bob.state.get());
  expect(ada.state.get().seqs).toEqual(numbers);
});
