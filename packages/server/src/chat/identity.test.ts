import { WirepactError } from '@wirepact/contract/runtime';
import { expect, test } from 'vitest';
import type { Attempt, Authenticate, Identity } from '../index';
import { createKeptLog } from '../runtime/test-log';
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

test('what `authenticate` throws as a `WirepactError` is meant for the client', async () => {
  const { url } = await startChat({
    authenticate: () => {
      throw new WirepactError('TOKEN_EXPIRED', 'Sign in again.');
    },
  });
  expect((await refusalOf(url, {})).data).toMatchObject({
    code: 'TOKEN_EXPIRED',
    message: 'Sign in again.',
    retryable: false,
  });
});

test.each<[string, Authenticate]>([
  ['rejects', () => Promise.reject(new Error('ldap://secret'))],
  [
    'throws',
    () => {
      throw new Error('ldap://secret');
    },
  ],
  ['rejects with what is no error', () => Promise.reject('ldap://secret')],
])(
  '[A8] an `authenticate` that %s is an outage: retryable, and in the log with the address',
  async (_how, authenticate) => {
    const { logger, lines } = createKeptLog();
    const { url } = await startChat({ authenticate, logger });
    const refusal = await refusalOf(url, {});
    expect(refusal.data).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    expect(JSON.stringify([refusal.message, refusal.data])).not.toContain('secret');
    const line = lines.find(({ msg }) => msg.includes('authenticate failed'));
    expect(line).toMatchObject({ level: 50, address: '127.0.0.1' });
    expect(JSON.stringify(line)).toContain('ldap://secret');
  },
);

test.each<[null | undefined | false]>([[null], [undefined], [false]])(
  '[A8] %s is a refusal, and final',
  async (answer) => {
    const { url } = await startChat({ authenticate: async () => answer });
    expect((await refusalOf(url, {})).data).toMatchObject({ code: 'UNAUTHENTICATED', retryable: false });
  },
);

const NOW = Date.now();

test.each([
  ['another name for the id', { userId: 'ada' }, /must have an `entityId`; it has userId$/],
  ['nothing in it', {}, /must have an `entityId`; it has nothing$/],
  ['a numeric id', { entityId: 7 }, /`entityId` must be a string, and is of type number$/],
  ['an empty id', { entityId: '' }, /`entityId` must have 1 to 256 characters, and has 0$/],
  ['an id that is too long', { entityId: 'x'.repeat(257) }, /and has 257$/],
  ['an id that is far too long', { entityId: '😀'.repeat(400_000) }, /`entityId` must have 1 to 256/],
  [
    'a name that is no text',
    { entityId: 'ada', entityName: null },
    /`entityName` must be a string, and is null$/,
  ],
  ['claims that are no object', { entityId: 'ada', claims: 'admin' }, /`claims` must be an object/],
  ['an end that is no number', { entityId: 'ada', expiresAt: new Date() }, /`expiresAt` must be a Unix time/],
  ['an end that is not finite', { entityId: 'ada', expiresAt: Number.NaN }, /and is NaN$/],
  ['an end in seconds', { entityId: 'ada', expiresAt: Math.floor(NOW / 1000) + 60 }, /looks like seconds/],
  ['a text', 'ada', /must be an object with an `entityId`, and is of type string$/],
  ['true', true, /must be an object with an `entityId`, and is of type boolean$/],
  ['a list', ['ada'], /must be an object with an `entityId`, and is an array$/],
])('[A9] an identity with %s is refused, and the log says what is wrong', async (_what, answer, told) => {
  const { logger, lines } = createKeptLog();
  // What a host in JavaScript may answer has not the type that is asked for.
  const authenticate: Authenticate = () => answer as Identity;
  const { url } = await startChat({ authenticate, logger });
  expect((await refusalOf(url, {})).data).toMatchObject({ code: 'INTERNAL', retryable: true });
  const line = lines.find(({ msg }) => msg.startsWith('authenticate gave no identity'));
  expect(line).toMatchObject({ level: 50, address: '127.0.0.1', msg: expect.stringMatching(told) });
  expect(line?.msg.length).toBeLessThan(200);
});

/** A user as an application has it: accessors are none of its own properties, which is what copying takes. */
class User {
  constructor(private readonly row: { readonly id: string; readonly name: string }) {}
  get entityId() {
    return this.row.id;
  }
  get entityName() {
    return this.row.name;
  }
}

test('[A9] an identity may be an object of a class', async () => {
  const { url } = await startChat({ authenticate: () => new User({ id: 'ada', name: 'Ada' }) });
  const client = await join(url);
  expect(await client.ask('send_message', hello({ entityId: 'ada' }))).toMatchObject({ ok: true });
  expect(await client.waitFor('messageBroadcast')).toMatchObject({ senderId: 'ada', senderName: 'Ada' });
});

test('[A8] an identity that throws when it is read is an outage, and in the log', async () => {
  const { logger, lines } = createKeptLog();
  const authenticate = () => ({
    get entityId(): string {
      throw new Error('not loaded');
    },
  });
  const { url } = await startChat({ authenticate, logger });
  expect((await refusalOf(url, {})).data).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
  expect(lines.find(({ msg }) => msg.includes('authenticate failed'))).toMatchObject({
    address: '127.0.0.1',
    err: { message: 'not loaded' },
  });
});

test('[A9] 256 characters are an id, also where each is two of JavaScript’s', async () => {
  const entityId = '😀'.repeat(256);
  const { url } = await startChat({ authenticate: () => ({ entityId }) });
  const client = await join(url);
  await client.ask('send_message', hello({ entityId }));
  expect(await client.waitFor('messageBroadcast')).toMatchObject({ senderId: entityId });
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

test.each(['send_message', 'list_messages', 'join_channel'])(
  '[A9] with an identity `entityId` may be left out of %s, and is the identity’s',
  async (event) => {
    const attempts: Attempt[] = [];
    const { chat, url } = await startChat({
      authenticate: byToken,
      authorize: (attempt) => attempts.push(attempt) > 0,
    });
    await chat.channels.create({ id: CHANNEL });
    const client = await connect(url, { auth: { token: 'ada' } });
    const payload = event === 'send_message' ? hello({ entityId: undefined }) : { channelId: CHANNEL };
    expect(await client.ask(event, payload)).toMatchObject({ ok: true });
    expect(attempts).toMatchObject([{ event, payload: { channelId: CHANNEL, entityId: 'ada' } }]);
  },
);

test('[A9] what was left out is the identity’s in the message too, and still missing where nobody is signed in', async () => {
  const signedIn = await startChat({ authenticate: byToken });
  const ada = await join(signedIn.url, { auth: { token: 'ada' } });
  await ada.ask('send_message', hello({ entityId: undefined }));
  expect(await ada.waitFor('messageBroadcast')).toMatchObject({ senderId: 'ada' });
  const open = await startChat();
  const nobody = await join(open.url);
  expect(await nobody.ask('send_message', hello({ entityId: undefined }))).toMatchObject({
    error: { code: 'INVALID_PAYLOAD', message: expect.stringContaining('entityId') },
  });
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
