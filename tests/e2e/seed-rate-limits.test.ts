import type { ChatServerOptions } from '@wirepact/server';
import { createChatServer, createMemoryStore } from '@wirepact/server';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { hello, newChannel, silent, TRANSPORTS } from './chat-fixture';
import { open, type SeedClient } from './seed-client';

/** How many of `count` heartbeats are answered. */
async function countAccepted(client: SeedClient, count: number): Promise<number> {
  const answers = await Promise.all(Array.from({ length: count }, () => client.ask('heartbeat')));
  return answers.filter(({ ok }) => ok).length;
}

describe.each(TRANSPORTS)('over $name', ({ transport }) => {
  beforeEach(() => {
    vi.stubEnv('WIREPACT_RATE_LIMIT_POINTS', undefined);
    vi.stubEnv('WIREPACT_RATE_LIMIT_SECONDS', undefined);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  /** A server with a limit of its own, and clients that say which address they speak for. */
  async function start(options: ChatServerOptions = {}) {
    const server = createChatServer({ logger: silent, store: createMemoryStore(), ...options });
    const { url } = await server.listen(0, '127.0.0.1');
    const clients: SeedClient[] = [];
    onTestFinished(async () => {
      for (const client of clients) client.close();
      await server.close();
    });
    const connect = async (address?: string) => {
      const extraHeaders: Record<string, string> =
        address === undefined ? {} : { 'x-forwarded-for': address };
      const client = open(url, { ...transport, extraHeaders });
      clients.push(client);
      await client.next('connection_established');
      return client;
    };
    return { server, connect };
  }

  test('[RATE-1] [RATE-3] connections of one address may send 60 events a minute together', async () => {
    const { connect } = await start();
    const [first, second] = await Promise.all([connect(), connect()]);
    expect(await countAccepted(first, 40)).toBe(40);
    expect(await countAccepted(second, 40)).toBe(20);
    const { error } = await first.ask('heartbeat');
    expect(error).toMatchObject({ code: 'RATE_LIMITED' });
    expect(error?.retryAfterMs).toBeGreaterThan(30_000);
    expect(error?.retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  test('[RATE-2] the environment sets the limit, and the option goes before it', async () => {
    vi.stubEnv('WIREPACT_RATE_LIMIT_POINTS', '3');
    vi.stubEnv('WIREPACT_RATE_LIMIT_SECONDS', '7');
    const client = await (await start()).connect();
    expect(await countAccepted(client, 5)).toBe(3);
    expect((await client.ask('heartbeat')).error?.retryAfterMs).toBeLessThanOrEqual(7_000);
    const more = await (await start({ rateLimit: { points: 4 } })).connect();
    expect(await countAccepted(more, 5)).toBe(4);
    const unlimited = await (await start({ rateLimit: false })).connect();
    expect(await countAccepted(unlimited, 70)).toBe(70);
  });

  test('[RATE-3] [RATE-7] addresses that a trusted proxy reports have limits of their own', async () => {
    const { connect } = await start({ rateLimit: { points: 2 }, trustProxy: 1 });
    const [one, two] = await Promise.all([connect('203.0.113.1'), connect('203.0.113.2')]);
    expect(await countAccepted(one, 4)).toBe(2);
    expect(await countAccepted(two, 4)).toBe(2);
  });

  test('[RATE-7] what an untrusted sender says of its address is ignored', async () => {
    const { connect } = await start({ rateLimit: { points: 2 } });
    const [one, two] = await Promise.all([connect('203.0.113.1'), connect('203.0.113.2')]);
    expect(await countAccepted(one, 2)).toBe(2);
    expect(await countAccepted(two, 2)).toBe(0);
  });

  test('[RATE-6] an IPv6 address counts as its /64', async () => {
    const { connect } = await start({ rateLimit: { points: 2 }, trustProxy: 1 });
    const addresses = ['2001:db8:0:1::1', '2001:db8::1:ffff:0:0:2', '2001:db8:0:2::1'];
    const [one, sameNetwork, other] = await Promise.all(addresses.map(connect));
    expect(one && (await countAccepted(one, 2))).toBe(2);
    expect(sameNetwork && (await countAccepted(sameNetwork, 2))).toBe(0);
    expect(other && (await countAccepted(other, 2))).toBe(2);
  });

  test.each([
    ['an invalid payload', 'join_channel', { channelId: 'lobby' }],
    ['an unknown event', 'no_such_event', {}],
    ['one that carries nothing', 'unsubscribe_logs', undefined],
    ['one too large', 'set_log_filter', { category: 'x'.repeat(10_000) }],
  ])('[RATE-4] every event counts: %s', async (_name, event, payload) => {
    const { connect } = await start({ rateLimit: { points: 3 } });
    const client = await connect();
    for (let count = 0; count < 2; count += 1) await client.ask(event, payload);
    expect(await countAccepted(client, 3)).toBe(1);
  });

  test('[RATE-5] an event over the limit has no effect, and says when to try again', async () => {
    const { server, connect } = await start({ rateLimit: { points: 1, durationSeconds: 30 } });
    const channelId = newChannel();
    const client = await connect();
    await client.join(channelId);
    client.emit('send_message', hello(channelId, { messageId: 'm-1' }));
    const error = await client.next('messageError');
    expect(error).toMatchObject({ code: 'RATE_LIMITED', retryable: true, clientMessageId: 'm-1' });
    expect(error.retryAfterMs).toBeGreaterThan(0);
    expect(error.retryAfterMs).toBeLessThanOrEqual(30_000);
    expect(await server.messages.list(channelId, { limit: 9 })).toEqual([]);
    expect(client.socket.connected).toBe(true);
    expect(client.timeline).not.toContain('messageBroadcast');
  });
});
