import { randomUUID } from 'node:crypto';
import { createLogStream } from '@wirepact/server';
import pino from 'pino';
import { describe, expect, test } from 'vitest';
import { TRANSPORTS, useChat } from './chat-fixture';
import type { Fields, SeedClient } from './seed-client';

const SUBSCRIBED = { subscribed: true, message: 'Successfully subscribed to log stream' };
const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** Entries of the test's own: the server writes to the same log. */
const messagesOf = (client: SeedClient) =>
  client
    .all('log_update')
    .map(({ message }) => String(message))
    .filter((message) => message.startsWith('test'));

describe.each(TRANSPORTS)('over $name', ({ transport }) => {
  const logStream = createLogStream();
  const logger = pino({ level: 'trace' }, logStream);
  const chat = useChat({ logger, logStream }, transport);

  async function subscribed(): Promise<SeedClient> {
    const client = await chat.connect();
    client.emit('subscribe_logs');
    await client.next('log_subscription_confirmed');
    return client;
  }

  /** The entry with this message. */
  async function entryOf(client: SeedClient, message: string): Promise<Fields | undefined> {
    await client.caughtUp();
    return client.all('log_update').find((entry) => entry.message === message);
  }

  test('[LOG-1] [LOG-4] [LOG-5] a subscriber gets entries as they are written, with all their fields', async () => {
    const client = await subscribed();
    const agentId = randomUUID();
    const before = Date.now();
    logger.info({ category: 'billing', agentId, invoice: { id: 7 } }, 'test all');
    const entry = await entryOf(client, 'test all');
    expect(entry).toEqual({
      ...{ id: expect.stringMatching(/./), timestamp: expect.any(String), level: 'info' },
      ...{ category: 'billing', message: 'test all', agentId, data: { invoice: { id: 7 } } },
    });
    const timestamp = String(entry?.timestamp);
    expect(new Date(timestamp).toISOString()).toBe(timestamp);
    expect(Date.parse(timestamp)).toBeGreaterThanOrEqual(before);
  });

  test('[LOG-4] ids of entries are unique', async () => {
    const client = await subscribed();
    for (let count = 0; count < 20; count += 1) logger.info('test id');
    await client.caughtUp();
    const ids = client.all('log_update').map(({ id }) => id);
    expect(ids.length).toBeGreaterThanOrEqual(20);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('[LOG-5] data and agentId are absent where there are none', async () => {
    const client = await subscribed();
    logger.info({ category: 'billing' }, 'test bare');
    const entry = await entryOf(client, 'test bare');
    expect(Object.keys(entry ?? {}).sort()).toEqual(['category', 'id', 'level', 'message', 'timestamp']);
  });

  test('[LOG-2] [LOG-3] a subscription is confirmed word for word, to the sender only', async () => {
    const [client, other] = await Promise.all([chat.connect(), chat.connect()]);
    client.emit('subscribe_logs');
    expect(await client.next('log_subscription_confirmed')).toEqual(SUBSCRIBED);
    await other.caughtUp();
    expect(other.timeline).not.toContain('log_subscription_confirmed');
  });

  test('[LOG-6] who has not subscribed gets nothing', async () => {
    const [client, other] = await Promise.all([subscribed(), chat.connect()]);
    await other.ask('set_log_filter', {});
    logger.error('test private');
    await Promise.all([client.caughtUp(), other.caughtUp()]);
    expect(messagesOf(client)).toEqual(['test private']);
    expect(other.timeline).not.toContain('log_update');
  });

  test('[LOG-7] [LOG-8] unsubscribe_logs ends it without an event, also where there is nothing to end', async () => {
    const client = await chat.connect();
    expect(await client.ask('unsubscribe_logs')).toMatchObject({ ok: true });
    expect(client.timeline).toEqual(['connection_established', 'ack unsubscribe_logs']);
    await client.ask('subscribe_logs');
    logger.info('test during');
    client.emit('unsubscribe_logs');
    await client.caughtUp();
    const sent = client.timeline.length;
    logger.info('test after');
    await client.caughtUp();
    expect(messagesOf(client)).toEqual(['test during']);
    expect(client.timeline.slice(sent)).toEqual(['ack heartbeat']);
    client.emit('unsubscribe_logs');
    await client.caughtUp();
    expect(client.timeline).not.toContain('messageError');
    expect(client.all('log_subscription_confirmed')).toHaveLength(1);
  });

  test.each(LEVELS)('[LOG-9] the level %s lets through what is at least as severe', async (level) => {
    const client = await subscribed();
    await client.ask('set_log_filter', { level });
    for (const each of LEVELS) logger[each](`test ${each}`);
    logger.fatal('test fatal');
    logger.trace('test trace');
    await client.caughtUp();
    const severe = LEVELS.slice(LEVELS.indexOf(level)).map((each) => `test ${each}`);
    expect(messagesOf(client)).toEqual([...severe, 'test fatal']);
  });

  test('[LOG-10] [LOG-11] [LOG-12] an entry passes where it matches all that the filter names', async () => {
    const [agentId, otherId] = [randomUUID(), randomUUID()];
    const filters = [{}, { agentId }, { category: 'a' }, { agentId, category: 'a', level: 'warn' }];
    const clients = await Promise.all(filters.map(subscribed));
    await Promise.all(filters.map((filter, index) => clients[index]?.ask('set_log_filter', filter)));
    logger.warn({ agentId, category: 'a' }, 'test 1');
    logger.info({ agentId, category: 'a' }, 'test 2');
    logger.warn({ agentId, category: 'b' }, 'test 3');
    logger.warn({ agentId: otherId, category: 'a' }, 'test 4');
    logger.warn({ category: 'a' }, 'test 5');
    logger.warn('test 6');
    await Promise.all(clients.map((client) => client.caughtUp()));
    expect(clients.map(messagesOf)).toEqual([
      ['test 1', 'test 2', 'test 3', 'test 4', 'test 5', 'test 6'],
      ['test 1', 'test 2', 'test 3'],
      ['test 1', 'test 2', 'test 4', 'test 5'],
      ['test 1'],
    ]);
  });

  test('[LOG-13] a filter replaces the one before it', async () => {
    const client = await subscribed();
    await client.ask('set_log_filter', { level: 'error' });
    await client.ask('set_log_filter', { category: 'a' });
    logger.info({ category: 'a' }, 'test a');
    logger.error({ category: 'b' }, 'test b');
    await client.ask('set_log_filter', {});
    logger.info('test open');
    await client.caughtUp();
    expect(messagesOf(client)).toEqual(['test a', 'test open']);
  });

  test('[LOG-14] the filter holds from before a subscription, and over its end', async () => {
    const client = await chat.connect();
    await client.ask('set_log_filter', { level: 'error' });
    for (const round of ['one', 'two']) {
      await client.ask('subscribe_logs');
      logger.info(`test info ${round}`);
      logger.error(`test error ${round}`);
      await client.ask('unsubscribe_logs');
    }
    expect(messagesOf(client)).toEqual(['test error one', 'test error two']);
  });

  test('[LOG-15] subscribing twice is confirmed twice and delivers once', async () => {
    const client = await subscribed();
    client.emit('subscribe_logs');
    expect(await client.next('log_subscription_confirmed')).toEqual(SUBSCRIBED);
    logger.info('test once');
    await client.caughtUp();
    expect(messagesOf(client)).toEqual(['test once']);
    await client.ask('unsubscribe_logs');
    logger.info('test never');
    await client.caughtUp();
    expect(messagesOf(client)).toEqual(['test once']);
  });

  test.each([
    [{ level: 'trace' }, 'INVALID_PAYLOAD'],
    [{ level: 'INFO' }, 'INVALID_PAYLOAD'],
    [{ level: 30 }, 'INVALID_PAYLOAD'],
    [{ agentId: 'eliza' }, 'INVALID_UUID'],
    [{ category: '' }, 'INVALID_PAYLOAD'],
    [{ category: 'x'.repeat(257) }, 'INVALID_PAYLOAD'],
  ])('[LOG-16] %j is refused, and the filter stays', async (filter, code) => {
    const client = await subscribed();
    await client.ask('set_log_filter', { level: 'error' });
    expect(await client.ask('set_log_filter', filter)).toMatchObject({ ok: false, error: { code } });
    logger.info('test hidden');
    logger.error('test seen');
    await client.caughtUp();
    expect(messagesOf(client)).toEqual(['test seen']);
  });

  test('[LOG-17] stacks are not sent', async () => {
    const client = await subscribed();
    const err = new Error('broken', { cause: new Error('deeper') });
    logger.error({ err, nested: { list: [{ stack: 'at secret.ts:1' }] } }, 'test stack');
    const entry = await entryOf(client, 'test stack');
    expect(entry?.data).toMatchObject({ err: { type: 'Error', message: expect.stringContaining('broken') } });
    expect(JSON.stringify(entry)).not.toMatch(/"stack"|\.ts:\d/);
  });
});
