import { getEventListeners, setMaxListeners } from 'node:events';
import { expect, test } from 'vitest';
import { connectTo, startBoard } from './test-board';
import { createKeptLog } from './test-log';

/** A board with one client, and the connection it has. */
async function startWithClient() {
  const { server, url } = await startBoard();
  const client = await connectTo(url);
  const [connection] = server.connections;
  if (!connection) throw new Error('the client is not connected');
  return { server, url, client, connection };
}

function createAbort() {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return { signal: controller.signal, abort: () => controller.abort('not wanted') };
}

const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => undefined,
    (error: { code: string }) => error.code,
  );

test('[ASK-1] [ASK-2] a client is asked, and its answer is checked', async () => {
  const { client, connection } = await startWithClient();
  client.socket.on('confirm_move', ({ cardId }, answer) =>
    answer({ ok: true, data: { isFine: cardId === 'c1' } }),
  );
  expect(await connection.request('confirm_move', { cardId: 'c1' })).toEqual({ isFine: true });
  expect(await connection.request('confirm_move', { cardId: 'c2' })).toEqual({ isFine: false });
});

test.each([
  ['is not what the contract says', { ok: true, data: { isFine: 'yes' } }],
  ['is too large', { ok: true, data: { isFine: true, more: 'x'.repeat(200_000) } }],
  ['is no acknowledgement', 'yes'],
  ['is nothing', null],
  ['is an error without a code', { ok: false, error: 7 }],
  ['is an error with a code that is none', { ok: false, error: { code: 'x'.repeat(200), message: '' } }],
])('an answer that %s is INVALID_REPLY', async (_what, answer) => {
  const { client, connection } = await startWithClient();
  client.socket.on('confirm_move', (_payload, acknowledge) => acknowledge(answer));
  expect(await codeOf(connection.request('confirm_move', { cardId: 'c1' }))).toBe('INVALID_REPLY');
});

test('a client that refuses does so with its own code', async () => {
  const { client, connection } = await startWithClient();
  const error = { code: 'BUSY', message: 'Not now.', retryable: true, data: { until: 5 } };
  client.socket.on('confirm_move', (_payload, answer) => answer({ ok: false, error }));
  await expect(connection.request('confirm_move', { cardId: 'c1' })).rejects.toMatchObject(error);
});

test('[ASK-4] a client that does not answer in time has TIMEOUT, and its late answer is nobody’s', async () => {
  const { client, connection } = await startWithClient();
  let late = (_answer: unknown) => {};
  client.socket.on('confirm_move', (_payload, answer) => {
    late = answer;
  });
  expect(await codeOf(connection.request('confirm_move', { cardId: 'c1' }, { timeoutMs: 20 }))).toBe(
    'TIMEOUT',
  );
  late({ ok: true, data: { isFine: true } });
  expect(await client.ask('refresh')).toEqual({ ok: true, data: null });
});

test('[ASK-4] a client that goes has DISCONNECTED', async () => {
  const { client, connection } = await startWithClient();
  client.socket.on('confirm_move', () => client.socket.disconnect());
  expect(await codeOf(connection.request('confirm_move', { cardId: 'c1' }))).toBe('DISCONNECTED');
  expect(await codeOf(connection.request('confirm_move', { cardId: 'c1' }))).toBe('DISCONNECTED');
});

test('a request that is not wanted any more rejects with the signal’s reason', async () => {
  const { connection } = await startWithClient();
  const controller = new AbortController();
  const asked = connection.request('confirm_move', { cardId: 'c1' }, { signal: controller.signal });
  controller.abort('changed my mind');
  await expect(asked).rejects.toBe('changed my mind');
  const { signal } = controller;
  await expect(connection.request('confirm_move', { cardId: 'c1' }, { signal })).rejects.toBe(
    'changed my mind',
  );
});

test('so many answers of a client are waited for', async () => {
  const { client, connection } = await startWithClient();
  const answers: ((answer: unknown) => void)[] = [];
  client.socket.on('confirm_move', (_payload, answer) => answers.push(answer));
  const asked = Array.from({ length: 100 }, () => connection.request('confirm_move', { cardId: 'c1' }));
  expect(await codeOf(connection.request('confirm_move', { cardId: 'c1' }))).toBe('OVERLOADED');
  await expect.poll(() => answers.length).toBe(100);
  for (const answer of answers) answer({ ok: true, data: { isFine: true } });
  await Promise.all(asked);
  client.socket.off('confirm_move');
  client.socket.on('confirm_move', (_payload, answer) => answer({ ok: true, data: { isFine: false } }));
  expect(await connection.request('confirm_move', { cardId: 'c1' })).toEqual({ isFine: false });
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, '5'])(
  'a deadline of %s is refused',
  async (timeoutMs) => {
    const { connection } = await startWithClient();
    const asked = connection.request('confirm_move', { cardId: 'c1' }, { timeoutMs: timeoutMs as number });
    expect(await codeOf(asked)).toBe('INVALID_OPTIONS');
  },
);

test('nothing is left of requests that were not answered', async () => {
  const { connection } = await startWithClient();
  const listeners = (signal: AbortSignal) => getEventListeners(signal, 'abort').length;
  const before = listeners(connection.closed);
  const { signal, abort } = createAbort();
  const ask = (options: object) =>
    Array.from({ length: 100 }, () => connection.request('confirm_move', { cardId: 'c1' }, options));
  expect(await Promise.all(ask({ timeoutMs: 5 }).map(codeOf))).toEqual(Array(100).fill('TIMEOUT'));
  const unwanted = ask({ signal });
  abort();
  await Promise.all(unwanted.map((one) => expect(one).rejects.toBe('not wanted')));
  expect(await Promise.all(ask({ timeoutMs: 5 }).map(codeOf))).toEqual(Array(100).fill('TIMEOUT'));
  expect([listeners(connection.closed), listeners(signal)]).toEqual([before, 0]);
  // Socket.IO keeps them here.
  expect(Reflect.get(Reflect.get(connection, 'socket'), 'acks')).toHaveProperty('size', 0);
});

test('what is asked is checked, too', async () => {
  const { connection } = await startWithClient();
  expect(await codeOf(connection.request('confirm_move', { cardId: 1 } as never))).toBe('INVALID_EMIT');
  expect(await codeOf(connection.request('cardMoved' as never, {} as never))).toBe('INVALID_EMIT');
});

test('[ASK-5] a client that acknowledges what nobody asked is disconnected', async () => {
  const { client, connection } = await startWithClient();
  client.socket.on('confirm_move', (_payload, answer) => answer({ ok: true, data: { isFine: true } }));
  await connection.request('confirm_move', { cardId: 'c1' });
  client.socket.io.engine.write('430[{"ok":true}]');
  expect(await client.waitFor('wirepact:ended')).toMatchObject({ reason: 'INVALID_PACKET' });
});

test('what a client answers to a request in a handler is not told to the client of that handler', async () => {
  const { logger, lines } = createKeptLog();
  const { server, url } = await startBoard(
    {
      async move_card({ connection }, { cardId }) {
        const other = server.connections.find(({ id }) => id !== connection.id);
        await other?.request('confirm_move', { cardId });
        return { position: 0 };
      },
    },
    { logger },
  );
  const [one, other] = [await connectTo(url), await connectTo(url)];
  other.socket.on('confirm_move', (_payload, answer) =>
    answer({ ok: false, error: { code: 'RATE_LIMITED', message: 'said by the other' } }),
  );
  const answer = await one.ask('move_card', { boardId: 'b1', cardId: 'c1', column: 'done' });
  expect(answer).toMatchObject({ error: { code: 'INTERNAL' } });
  expect(JSON.stringify(answer)).not.toContain('said by the other');
  expect(JSON.stringify(lines)).toContain('said by the other');
});
