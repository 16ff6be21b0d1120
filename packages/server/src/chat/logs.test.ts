import pino from 'pino';
import { expect, test } from 'vitest';
import { createLogStream } from '../index';
import { connect, createStallingProxy, hello, join, type Recorder, startChat } from './test-chat';

const AGENT = '00000000-0000-4000-8000-000000000001';

/** A chat whose host logs to `logger`, and nowhere else. */
async function startLoggedChat() {
  const logStream = createLogStream();
  const logger = pino({ level: 'trace' }, pino.multistream([{ level: 'trace', stream: logStream }]));
  return { ...(await startChat({ logger, logStream })), logger };
}

/** Entries of the host: the server's own have a category of their own. */
const entriesOf = (recorder: Recorder) =>
  recorder
    .payloads('log_update')
    .map((entry) => Object(entry))
    .filter(({ category }) => category !== 'server');

const messagesOf = (recorder: Recorder) => entriesOf(recorder).map(({ message }) => message);

/** Everything that was sent to the recorder before this has come. */
const settle = (recorder: Recorder) => recorder.ask('unsubscribe_logs');

test('the host’s lines arrive as the document’s entries', async () => {
  const { url, logger } = await startLoggedChat();
  const client = await connect(url);
  await client.ask('subscribe_logs');
  expect(client.payloads('log_subscription_confirmed')).toEqual([
    { subscribed: true, message: 'Successfully subscribed to log stream' },
  ]);
  logger.child({ category: 'jobs', agentId: AGENT }).warn({ job: 7 }, 'late');
  logger.info('plain');
  logger.error(new Error('broken'));
  await settle(client);
  const [late, plain, broken] = entriesOf(client);
  const common = { id: expect.any(String), timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) };
  expect(late).toEqual({
    ...common,
    level: 'warn',
    category: 'jobs',
    message: 'late',
    agentId: AGENT,
    data: { job: 7 },
  });
  expect(plain).toEqual({ ...common, level: 'info', category: 'app', message: 'plain' });
  expect(broken).toMatchObject({ level: 'error', message: 'broken', data: { err: { type: 'Error' } } });
  expect(JSON.stringify(broken)).not.toContain('stack');
  expect(new Set(entriesOf(client).map(({ id }) => id)).size).toBe(3);
});

test.each([
  ['level', { level: 'warn' }, ['warning', 'error', 'fatal']],
  ['agent', { agentId: AGENT }, ['agent']],
  ['category', { category: 'agent' }, ['agent']],
  ['level and category', { level: 'error', category: 'agent' }, []],
  ['nothing', {}, ['trace', 'debug', 'info', 'warning', 'error', 'fatal', 'agent']],
])('filtered by %s', async (_what, filter, expected) => {
  const { url, logger } = await startLoggedChat();
  const client = await connect(url);
  expect(await client.ask('set_log_filter', filter)).toEqual({ ok: true, data: filter });
  await client.ask('subscribe_logs');
  logger.trace('trace');
  logger.debug('debug');
  logger.info('info');
  logger.warn('warning');
  logger.error('error');
  logger.fatal('fatal');
  logger.info({ category: 'agent', agentId: AGENT }, 'agent');
  await settle(client);
  expect(messagesOf(client)).toEqual(expected);
});

test('a new filter replaces the one before it, while subscribed', async () => {
  const { url, logger } = await startLoggedChat();
  const client = await connect(url);
  await client.ask('set_log_filter', { level: 'error', category: 'a' });
  await client.ask('subscribe_logs');
  logger.warn({ category: 'b' }, 'one');
  await client.ask('set_log_filter', { level: 'warn' });
  logger.warn({ category: 'b' }, 'two');
  await settle(client);
  expect(messagesOf(client)).toEqual(['two']);
});

test('subscribing twice delivers once; nothing comes after unsubscribing, nor to others', async () => {
  const { url, logger } = await startLoggedChat();
  const client = await connect(url);
  const other = await connect(url);
  await client.ask('subscribe_logs');
  await client.ask('subscribe_logs');
  logger.info('one');
  expect(await client.ask('unsubscribe_logs')).toEqual({ ok: true, data: { subscribed: false } });
  logger.info('two');
  await Promise.all([settle(client), settle(other)]);
  expect(messagesOf(client)).toEqual(['one']);
  expect(client.payloads('log_subscription_confirmed')).toHaveLength(2);
  expect(other.payloads('log_update')).toEqual([]);
});

test('a slow subscriber loses log lines and is told how many, and loses no chat message', async () => {
  const LINES = 8_000;
  const { url, logger } = await startLoggedChat();
  const proxy = await createStallingProxy(url);
  const slow = await join(proxy.url);
  const sender = await connect(url);
  await slow.ask('set_log_filter', { category: 'flood' });
  await slow.ask('subscribe_logs');
  proxy.stall();
  const padding = 'x'.repeat(4_000);
  for (let line = 0; line < LINES; line += 1) {
    logger.info({ category: 'flood', padding }, `line ${line}`);
    if (line % 100 === 99) await sender.ask('send_message', hello({ text: `chat ${line}` }));
  }
  proxy.resume();
  await expect.poll(() => messagesOf(slow).includes(`line ${LINES - 1}`)).toBe(true);
  await slow.waitFor('messageBroadcast', LINES / 100);
  const entries = slow.payloads('log_update').map((entry) => Object(entry));
  const lost = entries.reduce(
    (sum, entry) => sum + (entry.category === 'log-stream' ? entry.data.lost : 0),
    0,
  );
  const arrived = entries.filter(({ category }) => category === 'flood').length;
  expect(lost).toBeGreaterThan(LINES / 4);
  expect(arrived + lost).toBe(LINES);
});

test('a subscriber who is gone is forgotten', async () => {
  const logStream = createLogStream();
  let active = 0;
  const subscribe: typeof logStream.subscribe = (filter, sink) => {
    active += 1;
    const subscription = logStream.subscribe(filter, sink);
    const unsubscribe = () => {
      active -= 1;
      subscription.unsubscribe();
    };
    return { ...subscription, unsubscribe };
  };
  const { url } = await startChat({ logStream: { ...logStream, subscribe } });
  const client = await connect(url);
  await client.ask('subscribe_logs');
  expect(active).toBe(1);
  client.socket.close();
  await expect.poll(() => active).toBe(0);
});

test('without a log stream beside it, a host’s logger is warned', async () => {
  const lines: string[] = [];
  await startChat({ logger: pino({ level: 'warn' }, { write: (line) => void lines.push(line) }) });
  expect(lines.join('')).toMatch(/log subscribers get nothing: .* `logger` is set without `logStream`/);
  expect(lines.join('')).toMatch(/anybody may connect .* `authenticate` is not set/);
});

test.each<[string, unknown[], string]>([
  ['no filter', [undefined, () => undefined], 'A filter of log entries must be an object'],
  ['nobody to tell', [{}], 'subscribe needs a function, not undefined.'],
])('a log stream refuses in words a subscription with %s, and the log goes on', (_what, args, message) => {
  const stream = createLogStream();
  expect(() => Reflect.apply(stream.subscribe, stream, args)).toThrow(
    expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.stringContaining(message) }),
  );
  expect(() => stream.write('{"level":30,"time":1,"msg":"hello"}\n')).not.toThrow();
});
