import { defineEvent, extendContract, WirepactError } from '@wirepact/contract';
import { protocol } from '@wirepact/protocol';
import * as Type from 'typebox';
import { expect, onTestFinished, test } from 'vitest';
import { type Attempt, type Authorize, createChatServer } from '../index';
import { createKeptLog } from '../runtime/test-log';
import { CHANNEL, connect, hello, join, silent, startChat } from './test-chat';

const MINE = CHANNEL;
const OTHER = '123e4567-e89b-12d3-a456-426614174999';

/** Members may act in their channel, and nowhere else. */
const inMyChannel: Authorize = ({ channelId }) => channelId === MINE;

test('`authorize` sees who does what where, and decides', async () => {
  const attempts: Attempt[] = [];
  const { url } = await startChat({
    authenticate: ({ auth }) => (auth.token === 'ada' ? { entityId: 'ada', claims: { admin: true } } : null),
    authorize: async (attempt) => {
      attempts.push(attempt);
      return attempt.event !== 'subscribe_logs';
    },
  });
  const client = await connect(url, { auth: { token: 'ada' } });
  expect(await client.ask('join_channel', { roomId: CHANNEL })).toMatchObject({ ok: true });
  expect(await client.ask('subscribe_logs')).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
  expect(client.payloads('log_subscription_confirmed')).toEqual([]);
  const identity = { entityId: 'ada', claims: { admin: true } };
  expect(attempts).toEqual([
    {
      event: 'join_channel',
      payload: { roomId: CHANNEL, entityId: 'ada' },
      room: { name: 'channel', id: CHANNEL },
      channelId: CHANNEL,
      identity,
      address: '127.0.0.1',
    },
    { event: 'subscribe_logs', identity, address: '127.0.0.1' },
  ]);
});

test.each([
  ['subscribe_logs', { channelId: MINE }],
  ['subscribe_logs', { roomId: MINE }],
  ['set_log_filter', { level: 'debug', channelId: MINE }],
  ['list_messages', { channelId: OTHER, roomId: MINE }],
  ['send_message', hello({ channelId: OTHER, roomId: MINE, metadata: { channelId: MINE } })],
  ['join_channel', { channelId: OTHER, roomId: MINE }],
])('[A1] %s is not about a channel because a field of it says so: %j', async (event, payload) => {
  const { chat, url } = await startChat({ authorize: inMyChannel });
  await chat.channels.create({ id: OTHER });
  const client = await connect(url);
  expect(await client.ask(event, payload)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
  expect(client.payloads('log_subscription_confirmed')).toEqual([]);
});

test('[AUTH-11] [A1] what is about the channel is allowed, by either of its names and in either case', async () => {
  const { url } = await startChat({ authorize: inMyChannel });
  const client = await connect(url);
  for (const payload of [{ channelId: MINE }, { roomId: MINE }, { channelId: MINE.toUpperCase() }])
    expect(await client.ask('join_channel', payload)).toMatchObject({ ok: true });
});

test('[A1] what is sent in place of a payload that there is not never gets to the host', async () => {
  const attempts: Attempt[] = [];
  const { url } = await startChat({ authorize: (attempt) => attempts.push(attempt) > 0 });
  const client = await connect(url);
  expect(await client.ask('subscribe_logs', { channelId: MINE, entityId: 'ada' })).toMatchObject({
    ok: true,
  });
  expect(attempts).toMatchObject([{ event: 'subscribe_logs', payload: undefined, room: undefined }]);
});

test.each(['heartbeat', 'subscribe_logs', 'unsubscribe_logs'])('[A1] and has bounds: %s', async (event) => {
  const { url } = await startChat();
  const client = await connect(url);
  expect(await client.ask(event, { a: 'x'.repeat(100_000) })).toMatchObject({
    ok: false,
    error: { code: 'PAYLOAD_TOO_LARGE' },
  });
  expect(client.payloads('log_subscription_confirmed')).toEqual([]);
});

const cards = extendContract(protocol, {
  name: 'cards',
  version: '1.0.0',
  clientToServer: {
    assign_card: defineEvent({
      description: 'Give a card to somebody.',
      payload: Type.Object({ board: Type.String(), entityId: Type.String() }),
      room: { name: 'board', property: 'board' },
    }),
    sign_card: defineEvent({
      description: 'Put a name on a card.',
      payload: Type.Object({ author: Type.String(), entityId: Type.Optional(Type.String()) }),
      reply: Type.Object({ author: Type.String() }),
      actor: 'author',
    }),
  },
});

/** A chat with cards beside it, where Ada is signed in; answers with a client and what `authorize` was asked. */
async function startCards() {
  const attempts: Attempt[] = [];
  const chat = createChatServer({
    logger: silent,
    rateLimit: false,
    authenticate: () => ({ entityId: 'ada' }),
    authorize: (attempt) => attempts.push(attempt) > 0,
    extension: {
      contract: cards,
      handlers: { assign_card: () => null, sign_card: (_context, { author }) => ({ author }) },
    },
  });
  onTestFinished(() => chat.close());
  const { url } = await chat.listen(0, '127.0.0.1');
  return { client: await connect(url), attempts };
}

test('[A2] a field called `entityId` is no sender where the event does not declare it as one', async () => {
  const { client, attempts } = await startCards();
  const payload = { board: 'b-1', entityId: 'worker' };
  expect(await client.ask('assign_card', payload)).toEqual({ ok: true, data: null });
  expect(attempts).toMatchObject([{ payload, room: { name: 'board', id: 'b-1' }, channelId: undefined }]);
});

test('[A2] a declared actor is the sender, whatever it is called', async () => {
  const { client } = await startCards();
  expect(await client.ask('sign_card', { author: 'bob' })).toMatchObject({ error: { code: 'FORBIDDEN' } });
  expect(await client.ask('sign_card', { entityId: 'bob' })).toEqual({ ok: true, data: { author: 'ada' } });
});

test('[AUTH-7] [A7] who may do nothing may still leave, end its log, and prove who it is', async () => {
  const asked: string[] = [];
  let isOpen = true;
  const { chat, url } = await startChat({
    authenticate: () => ({ entityId: 'ada' }),
    authorize: ({ event }) => asked.push(event) > 0 && isOpen,
  });
  const client = await join(url);
  await client.ask('subscribe_logs');
  isOpen = false;
  for (const [event, ...payload] of [
    ['leave_channel', { channelId: CHANNEL }],
    ['unsubscribe_logs'],
    ['heartbeat'],
    ['authenticate', { auth: {} }],
  ] as const)
    expect(await client.ask(event, ...payload), event).toMatchObject({ ok: true });
  await chat.messages.post({ ...hello(), senderId: 'bob', senderName: 'Bob', source: 'test' });
  expect(await client.ask('list_messages', { channelId: CHANNEL })).toMatchObject({ ok: false });
  expect(client.payloads('messageBroadcast')).toEqual([]);
  expect(asked).toEqual(['join_channel', 'subscribe_logs', 'list_messages']);
});

test('[A7] leaving counts in the rate limit all the same', async () => {
  const { url } = await startChat({ rateLimit: { points: 2 }, authorize: () => false });
  const client = await connect(url);
  for (let count = 0; count < 2; count += 1) await client.ask('leave_channel', { channelId: CHANNEL });
  expect(await client.ask('leave_channel', { channelId: CHANNEL })).toMatchObject({
    error: { code: 'RATE_LIMITED' },
  });
});

test.each<[string, Authorize]>([
  ['rejects', () => Promise.reject(new Error('ldap://secret'))],
  [
    'throws',
    () => {
      throw new Error('ldap://secret');
    },
  ],
])(
  '[A8] an `authorize` that %s is an outage: retryable, and in the log with the address',
  async (_how, authorize) => {
    const { logger, lines } = createKeptLog();
    const { url } = await startChat({ authorize, logger });
    const client = await connect(url);
    const answer = await client.ask('subscribe_logs');
    expect(answer).toMatchObject({ ok: false, error: { code: 'UNAVAILABLE', retryable: true } });
    expect(JSON.stringify([answer, client.received])).not.toContain('secret');
    expect(lines.find(({ msg }) => msg.includes('authorize failed for subscribe_logs'))).toMatchObject({
      level: 50,
      address: '127.0.0.1',
      event: 'subscribe_logs',
      err: { message: 'ldap://secret' },
    });
  },
);

test('a `WirepactError` that `authorize` throws is meant for the client', async () => {
  const { url } = await startChat({
    authorize: () => {
      throw new WirepactError('PLAN_TOO_SMALL', 'Upgrade to read logs.');
    },
  });
  const client = await connect(url);
  expect(await client.ask('subscribe_logs')).toMatchObject({ error: { code: 'PLAN_TOO_SMALL' } });
});

test.each([
  ['nothing, which refuses and warns once', undefined, 'FORBIDDEN', /gave undefined for subscribe_logs/],
  ['null, which refuses', null, 'FORBIDDEN', undefined],
  ['an object, which is no yes', { allowed: false }, 'INTERNAL', /of type object/],
  ['a text, which is no yes', 'no', 'INTERNAL', /of type string/],
  ['a number, which is no yes', 1, 'INTERNAL', /of type number/],
])('[A9] `authorize` may answer with %s', async (_what, answer, code, told) => {
  const { logger, lines } = createKeptLog();
  // What a host in JavaScript may answer has not the type that is asked for.
  const authorize = (async () => answer) as unknown as Authorize;
  const { url } = await startChat({ logger, authorize });
  const client = await connect(url);
  for (let count = 0; count < 2; count += 1)
    expect(await client.ask('subscribe_logs')).toMatchObject({ ok: false, error: { code } });
  const messages = lines.map(({ msg }) => msg).filter((msg) => msg.startsWith('authorize '));
  if (told) expect(messages[0]).toMatch(told);
  expect(messages).toHaveLength(told ? (code === 'INTERNAL' ? 2 : 1) : 0);
});

test('[A8] `authorize` has its time and no more, whatever it answers with in place of a promise', async () => {
  const never = new Promise<boolean>(() => {});
  // As promises of some libraries do, it passes on what it is resolved with as it is.
  // biome-ignore lint/suspicious/noThenProperty: that is what it is.
  const foreign = { then: (onFulfilled: (answer: unknown) => void) => onFulfilled(never) };
  const authorize = (() => foreign) as unknown as Authorize;
  const { url } = await startChat({ hookTimeoutMs: 50, authorize });
  const client = await connect(url);
  expect(await client.ask('subscribe_logs')).toMatchObject({
    error: { code: 'UNAVAILABLE', retryable: true },
  });
});
