import { createServer } from 'node:http';
import { WirepactError } from '@wirepact/contract/runtime';
import { Counter, Registry } from 'prom-client';
import { expect, onTestFinished, test } from 'vitest';
import { createMemoryStore } from '../index';
import { board, card, connectTo, startBoard } from '../runtime/test-board';
import { createStallingProxy, listen, record } from '../runtime/test-client';
import { createMetrics } from './create-metrics';
import { serveMetrics } from './test-scrape';

async function startMeasured(...[handlers, options]: Parameters<typeof startBoard>) {
  const metrics = createMetrics();
  const { server, url } = await startBoard(handlers, { ...options, metrics });
  return { server, url, read: await serveMetrics(metrics) };
}

test('events are counted by name and code, and how long they took', async () => {
  const locked = () => {
    throw new WirepactError('CARD_LOCKED', 'Bob has it.', { data: { by: 'bob' } });
  };
  const { url, read } = await startMeasured({ move_card: locked });
  const { ask } = await connectTo(url);
  await ask('enter_board', { boardId: 'b1' });
  await ask('enter_board', { boardId: 'b2' });
  await ask('move_card', card);
  const rows = await read();
  expect(rows.get('wirepact_events_total{contract="board",event="enter_board",code="OK"}')).toBe(2);
  expect(rows.get('wirepact_events_total{contract="board",event="move_card",code="CARD_LOCKED"}')).toBe(1);
  const seconds = 'wirepact_event_duration_seconds';
  expect(rows.get(`${seconds}_count{contract="board",event="enter_board"}`)).toBe(2);
  expect(rows.get(`${seconds}_bucket{le="10",contract="board",event="enter_board"}`)).toBe(2);
});

test('names that clients think up are one label together', async () => {
  const { url, read } = await startMeasured();
  const { ask } = await connectTo(url);
  for (const name of ['one', 'two', 'constructor']) await ask(name);
  const counted = [...(await read())].filter(([row]) => row.startsWith('wirepact_events_total'));
  expect(counted).toEqual([
    ['wirepact_events_total{contract="board",event="(unknown)",code="UNKNOWN_EVENT"}', 3],
  ]);
});

test('codes that a host makes up are a hundred at most', async () => {
  let count = 0;
  const failing = () => {
    count += 1;
    throw new WirepactError(`CODE_${count}`, 'No.');
  };
  const { url, read } = await startMeasured({ move_card: failing });
  const { ask } = await connectTo(url);
  for (let sent = 0; sent < 120; sent += 1) await ask('move_card', card);
  const counted = [...(await read())].filter(([row]) => row.includes('event="move_card",code='));
  expect(counted).toHaveLength(101);
  expect(counted.at(-1)).toEqual([
    'wirepact_events_total{contract="board",event="move_card",code="(other)"}',
    20,
  ]);
});

test('connections are counted by transport, and how they end', async () => {
  const { url, read } = await startMeasured();
  const one = await connectTo(url);
  const other = await connectTo(url, { transports: ['polling'] });
  const rows = await read();
  expect(rows.get('wirepact_connections{contract="board",transport="websocket"}')).toBe(1);
  expect(rows.get('wirepact_connections{contract="board",transport="polling"}')).toBe(1);
  one.socket.disconnect();
  other.socket.disconnect();
  const ended = 'wirepact_ended_total{contract="board",kind="connection",how="client namespace disconnect"}';
  await expect.poll(async () => (await read()).get(ended)).toBe(2);
  expect((await read()).get('wirepact_connections{contract="board",transport="websocket"}')).toBe(0);
});

test('who is not let in is counted by the code it was told', async () => {
  const { url, read } = await startMeasured({}, { authenticate: () => null });
  const { socket } = record(url);
  await new Promise((resolve) => socket.once('connect_error', resolve));
  const rows = await read();
  expect(rows.get('wirepact_connections_refused_total{contract="board",code="UNAUTHENTICATED"}')).toBe(1);
});

test('what waits for a member that does not read is seen, and that it is dropped', async () => {
  const { server, url, read } = await startMeasured({}, { maxWaitingBytes: 1024 * 1024 });
  const proxy = await createStallingProxy(url);
  const { socket } = await connectTo(proxy.url);
  const left = new Promise((resolve) => socket.once('disconnect', resolve));
  proxy.stall();
  const moved = { boardId: 'b1', cardId: 'x'.repeat(8_000), column: 'done' };
  let most = 0;
  const isDropped = async () => {
    for (let sent = 0; sent < 20; sent += 1) server.emit('cardMoved', moved);
    const rows = await read();
    most = Math.max(most, rows.get('wirepact_waiting_bytes{contract="board"}') ?? 0);
    return rows.get('wirepact_ended_total{contract="board",kind="connection",how="SLOW_READER"}');
  };
  await expect.poll(isDropped, { interval: 0 }).toBe(1);
  expect(most).toBeGreaterThan(64 * 1024);
  proxy.resume();
  await left;
});

test('streams and requests under way are seen while they are', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { url, read } = await startMeasured({
    move_card: async () => {
      await held;
      return { position: 1 };
    },
    async *list_cards() {
      await held;
      yield { id: 1 };
    },
  });
  const client = await connectTo(url);
  const moved = client.ask('move_card', card);
  await client.ask('list_cards', { count: 1 });
  const running = async (kind: string) =>
    (await read()).get(`wirepact_running{contract="board",kind="${kind}"}`);
  expect([await running('requests'), await running('streams')]).toEqual([1, 1]);
  release();
  await moved;
  await client.waitFor('wirepact:stream_end');
  await expect.poll(() => running('streams')).toBe(0);
  expect(await running('requests')).toBe(0);
});

test('metrics stand beside the host’s own in its registry, and are answered as Prometheus reads them', async () => {
  const registry = new Registry();
  new Counter({ name: 'orders_total', help: 'Orders.', registers: [registry] }).inc(3);
  const metrics = createMetrics({ registry });
  expect(metrics.registry).toBe(registry);
  const httpServer = createServer(metrics.handler);
  onTestFinished(() => void httpServer.close());
  const response = await fetch(await listen(httpServer));
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const text = await response.text();
  expect(text).toContain('orders_total 3');
  expect(text).toMatch(/^wirepact_event_loop_delay_seconds\{quantile="0.99"\} \d/m);
  expect(text).toContain('# TYPE wirepact_connections gauge');
});

test('a metric that cannot be read is no crash: the answer says so', async () => {
  const metrics = createMetrics();
  metrics.meter(board).watch(() => {
    throw new Error('secret');
  });
  const httpServer = createServer(metrics.handler);
  onTestFinished(() => void httpServer.close());
  const response = await fetch(await listen(httpServer));
  expect([response.status, await response.text()]).toEqual([500, 'The metrics could not be read.\n']);
});

test('servers of one contract are counted together, and a closed one no longer', async () => {
  const metrics = createMetrics();
  const [one, other] = [await startBoard({}, { metrics }), await startBoard({}, { metrics })];
  const read = await serveMetrics(metrics);
  await Promise.all([connectTo(one.url), connectTo(other.url)]);
  const websockets = 'wirepact_connections{contract="board",transport="websocket"}';
  expect((await read()).get(websockets)).toBe(2);
  await one.server.close();
  expect((await read()).get(websockets)).toBe(1);
  await other.server.close();
  expect((await read()).get(websockets)).toBeUndefined();
});

test('a server without the option tells nobody anything, and an option that cannot be meant is refused', async () => {
  const store = createMemoryStore();
  expect(store).not.toHaveProperty('watchCommits');
  await expect(startBoard({}, { metrics: { watch() {} } as never })).rejects.toThrow(
    '`metrics` must be what `createMetrics` of @wirepact/server/metrics makes',
  );
});

test.each<[unknown, string]>([
  [null, 'The options must be an object, not null.'],
  [{ registry: {} }, '`registry` must be a `Registry` of prom-client’s.'],
  [new Registry(), 'the options are registry.'],
])('what are no options is refused at once: %j', (options, message) => {
  expect(() => createMetrics(options as never)).toThrow(
    expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.stringContaining(message) }),
  );
});
