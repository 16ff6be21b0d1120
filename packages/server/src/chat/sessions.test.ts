import { expect, test, vi } from 'vitest';
import type { Authenticate, Handshake } from '../index';
import { createKeptLog } from '../runtime/test-log';
import { CHANNEL, connect, hello, join, type Recorder, record, startChat } from './test-chat';

/** Tokens are names; `until` in the handshake says when the identity ends. */
const byName: Authenticate = ({ auth }) => {
  if (typeof auth.token !== 'string') return null;
  const claims = { token: auth.token };
  const entityId = auth.token.split(' ')[0] ?? '';
  return { entityId, claims, ...(typeof auth.until === 'number' && { expiresAt: auth.until }) };
};

/** Soon, and late enough for a slow machine to connect before. */
const soon = () => Date.now() + 1_500;
const inAnHour = () => Date.now() + 3_600_000;

/** Resolves with Socket.IO's reason once the client is disconnected. */
const endOf = ({ socket }: Recorder) =>
  new Promise<string>((resolve) => socket.once('disconnect', (reason) => resolve(reason)));

test('[AUTH-8] [A3] the client is told when its identity ends, and is ended then', async () => {
  const { url } = await startChat({ authenticate: byName });
  const until = soon();
  const client = record(url, { auth: { token: 'ada', until } });
  const ended = endOf(client);
  expect(await client.waitFor('connection_established')).toMatchObject({ expiresAt: until });
  await ended;
  expect(Date.now()).toBeGreaterThanOrEqual(until);
  expect(client.payloads('connection_ended')).toEqual([
    { reason: 'IDENTITY_EXPIRED', message: expect.stringContaining('Sign in again'), reconnect: true },
  ]);
});

test('[A3] an identity without an end has none', async () => {
  const { url } = await startChat({ authenticate: byName });
  const client = await connect(url, { auth: { token: 'ada' } });
  expect(client.payloads('connection_established')).not.toMatchObject([{ expiresAt: expect.anything() }]);
});

test('[A3] what has ended already lets nobody in', async () => {
  const { url } = await startChat({ authenticate: byName });
  const client = record(url, { auth: { token: 'ada', until: Date.now() - 1 } });
  const error = await new Promise<Error & { data?: unknown }>((resolve) =>
    client.socket.once('connect_error', resolve),
  );
  expect(error.data).toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('[AUTH-9] [A3] who authenticates again in time stays connected, in its channels, with its new claims', async () => {
  const claims: unknown[] = [];
  const { chat, url } = await startChat({
    authenticate: byName,
    authorize: ({ identity }) => claims.push(identity?.claims) > 0,
  });
  const until = soon();
  const client = await join(url, { auth: { token: 'ada', until } });
  const expiresAt = inAnHour();
  expect(await client.ask('authenticate', { auth: { token: 'ada again', until: expiresAt } })).toEqual({
    ok: true,
    data: { expiresAt },
  });
  // Whoever does not is ended when the client would have been.
  await endOf(await connect(url, { auth: { token: 'bob', until } }));
  await chat.messages.post({ ...hello(), senderId: 'bob', senderName: 'Bob', source: 'test' });
  expect(await client.waitFor('messageBroadcast')).toMatchObject({ text: 'hello' });
  await client.ask('list_messages', { channelId: CHANNEL });
  expect(claims).toEqual([{ token: 'ada' }, { token: 'ada again' }]);
  expect(client.payloads('connection_ended')).toEqual([]);
});

test('[A3] the host is asked with the handshake of the connection and the new `auth`', async () => {
  const handshakes: Handshake[] = [];
  const { url } = await startChat({
    authenticate: (handshake) => {
      handshakes.push(handshake);
      return byName(handshake);
    },
  });
  const client = await connect(url, {
    auth: { token: 'ada', device: 'phone' },
    query: { from: 'page' },
    extraHeaders: { cookie: 'session=1' },
  });
  await client.ask('authenticate', { auth: { token: 'ada' } });
  await client.ask('authenticate', { auth: { token: 'ada again' } });
  expect(handshakes.map(({ auth }) => auth)).toEqual([
    { token: 'ada', device: 'phone' },
    { token: 'ada' },
    { token: 'ada again' },
  ]);
  for (const { query, headers, address } of handshakes) {
    expect(query).toMatchObject({ from: 'page' });
    expect(headers.cookie).toBe('session=1');
    expect(address).toBe('127.0.0.1');
  }
});

test.each([
  ['credentials that are not accepted', { token: 7 }],
  ['those of somebody else', { token: 'eve' }],
  ['those that have ended', { token: 'ada', until: Date.now() - 1 }],
])('[A3] %s change nothing', async (_what, auth) => {
  const { chat, url } = await startChat({ authenticate: byName });
  const client = await join(url, { auth: { token: 'ada', until: inAnHour() } });
  expect(await client.ask('authenticate', { auth })).toMatchObject({
    ok: false,
    error: { code: 'UNAUTHENTICATED', retryable: false },
  });
  expect(await client.ask('send_message', hello({ entityId: 'eve' }))).toMatchObject({
    error: { code: 'FORBIDDEN' },
  });
  expect(await client.ask('send_message', hello({ entityId: 'ada' }))).toMatchObject({ ok: true });
  expect(chat.disconnect('eve')).toBe(0);
});

test('[A8] an outage while authenticating again is retryable, and changes nothing', async () => {
  let isDown = false;
  const { logger } = createKeptLog();
  const { url } = await startChat({
    logger,
    authenticate: async (handshake) => {
      if (isDown) throw new Error('the user database is away');
      return byName(handshake);
    },
  });
  const client = await join(url, { auth: { token: 'ada' } });
  isDown = true;
  expect(await client.ask('authenticate', { auth: { token: 'ada' } })).toMatchObject({
    error: { code: 'UNAVAILABLE', retryable: true },
  });
  expect(await client.ask('send_message', hello({ entityId: 'ada' }))).toMatchObject({ ok: true });
});

test('[A3] one question at a time, and each counts like a connect', async () => {
  const releases: (() => void)[] = [];
  let isSlow = false;
  const { url } = await startChat({
    connectLimit: { points: 3 },
    authenticate: async (handshake) => {
      if (isSlow) await new Promise<void>((resolve) => releases.push(resolve));
      return byName(handshake);
    },
  });
  const client = await connect(url, { auth: { token: 'ada' } });
  isSlow = true;
  const first = client.ask('authenticate', { auth: { token: 'ada' } });
  expect(await client.ask('authenticate', { auth: { token: 'eve' } })).toMatchObject({
    error: { code: 'OVERLOADED', retryable: true },
  });
  expect(releases).toHaveLength(1);
  releases[0]?.();
  expect(await first).toMatchObject({ ok: true });
  expect(await client.ask('authenticate', { auth: { token: 'ada' } })).toMatchObject({
    error: { code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) },
  });
});

test('[A3] where nobody is signed in, there is nothing to renew', async () => {
  const { url } = await startChat();
  const client = await connect(url);
  expect(await client.ask('authenticate', { auth: { token: 'ada' } })).toEqual({ ok: true, data: {} });
});

test('[A3] an end that is further away than a timer can wait is no end now', async () => {
  const { url } = await startChat({ authenticate: byName });
  const client = await connect(url, { auth: { token: 'ada', until: Date.now() + 2 ** 33 } });
  expect(await client.ask('heartbeat')).toMatchObject({ ok: true });
  expect(client.payloads('connection_ended')).toEqual([]);
});

test('[A3] no timer waits for a connection that has ended', async () => {
  const { url } = await startChat({ authenticate: byName });
  const setTimer = vi.spyOn(globalThis, 'setTimeout');
  const clearTimer = vi.spyOn(globalThis, 'clearTimeout');
  const until = inAnHour();
  const client = await connect(url, { auth: { token: 'ada', until } });
  const index = setTimer.mock.calls.findIndex(([, wait = 0]) => wait > 3_000_000);
  const timer = setTimer.mock.results[index]?.value;
  expect(timer?.hasRef()).toBe(false);
  client.socket.disconnect();
  await expect.poll(() => clearTimer.mock.calls.flat()).toContain(timer);
  vi.restoreAllMocks();
});

test('[AUTH-10] [A3] the host puts an entity out, on every connection of it and on no other', async () => {
  const { chat, url } = await startChat({ authenticate: byName });
  const [one, two, other] = await Promise.all(
    ['ada', 'ada again', 'bob'].map((token) => join(url, { auth: { token } })),
  );
  if (!one || !two || !other) throw new Error('three clients were to connect');
  const ended = Promise.all([endOf(one), endOf(two)]);
  expect(chat.disconnect('ada', 'You were reported.')).toBe(2);
  expect(await ended).toEqual(['io server disconnect', 'io server disconnect']);
  for (const client of [one, two])
    expect(client.payloads('connection_ended')).toEqual([
      { reason: 'KICKED', message: 'You were reported.', reconnect: false },
    ]);
  expect(await other.ask('send_message', hello({ entityId: 'bob' }))).toMatchObject({ ok: true });
  expect(one.payloads('messageBroadcast')).toEqual([]);
  expect(chat.disconnect('ada')).toBe(0);
});

test('[A3] nobody is not everybody: an id that is missing puts out none of those who are not signed in', async () => {
  const { chat, url } = await startChat();
  const client = await connect(url);
  // JavaScript has no compiler that would refuse it.
  expect(() => chat.disconnect(undefined as never)).toThrow('disconnect needs the id of an entity');
  expect(await client.ask('heartbeat')).toMatchObject({ ok: true });
  expect(client.payloads('connection_ended')).toEqual([]);
});

test('[A3] or has it come back with credentials that are asked for again', async () => {
  const { chat, url } = await startChat({ authenticate: byName });
  const client = await join(url, { auth: { token: 'ada' } });
  const ended = endOf(client);
  expect(chat.disconnect('ada', { reason: 'Your roles have changed.', reconnect: true })).toBe(1);
  expect(await ended).not.toBe('io server disconnect');
  expect(client.payloads('connection_ended')).toEqual([
    { reason: 'IDENTITY_EXPIRED', message: 'Your roles have changed.', reconnect: true },
  ]);
});

test('[A3] what somebody sent and that still waits is not handled after it was put out', async () => {
  const releases: (() => void)[] = [];
  const { chat, url } = await startChat({
    authenticate: byName,
    authorize: ({ event }) =>
      event !== 'send_message' || new Promise((resolve) => releases.push(() => resolve(true))),
  });
  const client = await join(url, { auth: { token: 'ada' } });
  const ended = endOf(client);
  client.socket.emit('send_message', hello({ entityId: 'ada' }));
  await expect.poll(() => releases.length).toBe(1);
  chat.disconnect('ada');
  await ended;
  releases[0]?.();
  const other = await connect(url, { auth: { token: 'bob' } });
  await other.ask('heartbeat');
  expect(await chat.messages.list(CHANNEL, { limit: 1 })).toEqual([]);
});

test('[A3] `recheck` asks `authorize` about everybody in a channel, and takes out who may not be in it', async () => {
  const members = new Set(['ada', 'bob']);
  const { chat, url } = await startChat({
    authenticate: byName,
    authorize: async ({ identity, event, room }) =>
      event !== 'join_channel' || (room?.id === CHANNEL && members.has(identity?.entityId ?? '')),
  });
  const [ada, bob] = await Promise.all(['ada', 'bob'].map((token) => join(url, { auth: { token } })));
  members.delete('bob');
  expect(await chat.channels.recheck(CHANNEL)).toBe(1);
  await ada?.ask('send_message', hello({ entityId: 'ada' }));
  expect(await bob?.waitFor('channel_left')).toMatchObject({ channelId: CHANNEL });
  expect(ada?.payloads('messageBroadcast')).toHaveLength(1);
  expect(bob?.payloads('messageBroadcast')).toEqual([]);
});
