import { ZERO_UUID } from '@wirepact/protocol';
import type { ElizaosServer } from '@wirepact/test-elizaos';
import type { Socket } from 'socket.io';
import { expect, test } from 'vitest';
import { rejectionOf, untilState } from '../../../test/chat-fixture';
import { ADA, AGENT, BOB, connect, rest, serveElizaos, submit } from '../../../test/elizaos-fixture';
import { CHANNEL, MESSAGE, OTHER_CHANNEL } from '../../../test/socket-server';
import type { ChatClient, ContractViolation } from '../../index';

/** What is odd about deployed ElizaOS servers, one oddity a test. */

const ANSWER = { channelId: CHANNEL, messageId: MESSAGE, agentId: AGENT };
const UNKNOWN_SERVER = '99999999-0000-4000-8000-000000000009';

test('[FOREIGN-6] who is no UUID is told what to do', async () => {
  const { url } = await serveElizaos();
  const chat = connect(url, { entityId: 'user-123' });
  const error = await rejectionOf(chat.connect());
  expect(error).toMatchObject({ code: 'INVALID_OPTIONS', retryable: false });
  expect(error).toMatchObject({ message: expect.stringContaining('`entityId` must be one') });
  expect(await rejectionOf(chat.join(CHANNEL))).toMatchObject({ code: 'INVALID_OPTIONS' });
  expect(chat.connection.get()).toMatchObject({ status: 'disconnected', error: { code: 'INVALID_OPTIONS' } });
});

test('[FOREIGN-6] without a name of its own, a client has a UUID, the same on every connection', async () => {
  const server = await serveElizaos();
  const chat = connect(server.url, { entityId: undefined });
  await chat.join(CHANNEL);
  const { entityId } = chat;
  server.cut();
  await untilState(chat.connection, ({ status }) => status === 'reconnecting');
  await chat.join(OTHER_CHANNEL);
  const joins = server.received
    .filter(({ event }) => event === '1')
    .map(({ payload }) => Object(payload).entityId);
  expect(new Set(joins)).toEqual(new Set([entityId]));
});

test('[FOREIGN-6] the key of the server is that of `auth`, and a wrong one is told', async () => {
  const { url } = await serveElizaos({ apiKey: 'secret', authToken: 'secret' });
  for (const auth of [{}, { apiKey: 'guessed' }])
    expect(await rejectionOf(connect(url, { auth }).connect())).toMatchObject({
      ...{ code: 'UNAUTHENTICATED', message: expect.stringContaining('auth: { apiKey }') },
    });
  const channel = await connect(url, { auth: () => ({ apiKey: 'secret' }) }).join(CHANNEL);
  await channel.send('let in');
  await channel.loadOlder();
  expect(channel.view.get().messages).toHaveLength(1);
});

test('[FOREIGN-8] where the REST side has another key, its history is refused, and the rest works', async () => {
  const { url } = await serveElizaos({ authToken: 'another' });
  const channel = await connect(url).join(CHANNEL);
  await channel.send('hello');
  expect(await rejectionOf(channel.loadOlder())).toMatchObject({ code: 'UNAUTHENTICATED', retryable: false });
  expect(channel.view.get()).toMatchObject({
    loadError: { code: 'UNAUTHENTICATED' },
    messages: [{ text: 'hello' }],
  });
});

test('[FOREIGN-6] `auth` may say who this is, where no option does', async () => {
  const { url } = await serveElizaos();
  const chat = connect(url, { entityId: undefined, auth: { entityId: BOB } });
  await chat.connect();
  await expect.poll(() => chat.entityId).toBe(BOB);
  const channel = await chat.join(CHANNEL);
  await channel.send('as Bob');
  expect(channel.view.get().messages).toMatchObject([{ senderId: BOB }]);
});

test('it opens with polling and goes on by websocket, and by either alone', async () => {
  const server = await serveElizaos();
  const chat = connect(server.url);
  await chat.connect();
  const [socket] = server.io.sockets.sockets.values();
  expect(['polling', 'websocket']).toContain(socket?.conn.transport.name);
  await expect.poll(() => socket?.conn.transport.name).toBe('websocket');
  for (const transport of ['polling', 'websocket'] as const) {
    const channel = await connect(server.url, { transports: [transport] }).join(CHANNEL);
    expect(await channel.send(transport)).toMatchObject({ messageId: expect.any(String) });
  }
});

test('[FOREIGN-9] agents name their channel and server otherwise, and say more', async () => {
  const server = await serveElizaos();
  const violations: ContractViolation[] = [];
  const chat = connect(server.url, { onContractViolation: (one) => void violations.push(one) });
  const channel = await chat.join(CHANNEL);
  await submit(server, CHANNEL, 'I am here', {
    ...{ server_id: UNKNOWN_SERVER, metadata: { agentName: 'Eliza' } },
    raw_message: { thought: 'they are there', actions: ['REPLY'] },
  });
  await untilState(channel.view, ({ messages }) => messages.length === 1);
  expect(channel.view.get().messages).toMatchObject([
    {
      senderName: 'Eliza',
      roomId: CHANNEL,
      serverId: UNKNOWN_SERVER,
      thought: 'they are there',
      actions: ['REPLY'],
    },
  ]);
  expect(violations).toEqual([]);
});

test('[FOREIGN-9] what has the wrong type is made right, or reported and left out', async () => {
  const server = await serveElizaos();
  const violations: ContractViolation[] = [];
  const chat = connect(server.url, { onContractViolation: (one) => void violations.push(one) });
  const channel = await chat.join(CHANNEL);
  const base = { senderId: BOB, roomId: CHANNEL, messageServerId: ZERO_UUID, createdAt: 1_790_000_000_000.7 };
  const extras = { thought: {}, actions: 'none', attachments: null, clientMessageId: { a: 1 } };
  server.io
    .to(CHANNEL)
    .emit('messageBroadcast', { ...base, ...extras, id: MESSAGE, text: 42, senderName: null });
  server.io.to(CHANNEL).emit('messageBroadcast', { ...base, id: 'no UUID', text: 'x' });
  for (const odd of [null, 'text', 7, []]) server.io.to(CHANNEL).emit('messageBroadcast', odd);
  for (const odd of [null, { type: 'other' }, { type: 'log_entry' }]) server.io.emit('log_stream', odd);
  server.io.emit('controlMessage', { action: 'disable_input' });
  await channel.send('after');
  const [message, ...others] = channel.view.get().messages;
  expect(message).toMatchObject({
    text: '42',
    senderName: 'User',
    createdAt: 1_790_000_000_000,
    source: 'unknown',
  });
  expect(Object.keys(message ?? {})).toEqual(
    expect.not.arrayContaining(['thought', 'actions', 'clientMessageId']),
  );
  expect(others).toMatchObject([{ text: 'after' }]);
  await expect.poll(() => violations.map(({ event }) => event)).toEqual(Array(5).fill('messageBroadcast'));
});

test('[FOREIGN-9] an action that is told again under its id changes where it stands', async () => {
  const server = await serveElizaos();
  const channel = await connect(server.url).join(CHANNEL);
  const action = { channel_id: CHANNEL, author_id: AGENT, message_server_id: ZERO_UUID, message_id: MESSAGE };
  await rest(server, 'POST action', {
    ...action,
    content: 'searching',
    raw_message: { actions: ['SEARCH'] },
  });
  await submit(server, CHANNEL, 'later');
  await rest(server, `PATCH action/${MESSAGE}`, { ...action, content: 'found' });
  await untilState(channel.view, ({ messages }) => messages[0]?.text === 'found');
  expect(channel.view.get().messages).toMatchObject([
    { key: MESSAGE, source: 'agent_action' },
    { text: 'later' },
  ]);
});

test('[FOREIGN-10] an answer grows as its chunks come, and becomes its message', async () => {
  const server = await serveElizaos();
  const channel = await connect(server.url).join(CHANNEL);
  server.stream(ANSWER, ['How ', 'do you ', 'do?']);
  await untilState(channel.view, ({ streams }) => streams[0]?.text === 'How do you do?');
  expect(channel.view.get().streams).toMatchObject([
    { id: MESSAGE, senderId: AGENT, isStreaming: true, inReplyToMessageId: ZERO_UUID },
  ]);
  await submit(server, CHANNEL, 'How do you do?', { message_id: MESSAGE });
  await untilState(channel.view, ({ streams }) => streams.length === 0);
  expect(channel.view.get().messages).toMatchObject([
    { key: MESSAGE, text: 'How do you do?', status: 'sent' },
  ]);
});

test('[FOREIGN-10] of an answer whose beginning was missed nothing is shown before its message', async () => {
  const server = await serveElizaos();
  const channel = await connect(server.url).join(CHANNEL);
  const seen: number[] = [];
  channel.view.subscribe(({ streams }) => seen.push(streams.length));
  const late = { chunk: ' do?', index: 2, messageId: MESSAGE, agentId: AGENT, channelId: CHANNEL };
  server.io.to(CHANNEL).emit('messageStreamChunk', late);
  await submit(server, CHANNEL, 'How do you do?', { message_id: MESSAGE });
  await untilState(channel.view, ({ messages }) => messages.length === 1);
  expect(Math.max(...seen)).toBe(0);
  expect(server.received.map(({ event }) => event)).toEqual(['1']);
});

test('[FOREIGN-10] an answer that breaks off keeps what was said', async () => {
  const server = await serveElizaos();
  const chat = connect(server.url);
  const channel = await chat.join(CHANNEL);
  const failed = new Promise((resolve) => chat.on('messageStreamError', resolve));
  server.stream(ANSWER, ['How ']);
  server.breakOff(ANSWER, 'the model is away', 'How ');
  expect(await failed).toMatchObject({
    code: 'AGENT_FAILED',
    error: 'the model is away',
    partialText: 'How ',
  });
  expect(channel.view.get().messages).toMatchObject([{ text: 'How ' }]);
  expect(channel.view.get().messages[0]?.isStreaming).toBeUndefined();
});

test('[FOREIGN-3] a failure belongs to the oldest message that may have caused it; SQL is not repeated', async () => {
  const server = await serveElizaos({ databaseRetryMs: 20 });
  const chat = connect(server.url);
  const errors: { error: string; clientMessageId?: string | undefined; code?: string | undefined }[] = [];
  chat.on('messageError', (error) => void errors.push(error));
  const [first, second] = [await chat.join(CHANNEL), await chat.join(OTHER_CHANNEL)];
  const refused = rejectionOf(first.send('not\0kept', { messageId: 'bad' }));
  const kept = second.send('kept', { messageId: 'good' });
  expect(await kept).toMatchObject({ messageId: expect.any(String) });
  const error = await refused;
  expect(error).toMatchObject({
    code: 'INTERNAL',
    retryable: false,
    message: expect.stringContaining('NUL'),
  });
  expect(JSON.stringify([errors, String(error)])).not.toMatch(/insert into|central_messages|params/);
  expect(errors).toMatchObject([{ clientMessageId: 'bad', code: 'INTERNAL', event: 'send_message' }]);
  expect(first.view.get().messages).toMatchObject([{ status: 'failed', clientMessageId: 'bad' }]);
});

/** Each time that a message reached the server. */
const sendsOf = ({ received }: ElizaosServer, text: string) =>
  received.filter(({ payload }) => Object(payload).message === text);

/** Sends a message whose receipt does not come until it is let through, then one that fails: the older is taken for it. */
async function blameOlder(server: ElizaosServer, chat: ChatClient) {
  const [first, second] = [await chat.join(CHANNEL), await chat.join(OTHER_CHANNEL)];
  const held: Parameters<Socket['emit']>[] = [];
  const [socket] = server.io.sockets.sockets.values();
  const emit = socket?.emit.bind(socket);
  if (socket)
    socket.emit = (...event) =>
      event[0] === 'messageError' ? emit?.(...event) === true : held.push(event) > 0;
  const older = rejectionOf(first.send('kept', { messageId: 'older' }));
  const failing = rejectionOf(second.send('\0', { messageId: 'failing' }));
  expect(await older).toMatchObject({ code: 'INTERNAL' });
  return { first, failing, release: () => void held.map((event) => emit?.(...event)) };
}

test('[FOREIGN-3] a failure that was taken for that of an older message belongs to the next, once that has its receipt', async () => {
  const server = await serveElizaos({ databaseRetryMs: 20 });
  const chat = connect(server.url);
  const blamed: unknown[] = [];
  chat.on('messageError', ({ clientMessageId }) => void blamed.push(clientMessageId));
  const { first, failing, release } = await blameOlder(server, chat);
  release();
  expect(await failing).toMatchObject({ code: 'INTERNAL', message: expect.stringContaining('NUL') });
  expect(blamed).toEqual(['older', 'failing']);
  expect(sendsOf(server, '\0')).toHaveLength(1);
  expect(first.view.get().messages).toMatchObject([{ text: 'kept', status: 'sent' }]);
});

test('[FOREIGN-4] a message that was taken for what failed is looked up before it is sent again', async () => {
  const server = await serveElizaos({ databaseRetryMs: 20 });
  const { first } = await blameOlder(server, connect(server.url));
  await first.retry('older');
  expect(sendsOf(server, 'kept')).toHaveLength(1);
  expect(first.view.get().messages).toMatchObject([{ text: 'kept', status: 'sent' }]);
});

test('[FOREIGN-3] a server that is not there is told of the message that named it', async () => {
  const server = await serveElizaos({ databaseRetryMs: 200 });
  const chat = connect(server.url);
  const [first, second] = [
    await chat.join(CHANNEL),
    await chat.join(OTHER_CHANNEL, { serverId: UNKNOWN_SERVER }),
  ];
  const older = rejectionOf(first.send('\ud800'));
  expect(await rejectionOf(second.send('x'))).toMatchObject({
    ...{ code: 'CHANNEL_NOT_FOUND', message: expect.stringContaining('`serverId`') },
  });
  expect(await older).toMatchObject({ code: 'INTERNAL' });
});

test('[FOREIGN-3] a join that is refused is told to the join, while a message waits', async () => {
  const server = await serveElizaos({ isIsolated: true, databaseRetryMs: 200 });
  const chat = connect(server.url);
  const payload = { channelId: CHANNEL, serverId: ZERO_UUID, text: '\0', entityId: ADA };
  const waiting = rejectionOf(chat.request('send_message', payload));
  expect(await rejectionOf(chat.join(OTHER_CHANNEL))).toMatchObject({ code: 'FORBIDDEN', retryable: false });
  expect(await waiting).toMatchObject({ code: 'INTERNAL' });
  const made = await rest(server, 'POST channels', {
    ...{ name: 'Ours', message_server_id: ZERO_UUID, participantCentralUserIds: [ADA] },
  });
  const { id } = Object(made).data;
  expect((await chat.join(id)).state.get()).toEqual({ status: 'joined' });
});

test('[FOREIGN-3] a failure that nothing waits for, or in words that are not known, harms nothing', async () => {
  const server = await serveElizaos({ databaseRetryMs: 200 });
  const chat = connect(server.url);
  const errors: unknown[] = [];
  chat.on('messageError', (error) => void errors.push(error));
  const channel = await chat.join(CHANNEL);
  for (const error of [
    'Failed to create channel: no',
    'For SEND_MESSAGE: x',
    'channelId is required for joining.',
    7,
  ])
    server.io.emit('messageError', { error });
  await expect.poll(() => errors.length).toBe(4);
  await channel.send('fine');
  const waiting = rejectionOf(channel.send('\0'));
  await expect.poll(() => server.received.length).toBe(3);
  server.io.emit('messageError', { error: 'something <of> select * from users' });
  expect(await waiting).toMatchObject({
    code: 'INTERNAL',
    message: 'The server said that something failed.',
  });
});

test('a message without a receipt is given up in time', async () => {
  const server = await serveElizaos({ databaseRetryMs: 500 });
  const channel = await connect(server.url).join(CHANNEL);
  expect(await rejectionOf(channel.send('\0', { timeoutMs: 20 }))).toMatchObject({ code: 'TIMEOUT' });
  expect(await channel.send('next')).toMatchObject({ messageId: expect.any(String) });
});
