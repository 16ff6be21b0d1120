import { describe, expect, test } from 'vitest';
import { connectTo, startBoard } from '../test-board';
import { createStallingProxy, type Recorder } from '../test-client';
import { createKeptLog } from '../test-log';

interface Items {
  stream: string;
  items: { id: number }[];
}

/** Asks for a stream, and resolves with its id. */
async function open(client: Recorder, count: number): Promise<string> {
  const answer = await client.ask('list_cards', { count });
  expect(answer).toEqual({ ok: true, data: { stream: expect.any(String) } });
  return (answer as { data: { stream: string } }).data.stream;
}

/** Ids of the items of a stream that have come. */
const idsOf = (client: Recorder, stream: string) =>
  (client.payloads('wirepact:stream_items') as Items[])
    .filter((payload) => payload.stream === stream)
    .flatMap(({ items }) => items.map(({ id }) => id));

/** Resolves with how a stream ended. */
async function endOf(client: Recorder, stream: string): Promise<unknown> {
  const find = () =>
    (client.payloads('wirepact:stream_end') as { stream: string }[]).find((end) => end.stream === stream);
  await expect.poll(find).toBeDefined();
  return find();
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** A generator that says when it returns. */
function createEndless() {
  const state = { isReturned: false, given: 0, signal: undefined as AbortSignal | undefined };
  async function* endless(signal: AbortSignal) {
    state.signal = signal;
    try {
      for (;;) {
        state.given += 1;
        yield { id: state.given };
      }
    } finally {
      state.isReturned = true;
    }
  }
  return { state, endless };
}

describe('an event that answers with a stream', () => {
  test('[STREAM-1] sends each item as it was given, whatever its handler does with the object afterwards', async () => {
    const { url } = await startBoard({
      async *list_cards(_context, { count }) {
        const row = { id: 0, labels: [] as string[] };
        for (const id of upTo(count)) {
          row.id = id;
          row.labels.push(`l${id}`);
          yield row;
        }
        row.labels.push('late');
      },
    });
    const client = await connectTo(url);
    const stream = await open(client, 2);
    await endOf(client, stream);
    expect((client.payloads('wirepact:stream_items') as Items[]).flatMap(({ items }) => items)).toEqual([
      { id: 1, labels: ['l1'] },
      { id: 2, labels: ['l1', 'l2'] },
    ]);
  });

  test('[STREAM-1] is acknowledged first, then sends its items together, and then its end', async () => {
    const { url } = await startBoard();
    const client = await connectTo(url);
    const stream = await open(client, 3);
    expect(await endOf(client, stream)).toEqual({ stream });
    expect(client.payloads('wirepact:stream_items')).toEqual([
      { stream, items: [{ id: 1 }, { id: 2 }, { id: 3 }] },
    ]);
  });

  test('that has no items ends at once', async () => {
    const { url } = await startBoard();
    const client = await connectTo(url);
    expect(await endOf(client, await open(client, 0))).toBeDefined();
    expect(client.payloads('wirepact:stream_items')).toEqual([]);
  });

  test('[STREAM-2] sends as many items as the client has granted, and no more', async () => {
    const { state, endless } = createEndless();
    const { url } = await startBoard({ list_cards: ({ signal }) => endless(signal) });
    const client = await connectTo(url);
    const stream = await open(client, 1);
    await expect.poll(() => idsOf(client, stream)).toEqual(upTo(32));
    await client.ask('refresh');
    expect(idsOf(client, stream)).toEqual(upTo(32));
    await client.ask('wirepact:stream_credit', { stream, credit: 5 });
    await expect.poll(() => idsOf(client, stream)).toEqual(upTo(37));
    await client.ask('refresh');
    expect(state.given).toBe(37);
  });

  test('[STREAM-4] ends where the client wants no more, and its generator returns', async () => {
    const { state, endless } = createEndless();
    const { url } = await startBoard({ list_cards: ({ signal }) => endless(signal) });
    const client = await connectTo(url);
    const stream = await open(client, 1);
    await client.ask('wirepact:stream_cancel', { stream });
    await expect.poll(() => state.isReturned).toBe(true);
    expect(state.signal?.aborted).toBe(true);
    await client.ask('refresh');
    expect(client.payloads('wirepact:stream_end')).toEqual([]);
    for (const event of ['wirepact:stream_cancel', 'wirepact:stream_credit'])
      expect(await client.ask(event, { stream, credit: 1 })).toEqual({ ok: true, data: null });
  });

  test('[STREAM-5] ends with its connection', async () => {
    const { state, endless } = createEndless();
    const { url } = await startBoard({ list_cards: ({ signal }) => endless(signal) });
    const client = await connectTo(url);
    await open(client, 1);
    client.socket.disconnect();
    await expect.poll(() => state.isReturned).toBe(true);
    expect(state.signal?.aborted).toBe(true);
  });

  test('of a handler that heeds its signal says nothing in the log where it is cancelled', async () => {
    const { logger, texts } = createKeptLog();
    let ended = 0;
    const { url } = await startBoard(
      {
        async *list_cards({ signal }) {
          try {
            yield { id: 1 };
            await new Promise((_resolve, reject) => {
              signal.addEventListener('abort', () => reject(signal.reason));
            });
          } finally {
            ended += 1;
          }
        },
      },
      { logger, authenticate: () => ({ entityId: 'ann' }), authorize: () => true },
    );
    const client = await connectTo(url);
    const stream = await open(client, 1);
    await client.waitFor('wirepact:stream_items');
    await client.ask('wirepact:stream_cancel', { stream });
    await open(client, 1);
    await client.waitFor('wirepact:stream_items', 2);
    client.socket.disconnect();
    await expect.poll(() => ended).toBe(2);
    expect(texts).toEqual([]);
  });

  test('[STREAM-5] ends where the server closes, and says so', async () => {
    const { state, endless } = createEndless();
    const { server, url } = await startBoard({ list_cards: ({ signal }) => endless(signal) });
    const client = await connectTo(url);
    const stream = await open(client, 1);
    await server.close();
    expect(state.isReturned).toBe(true);
    expect(await endOf(client, stream)).toMatchObject({ error: { code: 'UNAVAILABLE', retryable: true } });
  });

  test('closing waits for a generator that cleans up, and for no other', async () => {
    let isCleanedUp = false;
    const { server, url } = await startBoard(
      {
        async *list_cards({ signal }, { count }) {
          try {
            if (count === 0) await new Promise(() => {});
            yield { id: 1 };
            await new Promise((resolve) => signal.addEventListener('abort', resolve));
          } finally {
            await new Promise((resolve) => setImmediate(resolve));
            isCleanedUp = true;
          }
        },
      },
      { drainTimeoutMs: 50 },
    );
    const client = await connectTo(url);
    await open(client, 1);
    await open(client, 0);
    await server.close();
    expect(isCleanedUp).toBe(true);
  });

  test('[STREAM-6] tells an error in the middle, behind the items before it', async () => {
    const { url } = await startBoard({
      async *list_cards({ fail }) {
        yield { id: 1 };
        fail('CARD_LOCKED', { by: 'ann' }, 'Ann has the next one.');
      },
    });
    const client = await connectTo(url);
    const stream = await open(client, 1);
    expect(await endOf(client, stream)).toEqual({
      stream,
      error: { code: 'CARD_LOCKED', message: 'Ann has the next one.', retryable: true, data: { by: 'ann' } },
    });
    expect(idsOf(client, stream)).toEqual([1]);
  });

  test.each<[string, () => AsyncIterable<{ id: number }>]>([
    [
      'that throws',
      async function* () {
        yield { id: 1 };
        throw new Error('secret of the database');
      },
    ],
    [
      'whose item is not what the contract says',
      async function* () {
        yield { id: 1 };
        yield { id: 'second' } as never;
      },
    ],
    [
      'whose item is larger than any may be',
      async function* () {
        yield { id: 1 };
        yield { id: 2, more: 'x'.repeat(2 ** 20) } as never;
      },
    ],
    ['that is none', () => [{ id: 1 }] as never],
    ['that gives nothing', () => undefined as never],
  ])('of a handler %s ends with INTERNAL, and the log has why', async (_what, handle) => {
    const { logger, lines } = createKeptLog();
    const { url } = await startBoard({ list_cards: handle }, { logger });
    const client = await connectTo(url);
    const end = await endOf(client, await open(client, 1));
    expect(end).toMatchObject({ error: { code: 'INTERNAL', retryable: true } });
    expect(JSON.stringify(end)).not.toContain('secret');
    expect(lines.some(({ msg }) => msg === 'list_cards could not be handled')).toBe(true);
  });

  test('is refused without an acknowledgement, as nobody would know it', async () => {
    let calls = 0;
    const { url } = await startBoard({
      async *list_cards() {
        calls += 1;
        yield { id: 1 };
      },
    });
    const client = await connectTo(url);
    client.socket.emit('list_cards', { count: 1 });
    await client.ask('refresh');
    expect(calls).toBe(0);
  });

  test('[STREAM-8] is one of so many of its connection', async () => {
    const { endless } = createEndless();
    const { url } = await startBoard({ list_cards: ({ signal }) => endless(signal) }, { maxStreams: 2 });
    const client = await connectTo(url);
    const [first] = [await open(client, 1), await open(client, 1)];
    expect(await client.ask('list_cards', { count: 1 })).toMatchObject({
      error: { code: 'OVERLOADED', retryable: true },
    });
    await client.ask('wirepact:stream_cancel', { stream: first });
    await open(client, 1);
    await open(await connectTo(url), 1);
  });

  test('[STREAM-4] is ended by its own connection alone', async () => {
    const { url } = await startBoard();
    const [client, other] = [await connectTo(url), await connectTo(url)];
    const stream = await open(client, 1_000);
    await other.ask('wirepact:stream_cancel', { stream });
    await client.ask('wirepact:stream_credit', { stream, credit: 1_000 });
    expect(await endOf(client, stream)).toEqual({ stream });
    expect(idsOf(client, stream)).toEqual(upTo(1_000));
  });

  test('splits what is too large for one packet', async () => {
    const text = 'x'.repeat(300_000);
    const { url } = await startBoard({
      async *list_cards() {
        for (const id of upTo(8)) yield { id, text } as { id: number };
      },
    });
    const client = await connectTo(url);
    const stream = await open(client, 1);
    await endOf(client, stream);
    expect(idsOf(client, stream)).toEqual(upTo(8));
    const packets = client.payloads('wirepact:stream_items') as Items[];
    expect(Math.max(...packets.map(({ items }) => items.length))).toBeLessThanOrEqual(3);
  });

  test('costs who reads it no more than the event', async () => {
    const { url } = await startBoard({}, { rateLimit: { points: 3 } });
    const client = await connectTo(url);
    client.socket.on('wirepact:stream_items', ({ stream, items }: Items) => {
      client.socket.emit('wirepact:stream_credit', { stream, credit: items.length });
    });
    const stream = await open(client, 2_000);
    expect(await endOf(client, stream)).toEqual({ stream });
    expect(await client.ask('refresh')).toEqual({ ok: true, data: null });
  });

  test('is run by middleware from its first item to its last', async () => {
    const told: string[] = [];
    const { url } = await startBoard(
      {
        async *list_cards({ fail }, { count }) {
          told.push('begin');
          yield { id: 1 };
          if (count === 0) fail('CARD_LOCKED', { by: 'ann' });
          told.push('end');
        },
      },
      {
        use: [
          async ({ event }, next) => {
            told.push(`before ${event}`);
            await next().catch((error: { code: string }) => {
              told.push(`heard ${error.code}`);
              throw error;
            });
            told.push(`after ${event}`);
          },
        ],
      },
    );
    const client = await connectTo(url);
    expect(await endOf(client, await open(client, 1))).not.toHaveProperty('error');
    await expect.poll(() => told).toEqual(['before list_cards', 'begin', 'end', 'after list_cards']);
    told.length = 0;
    expect(await endOf(client, await open(client, 0))).toMatchObject({ error: { code: 'CARD_LOCKED' } });
    await expect.poll(() => told).toEqual(['before list_cards', 'begin', 'heard CARD_LOCKED']);
  });

  test('that middleware holds up too long never begins', async () => {
    let calls = 0;
    let release = () => {};
    const { url } = await startBoard(
      {
        async *list_cards() {
          calls += 1;
          yield { id: 1 };
        },
      },
      {
        hookTimeoutMs: 20,
        use: [
          async ({ event }, next) => {
            if (event === 'list_cards')
              await new Promise<void>((resolve) => {
                release = resolve;
              });
            await next();
          },
        ],
      },
    );
    const client = await connectTo(url);
    expect(await client.ask('list_cards', { count: 1 })).toMatchObject({ error: { code: 'UNAVAILABLE' } });
    release();
    await client.ask('refresh');
    expect(calls).toBe(0);
  });
});

test('streams of one connection share what may wait for it', async () => {
  const text = 'x'.repeat(200_000);
  let isRead = true;
  const { server, url } = await startBoard({
    async *list_cards(_context, { count }) {
      for (const id of upTo(count)) yield { id, text } as { id: number };
    },
  });
  const client = await connectTo(url);
  client.socket.on('disconnect', () => {
    isRead = false;
  });
  const streams = await Promise.all(Array.from({ length: 100 }, () => open(client, 3)));
  for (const stream of streams) {
    expect(await endOf(client, stream)).toEqual({ stream });
    expect(idsOf(client, stream)).toEqual(upTo(3));
  }
  expect(isRead).toBe(true);
  expect(server.connections).toHaveLength(1);
});

test('a client that does not read holds its generators up, and goes on where it was', async () => {
  const text = 'x'.repeat(10_000);
  let given = 0;
  const { url } = await startBoard({
    async *list_cards(_context, { count }) {
      for (const id of upTo(count)) {
        given += 1;
        yield { id, text } as { id: number };
      }
    },
  });
  const proxy = await createStallingProxy(url);
  const client = await connectTo(proxy.url);
  const stream = await open(client, 4_000);
  await expect.poll(() => idsOf(client, stream)).toHaveLength(32);
  proxy.stall();
  client.socket.emit('wirepact:stream_credit', { stream, credit: 4_000 });
  let before = -1;
  await expect
    .poll(() => {
      const isStill = given === before && given > 32;
      before = given;
      return isStill;
    })
    .toBe(true);
  expect(given).toBeLessThan(4_000);
  proxy.resume();
  expect(await endOf(client, stream)).toEqual({ stream });
  expect(idsOf(client, stream)).toEqual(upTo(4_000));
});
