import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Socket } from 'socket.io-client';
import { expect, test } from 'vitest';
import { startBoard } from '../test-board';
import { record } from '../test-client';

const CONNECTIONS = 10;
const STREAMS = 100;
const ITEMS = 300;
const ROUNDS = 3;
/** What the heap may have more after all rounds: a hundredth of what one of them sends. */
const MAX_GROWTH_BYTES = 2 * 1024 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Numbers that look random and are the same in each run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Reading {
  readonly ids: number[];
  /** Items after which it is cancelled. */
  readonly wanted: number;
  readonly onEnd: (ids: readonly number[]) => void;
}

/** Reads the streams of a connection as a client does: what is read is granted again. */
function createReader(socket: Socket) {
  const readings = new Map<string, Reading>();
  const end = (stream: string, reading: Reading) => {
    readings.delete(stream);
    reading.onEnd(reading.ids);
  };
  socket.on('wirepact:stream_items', ({ stream, items }: { stream: string; items: { id: number }[] }) => {
    const reading = readings.get(stream);
    // Of a stream that was cancelled, some may still have been under way.
    if (!reading) return;
    reading.ids.push(...items.map(({ id }) => id));
    if (reading.ids.length < reading.wanted) {
      socket.emit('wirepact:stream_credit', { stream, credit: items.length });
      return;
    }
    socket.emit('wirepact:stream_cancel', { stream });
    end(stream, reading);
  });
  socket.on('wirepact:stream_end', ({ stream, error }: { stream: string; error?: unknown }) => {
    expect(error).toBeUndefined();
    const reading = readings.get(stream);
    if (reading) end(stream, reading);
  });
  return (wanted: number) =>
    new Promise<readonly number[]>((resolve, reject) => {
      socket.emit('list_cards', { count: ITEMS }, (answer: { data: { stream: string } }) => {
        const { stream } = answer.data;
        if (!stream) reject(new Error(JSON.stringify(answer)));
        readings.set(stream, { ids: [], wanted, onEnd: resolve });
      });
    });
}

test('a thousand streams at once, cancelled at random, leave nothing behind', {
  timeout: 240_000,
}, async () => {
  const random = createRandom(1);
  let running = 0;
  let begun = 0;
  const { server, url } = await startBoard({
    async *list_cards({ signal }, { count }) {
      running += 1;
      begun += 1;
      try {
        for (let id = 1; id <= count; id += 1) {
          if (id % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
          signal.throwIfAborted();
          yield { id };
        }
      } finally {
        running -= 1;
      }
    },
  });
  const sockets = Array.from({ length: CONNECTIONS }, () => record(url, { autoConnect: false }).socket);
  for (const socket of sockets) {
    // What is recorded would grow.
    socket.offAny();
    await new Promise<void>((resolve) => socket.connect().once('connect', resolve));
  }
  const readers = sockets.map(createReader);
  const listeners = () => server.connections.map(({ closed }) => getEventListeners(closed, 'abort').length);

  const readAll = async () => {
    const reads = readers.flatMap((read) =>
      Array.from({ length: STREAMS }, async () => {
        const wanted = random() < 0.5 ? Number.POSITIVE_INFINITY : Math.floor(random() * ITEMS);
        const ids = await read(wanted);
        expect(ids).toEqual(ids.map((_, index) => index + 1));
        if (wanted > ITEMS) expect(ids).toHaveLength(ITEMS);
        else expect(ids.length).toBeGreaterThanOrEqual(wanted);
      }),
    );
    await Promise.all(reads);
    await expect.poll(() => running).toBe(0);
    collectGarbage();
    return { heap: process.memoryUsage().heapUsed, listeners: listeners() };
  };

  await readAll();
  const before = await readAll();
  for (let round = 0; round < ROUNDS; round += 1) await readAll();
  const after = await readAll();
  expect(begun).toBe((ROUNDS + 3) * CONNECTIONS * STREAMS);
  expect(after.listeners).toEqual(before.listeners);
  expect(after.heap - before.heap).toBeLessThan(MAX_GROWTH_BYTES);
});
