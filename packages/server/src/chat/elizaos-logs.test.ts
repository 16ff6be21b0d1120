import pino from 'pino';
import { expect, test } from 'vitest';
import { createLogStream, createMemoryStore } from '../index';
import type { Recorder } from './test-chat';
import { connectWeb, startBoth } from './test-elizaos';

async function startLogged() {
  const logStream = createLogStream();
  const logger = pino({ level: 'trace' }, pino.multistream([{ level: 'trace', stream: logStream }]));
  const { url } = await startBoth({ store: createMemoryStore(), logger, logStream });
  return { web: await connectWeb(url), logger, logStream };
}

/** Messages of the host's lines, whose texts begin with a star. */
const linesOf = (web: Recorder) =>
  web
    .payloads('log_stream')
    .map((line) => String(Object(line).payload.msg))
    .filter((message) => message.startsWith('*'));

/** Everything up to here has come once this has. */
async function settle(web: Recorder, count: number) {
  web.socket.emit('unsubscribe_logs');
  await web.waitFor('log_subscription_confirmed', count);
}

test('[ELIZA-11] the log is streamed line by line, with the number of the level', async () => {
  const { web, logger } = await startLogged();
  web.socket.emit('subscribe_logs');
  expect(await web.waitFor('log_subscription_confirmed')).toEqual({
    subscribed: true,
    message: 'Successfully subscribed to log stream',
  });
  logger.warn({ agentName: 'Eliza' }, '*late');
  await expect.poll(() => linesOf(web)).toEqual(['*late']);
  expect(web.payloads('log_stream')).toContainEqual({
    type: 'log_entry',
    payload: { time: expect.any(Number), level: 40, msg: '*late', agentName: 'Eliza' },
  });
  await settle(web, 2);
  expect(web.payloads('log_subscription_confirmed')[1]).toEqual({
    subscribed: false,
    message: 'Successfully unsubscribed from log stream',
  });
  logger.warn('*unheard');
  web.socket.emit('update_log_filters', { level: 'info' });
  expect(await web.waitFor('log_filters_updated')).toEqual({
    success: false,
    error: 'Not subscribed to log stream',
  });
  expect(linesOf(web)).toEqual(['*late']);
});

test.each([
  [{ level: 'warn' }, ['*warn', '*error', '*fatal']],
  [{ level: 'fatal' }, ['*fatal']],
  [{ level: 'success' }, ['*success', '*info', '*warn', '*error', '*fatal']],
  [{ level: 'all' }, ['*success', '*trace', '*debug', '*info', '*warn', '*error', '*fatal']],
  [{ level: 'loud' }, []],
  [{ level: 'trace', agentName: 'Eliza' }, ['*error']],
])('[ELIZA-12] the filter %j lets through what it says', async (filters, lines) => {
  const { web, logger, logStream } = await startLogged();
  web.socket.emit('subscribe_logs');
  web.socket.emit('update_log_filters', { level: 'debug', agentName: 'all' });
  web.socket.emit('update_log_filters', filters);
  await web.waitFor('log_filters_updated', 2);
  expect(web.payloads('log_filters_updated')[1]).toEqual({
    success: true,
    filters: { agentName: 'all', ...filters },
  });
  logStream.write(JSON.stringify({ level: 27, time: 1, msg: '*success' }));
  for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const) {
    const fields = level === 'error' ? { agentName: 'Eliza' } : {};
    logger[level](fields, `*${level}`);
  }
  await settle(web, 2);
  expect(linesOf(web)).toEqual(lines);
});

test('[ELIZA-12] who may not read the log gets none, and no filter', async () => {
  const { url } = await startBoth({
    store: createMemoryStore(),
    authorize: ({ event }) => event !== 'subscribe_logs',
  });
  const web = await connectWeb(url);
  web.socket.emit('subscribe_logs');
  expect(await web.waitFor('messageError')).toEqual({ error: 'You may not subscribe_logs here.' });
  web.socket.emit('update_log_filters', {});
  expect(await web.waitFor('log_filters_updated')).toMatchObject({ success: false });
});
