import { WirepactError } from '@wirepact/contract/runtime';
import { expect, test } from 'vitest';
import type { Attempt, Authenticate } from './index';
import { CHANNEL, connect, hello, join, record, startChat } from './test-chat';

const byToken: Authenticate = ({ auth }) =>
  auth.token === 'ada' ? { entityId: 'ada', entityName: 'Ada Lovelace', claims: { admin: true } } : null;

const refusalOf = (url: string, auth: Record<string, unknown>) =>
  new Promise<Error & { data?: unknown }>((resolve) => {
    record(url, { auth }).socket.once('connect_error', resolve);
  });

test('who is not authenticated is refused with a code', async () => {
  const { url } = await startChat({ authenticate: byToken });
  expect((await refusalOf(url, { token: 'eve' })).data).toMatchObject({
    code: 'UNAUTHENTICATED',
    retryable: false,
  });
});

test('what `authenticate` throws stays in the log, unless it is meant for the client', async () => {
  const secret = await startChat({ authenticate: () => Promise.reject(new Error('ldap://secret')) });
  const refusal = await refusalOf(secret.url, {});
  expect(refusal.data).toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(JSON.stringify([refusal.message, refusal.data])).not.toContain('secret');
  const told = await startChat({
    authenticate: () => {
      throw new WirepactError('TOKEN_EXPIRED', 'Sign in again.');
    },
  });
  expect((await refusalOf(told.url, {})).data).toMatchObject({
    code: 'TOKEN_EXPIRED',
    message: 'Sign in again.',
  });
});

test('the sender is the identity: its id, and its name', async () => {
  const { url } = await startChat({ authenticate: byToken });
  const client = await join(url, { auth: { token: 'ada' } });
  await client.ask('send_message', hello({ entityId: 'ada', entityName: 'Somebody Else' }));
  expect(await client.waitFor('messageBroadcast')).toMatchObject({
    senderId: 'ada',
    senderName: 'Ada Lovelace',
  });
});

test.each([
  ['send_message', hello({ entityId: 'eve', messageId: 'm-1' })],
  ['join_channel', { channelId: CHANNEL, entityId: 'eve' }],
])('a foreign entityId in %s is FORBIDDEN', async (event, payload) => {
  const { chat, url } = await startChat({ authenticate: byToken });
  const client = await connect(url, { auth: { token: 'ada' } });
  expect(await client.ask(event, payload)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
  expect(await client.waitFor('messageError')).toMatchObject({ code: 'FORBIDDEN', event });
  expect(await chat.messages.list(CHANNEL, { limit: 1 })).toEqual([]);
});

test('`authorize` sees who does what where, and decides', async () => {
  const attempts: Attempt[] = [];
  const { url } = await startChat({
    authenticate: byToken,
    authorize: async (attempt) => {
      attempts.push(attempt);
      return attempt.event !== 'subscribe_logs';
    },
  });
  const client = await connect(url, { auth: { token: 'ada' } });
  expect(await client.ask('join_channel', { roomId: CHANNEL })).toMatchObject({ ok: true });
  expect(await client.ask('subscribe_logs')).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
  expect(client.payloads('log_subscription_confirmed')).toEqual([]);
  expect(attempts).toMatchObject([
    {
      event: 'join_channel',
      channelId: CHANNEL,
      identity: { entityId: 'ada', claims: { admin: true } },
      address: '127.0.0.1',
    },
    { event: 'subscribe_logs', channelId: undefined },
  ]);
});

test('who is signed in finds its own ids in the history, and cannot ask for those of others', async () => {
  const { url } = await startChat({ authenticate: byToken });
  const client = await connect(url, { auth: { token: 'ada' } });
  await client.ask('join_channel', { channelId: CHANNEL });
  await client.ask('send_message', hello({ entityId: 'ada', messageId: 'hers' }));
  expect(await client.ask('list_messages', { channelId: CHANNEL })).toMatchObject({
    data: { messages: [{ senderId: 'ada', clientMessageId: 'hers' }] },
  });
  expect(await client.ask('list_messages', { channelId: CHANNEL, entityId: 'bob' })).toMatchObject({
    error: { code: 'FORBIDDEN' },
  });
});

test('`authorize` that takes its time does not let later events overtake', async () => {
  const releases: (() => void)[] = [];
  const { chat, url } = await startChat({
    authorize: ({ event, payload }) =>
      event === 'send_message' && Object(payload).text === 'first'
        ? new Promise((resolve) => releases.push(() => resolve(true)))
        : true,
  });
  const client = await join(url);
  const first = client.ask('send_message', hello({ text: 'first' }));
  const second = client.ask('send_message', hello({ text: 'second' }));
  await expect.poll(() => releases.length).toBe(1);
  releases[0]?.();
  await Promise.all([first, second]);
  const texts = (await chat.messages.list(CHANNEL, { limit: 10 })).map(({ text }) => text);
  expect(texts).toEqual(['first', 'second']);
});
