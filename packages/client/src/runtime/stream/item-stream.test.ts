import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { useBoardFixture } from '../../../test/board-fixture';
import { rejectionOf } from '../../../test/chat-fixture';
import { failure, success } from '../../../test/socket-server';
import { serveStreams } from '../../../test/stream-server';
import type { ContractViolation } from '../../index';
import { Backoff } from '../connection/backoff';

const fixture = useBoardFixture();
const COLUMN = { column: 'todo' };

const cards = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: from + index }));

/** Reads a stream to its end, or `count` items of it. */
async function read<Item>(items: AsyncIterable<Item>, count = Number.POSITIVE_INFINITY): Promise<Item[]> {
  const read: Item[] = [];
  for await (const item of items) {
    read.push(item);
    if (read.length >= count) break;
  }
  return read;
}

describe('a stream', () => {
  test('gives every item, in order, and ends', async () => {
    const streams = serveStreams(fixture.server, 'list_cards', (stream) => {
      stream.send(...cards(1, 3));
      stream.send(...cards(4, 2));
      stream.end();
    });
    const client = fixture.client();
    expect(await read(client.stream('list_cards', COLUMN))).toEqual(cards(1, 5));
    expect(streams).toMatchObject([{ payload: COLUMN, isCancelled: false }]);
  });

  test('is asked for when its first item is, and not before', async () => {
    const streams = serveStreams(fixture.server, 'list_cards', (stream) => stream.end());
    const client = fixture.client();
    const items = client.stream('list_cards', COLUMN);
    await client.request('refresh');
    expect(streams).toEqual([]);
    expect(await items.next()).toEqual({ done: true, value: undefined });
    expect(streams).toHaveLength(1);
  });

  test('[STREAM-3] lets the server go ahead by a bounded number of items, and more as they are taken', async () => {
    const streams = serveStreams(fixture.server, 'list_cards', (stream) => stream.send(...cards(1, 32)));
    const client = fixture.client();
    const items = client.stream('list_cards', COLUMN);
    for (let taken = 0; taken < 15; taken += 1) await items.next();
    await client.request('refresh');
    expect(streams[0]?.credit).toBe(0);
    await items.next();
    await fixture.server.until(() => streams[0]?.credit === 16);
    streams[0]?.send(...cards(33, 16));
    for (let id = 17; id <= 48; id += 1) expect(await items.next()).toEqual({ done: false, value: { id } });
  });

  test('[STREAM-3] is granted each number of items once, however often the server refuses to hear of it', async () => {
    const streams = serveStreams(fixture.server, 'list_cards', (stream) => stream.send(...cards(1, 32)));
    const client = fixture.client();
    const items = client.stream('list_cards', COLUMN);
    const hear = fixture.server.answers['wirepact:stream_credit'];
    let refusals = 0;
    fixture.server.answers['wirepact:stream_credit'] = (payload, socket) => {
      refusals += 1;
      return refusals <= 4 ? failure('RATE_LIMITED', { retryable: true }) : hear?.(payload, socket);
    };
    for (let taken = 0; taken < 32; taken += 1) await items.next();
    await fixture.server.until(() => streams[0]?.credit === 32);
    await client.request('refresh');
    expect(streams[0]?.credit).toBe(32);
    expect(refusals).toBe(6);
  });

  test('ends where the server will never hear of what it may send', async () => {
    const streams = serveStreams(fixture.server, 'list_cards', (stream) => stream.send(...cards(1, 32)));
    fixture.server.answers['wirepact:stream_credit'] = () => failure('FORBIDDEN');
    const client = fixture.client();
    expect(await rejectionOf(read(client.stream('list_cards', COLUMN)))).toMatchObject({ code: 'FORBIDDEN' });
    await fixture.server.until(() => streams[0]?.isCancelled === true);
  });

  test('that sends more than it was let to ends, and is cancelled', async () => {
    const streams = serveStreams(fixture.server, 'list_cards', (stream) => stream.send(...cards(1, 33)));
    const client = fixture.client();
    expect(await rejectionOf(read(client.stream('list_cards', COLUMN)))).toMatchObject({
      code: 'INVALID_REPLY',
    });
    await fixture.server.until(() => streams[0]?.isCancelled === true);
  });

  test('is cancelled on the server by `break`', async () => {
    const streams = serveStreams(fixture.server, 'list_cards', (stream) => stream.send(...cards(1, 10)));
    const client = fixture.client();
    expect(await read(client.stream('list_cards', COLUMN), 4)).toEqual(cards(1, 4));
    await fixture.server.until(() => streams[0]?.isCancelled === true);
  });

  test('is cancelled by its signal, also while an item is waited for', async () => {
    const streams = serveStreams(fixture.server, 'list_cards', (stream) => stream.send({ id: 1 }));
    const client = fixture.client();
    const aborted = new AbortController();
    const items = client.stream('list_cards', COLUMN, { signal: aborted.signal });
    await items.next();
    const next = rejectionOf(items.next());
    aborted.abort('enough');
    expect(await next).toMatchObject({ code: 'ABORTED', cause: 'enough' });
    expect(await items.next()).toEqual({ done: true, value: undefined });
    await fixture.server.until(() => streams[0]?.isCancelled === true);
  });

  test('whose signal was aborted before is not asked for', async () => {
    const streams = serveStreams(fixture.server, 'list_cards');
    const client = fixture.client();
    await client.connect();
    const signal = AbortSignal.abort('no more');
    const next = rejectionOf(client.stream('list_cards', COLUMN, { signal }).next());
    expect(await next).toMatchObject({ code: 'ABORTED', cause: 'no more' });
    await client.request('refresh');
    expect(streams).toEqual([]);
  });

  test('is cancelled by `return`, which also ends the wait for an item', async () => {
    const streams = serveStreams(fixture.server, 'list_cards');
    const client = fixture.client();
    const items = client.stream('list_cards', COLUMN);
    const next = items.next();
    await fixture.server.until(() => streams.length === 1);
    await client.request('refresh');
    const done = { done: true, value: undefined };
    expect(await items.return()).toEqual(done);
    expect(await next).toEqual(done);
    await fixture.server.until(() => streams[0]?.isCancelled === true);
  });

  test('that is given up before the server has answered is cancelled once it has', async () => {
    const streams = serveStreams(fixture.server, 'list_cards');
    const serve = fixture.server.answers.list_cards;
    let answer = () => {};
    fixture.server.answers.list_cards = (payload, socket) =>
      new Promise((resolve) => {
        answer = () => resolve(serve?.(payload, socket));
      });
    const client = fixture.client();
    const aborted = new AbortController();
    const next = rejectionOf(client.stream('list_cards', COLUMN, { signal: aborted.signal }).next());
    await fixture.server.until(() => fixture.server.events.includes('list_cards'));
    aborted.abort();
    expect(await next).toMatchObject({ code: 'ABORTED' });
    answer();
    await fixture.server.until(() => streams[0]?.isCancelled === true);
  });

  test('that nobody reads is cancelled when its items come', async () => {
    const client = fixture.client();
    serveStreams(fixture.server, 'list_cards', (stream) => stream.end());
    await read(client.stream('list_cards', COLUMN));
    fixture.server.socket.emit('wirepact:stream_items', { stream: 'lost', items: [1] });
    await fixture.server.until(() => fixture.server.events.includes('wirepact:stream_cancel'));
    expect(fixture.server.payloadsOf('wirepact:stream_cancel')).toEqual([{ stream: 'lost' }]);
  });

  test('ends with the error of the server after the items before it', async () => {
    const { error } = failure('CARD_LOCKED', { data: { by: 'Ada' } });
    serveStreams(fixture.server, 'list_cards', (stream) => {
      stream.send(...cards(1, 2));
      stream.end(error);
    });
    const client = fixture.client();
    const items = client.stream('list_cards', COLUMN);
    expect([(await items.next()).value, (await items.next()).value]).toEqual(cards(1, 2));
    expect(await rejectionOf(items.next())).toMatchObject({ code: 'CARD_LOCKED', data: { by: 'Ada' } });
    fixture.server.answers.list_cards = () => failure('FORBIDDEN');
    expect(await rejectionOf(read(client.stream('list_cards', COLUMN)))).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('[STREAM-7] with an item that breaks the contract ends there, and is cancelled', async () => {
    const streams = serveStreams(fixture.server, 'list_cards', (stream) =>
      stream.send({ id: 1 }, { id: 'two' }),
    );
    const violations: ContractViolation[] = [];
    const client = fixture.client({ onContractViolation: (violation) => violations.push(violation) });
    const items = client.stream('list_cards', COLUMN);
    expect(await items.next()).toEqual({ done: false, value: { id: 1 } });
    expect(await rejectionOf(items.next())).toMatchObject({ code: 'INVALID_REPLY' });
    expect(violations).toMatchObject([{ event: 'list_cards', payload: { id: 'two' } }]);
    await fixture.server.until(() => streams[0]?.isCancelled === true);
  });

  test('that the server does not name ends at once', async () => {
    fixture.server.answers.list_cards = () => success({ items: [] });
    const client = fixture.client();
    expect(await rejectionOf(read(client.stream('list_cards', COLUMN)))).toMatchObject({
      code: 'INVALID_REPLY',
    });
  });

  test('ends with its connection, after the items that have come', async () => {
    serveStreams(fixture.server, 'list_cards', (stream) => stream.send(...cards(1, 2)));
    const client = fixture.client();
    const items = client.stream('list_cards', COLUMN);
    await items.next();
    fixture.server.cut();
    await fixture.server.until(() => fixture.server.sockets.length === 2);
    expect(await items.next()).toEqual({ done: false, value: { id: 2 } });
    expect(await rejectionOf(items.next())).toMatchObject({ code: 'DISCONNECTED' });
    const other = client.stream('list_cards', COLUMN);
    await other.next();
    await other.next();
    const next = rejectionOf(other.next());
    client.close();
    expect(await next).toMatchObject({ code: 'CLOSED' });
  });

  test('with a wrong payload is not asked for', async () => {
    const streams = serveStreams(fixture.server, 'list_cards');
    const client = fixture.client();
    // @ts-expect-error a column has a name
    const wrong = client.stream('list_cards', { column: 5 });
    expect(await rejectionOf(read(wrong))).toMatchObject({ code: 'INVALID_PAYLOAD' });
    // @ts-expect-error it answers at once
    expect(() => client.stream('move_card', { card: 'a', column: 'b' })).not.toThrow();
    await client.request('refresh');
    expect(streams).toEqual([]);
  });
});

describe('a stream that can be resumed', () => {
  test('[STREAM-9] goes on after the last item that came, each item once', async () => {
    const streams = serveStreams(fixture.server, 'follow_cards', (stream) => {
      stream.send(...cards(Number(stream.payload.after ?? 0) + 1, 3));
    });
    const client = fixture.client();
    const items = client.stream('follow_cards', COLUMN);
    const read: unknown[] = [];
    const take = async () => read.push((await items.next()).value);
    for (let connection = 1; connection <= 3; connection += 1) {
      await take();
      fixture.server.cut();
      await fixture.server.until(() => fixture.server.sockets.length === connection + 1);
      await take();
      await take();
    }
    expect(read).toEqual(cards(1, 9));
    expect(streams.map(({ payload }) => payload)).toEqual([
      COLUMN,
      { ...COLUMN, after: 3 },
      { ...COLUMN, after: 6 },
    ]);
  });

  test('asks again where the server does not take it at once', async () => {
    let refusals = 0;
    const streams = serveStreams(fixture.server, 'follow_cards', (stream) => stream.send({ id: 7 }));
    const serve = fixture.server.answers.follow_cards;
    const client = fixture.client();
    const items = client.stream('follow_cards', COLUMN);
    await items.next();
    fixture.server.answers.follow_cards = (payload, socket) => {
      refusals += 1;
      return refusals < 3 ? failure('OVERLOADED', { retryable: true }) : serve?.(payload, socket);
    };
    fixture.server.cut();
    expect(await items.next()).toEqual({ done: false, value: { id: 7 } });
    expect(streams).toHaveLength(2);
    fixture.server.answers.follow_cards = () => failure('FORBIDDEN');
    fixture.server.cut();
    expect(await rejectionOf(items.next())).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('is asked for ever later while the server does not take it, and soon again once items have come', async () => {
    const refusals: (() => object)[] = [];
    const streams = serveStreams(fixture.server, 'follow_cards', (stream) => {
      if (streams.length === 2 || streams.length === 3)
        stream.end({ code: 'UNAVAILABLE', message: 'Closing.', retryable: true });
      else stream.send({ id: streams.length });
    });
    const serve = fixture.server.answers.follow_cards;
    fixture.server.answers.follow_cards = (payload, socket) => refusals.pop()?.() ?? serve?.(payload, socket);
    const refuse = () => failure('OVERLOADED', { retryable: true });
    const client = fixture.client({
      ...{ reconnectionDelay: 1, reconnectionDelayMax: 100, randomizationFactor: 0 },
    });
    const items = client.stream('follow_cards', COLUMN);
    expect(await items.next()).toMatchObject({ value: { id: 1 } });
    const delays = vi.spyOn(Backoff.prototype, 'nextDelayMs');
    onTestFinished(() => delays.mockRestore());
    refusals.push(refuse, refuse);
    fixture.server.cut();
    expect(await items.next()).toMatchObject({ value: { id: 4 } });
    refusals.push(refuse);
    fixture.server.cut();
    expect(await items.next()).toMatchObject({ value: { id: 5 } });
    const connection = [1, 2];
    expect(delays.mock.results.map(({ value }) => value)).toEqual([
      connection[0],
      ...[1, 2, 4, 8],
      connection[1],
      1,
    ]);
  });

  test('ends where the client is told to stay away', async () => {
    serveStreams(fixture.server, 'follow_cards', (stream) => stream.send({ id: 1 }));
    const client = fixture.client();
    const items = client.stream('follow_cards', COLUMN);
    await items.next();
    const next = rejectionOf(items.next());
    client.disconnect();
    expect(await next).toMatchObject({ code: 'DISCONNECTED' });
  });
});

test('many streams at once, ended at random, leave nothing behind', async () => {
  const streams = serveStreams(fixture.server, 'list_cards', (stream) => {
    stream.send(...cards(1, 20));
    if (Number(stream.payload.column) % 3 === 0) stream.end();
  });
  const client = fixture.client();
  const counts = await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      const items = client.stream('list_cards', { column: String(index) });
      return (await read(items, index % 3 === 0 ? 99 : (index % 19) + 1)).length;
    }),
  );
  expect(counts.every((count, index) => count === (index % 3 === 0 ? 20 : (index % 19) + 1))).toBe(true);
  await fixture.server.until(
    () => streams.filter(({ isCancelled }) => isCancelled).length === counts.filter((_, i) => i % 3).length,
  );
  fixture.server.answers.list_cards = () => success({ stream: 'x' });
  expect(await client.safeRequest('refresh')).toEqual({ ok: true, data: null });
});
