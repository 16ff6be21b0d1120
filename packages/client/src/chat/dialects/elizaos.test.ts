import { ZERO_UUID } from '@wirepact/protocol';
import { expect, test } from 'vitest';
import { rejectionOf, untilState } from '../../../test/chat-fixture';
import { ADA, AGENT, BOB, connect, rest, serveElizaos, submit } from '../../../test/elizaos-fixture';
import { CHANNEL, MESSAGE, OTHER_CHANNEL } from '../../../test/socket-server';
import type { ChatClient, EventPayload } from '../../index';
import type { ChatProtocol } from '../chat-contract';

/** The whole client against a deployed ElizaOS, method by method. */

const textsOf = (messages: readonly { text: string }[]) => messages.map(({ text }) => text);

function collect<Name extends keyof ChatProtocol['serverToClient'] & string>(chat: ChatClient, name: Name) {
  const payloads: EventPayload<ChatProtocol, Name>[] = [];
  chat.on(name, (payload) => void payloads.push(payload));
  return payloads;
}

test('[FOREIGN-2] a join is sent in the envelope, and answered by `channel_joined`', async () => {
  const server = await serveElizaos();
  const chat = connect(server.url);
  const joined = collect(chat, 'channel_joined');
  const channel = await chat.join(CHANNEL, { agentId: AGENT, metadata: { isDm: true } });
  expect(channel.state.get()).toEqual({ status: 'joined' });
  expect(channel.agentId).toBe(AGENT);
  expect(server.received).toEqual([
    {
      event: '1',
      payload: {
        ...{ channelId: CHANNEL, roomId: CHANNEL, agentId: AGENT, entityId: ADA, metadata: { isDm: true } },
        ...{ serverId: ZERO_UUID, messageServerId: ZERO_UUID },
      },
    },
  ]);
  expect(joined).toMatchObject([{ channelId: CHANNEL, roomId: CHANNEL, agentId: AGENT }]);
});

test('[FOREIGN-2] a message is settled by its receipt, and shown once', async () => {
  const server = await serveElizaos();
  const [ada, bob] = [connect(server.url), connect(server.url, { entityId: BOB, entityName: 'Bob' })];
  const [mine, theirs] = [await ada.join(CHANNEL), await bob.join(CHANNEL)];
  const attachments = [{ url: 'https://example.org/a.png', type: 'image/png' }];
  const sent = mine.send('Hello', { messageId: 'm1', attachments, metadata: { mood: 'glad' } });
  expect(mine.view.get().messages).toMatchObject([
    { text: 'Hello', status: 'pending', clientMessageId: 'm1' },
  ]);
  const { messageId, createdAt } = await sent;
  expect(server.received.at(-1)).toMatchObject({
    event: '2',
    payload: {
      senderId: ADA,
      senderName: 'Ada',
      message: 'Hello',
      messageId: 'm1',
      messageServerId: ZERO_UUID,
    },
  });
  const message = { id: messageId, createdAt, text: 'Hello', senderId: ADA, senderName: 'Ada', attachments };
  expect(mine.view.get().messages).toMatchObject([{ ...message, key: 'm1', status: 'sent' }]);
  await untilState(theirs.view, ({ messages }) => messages.length === 1);
  expect(theirs.view.get().messages).toMatchObject([{ ...message, key: messageId, roomId: CHANNEL }]);
});

test('messages that do not wait for each other arrive in their order, as do those without a channel', async () => {
  const server = await serveElizaos();
  const [ada, bob] = [connect(server.url), connect(server.url, { entityId: BOB })];
  const [mine, theirs] = [await ada.join(CHANNEL), await bob.join(CHANNEL)];
  const texts = Array.from({ length: 40 }, (_, at) => `m${at}`);
  await Promise.all(texts.map((text) => mine.send(text)));
  expect(textsOf(mine.view.get().messages)).toEqual(texts);
  await untilState(theirs.view, ({ messages }) => messages.length === 40);
  expect(textsOf(theirs.view.get().messages)).toEqual(texts);
  const payload = { channelId: OTHER_CHANNEL, serverId: ZERO_UUID, text: 'unjoined', entityId: ADA };
  expect(await ada.request('send_message', payload)).toMatchObject({ messageId: expect.any(String) });
});

test('[FOREIGN-8] history comes from the REST side, page by page, with its own ids and none twice', async () => {
  const server = await serveElizaos();
  const writer = await connect(server.url).join(CHANNEL);
  await Promise.all(Array.from({ length: 7 }, (_, at) => writer.send(`m${at}`, { messageId: `own-${at}` })));
  await submit(server, CHANNEL, 'm7', { raw_message: { thought: 'hm', actions: ['REPLY'] } });
  const chat = connect(server.url);
  const channel = await chat.join(CHANNEL);
  await chat.connect();
  await channel.send('m8');
  await channel.loadOlder(3);
  expect(textsOf(channel.view.get().messages)).toEqual(['m5', 'm6', 'm7', 'm8']);
  expect(channel.view.get().hasOlder).toBe(true);
  await channel.loadOlder(1);
  await channel.loadOlder(50);
  expect(textsOf(channel.view.get().messages)).toEqual(Array.from({ length: 9 }, (_, at) => `m${at}`));
  expect(channel.view.get()).toMatchObject({ hasOlder: false, loading: false });
  const [first, ...others] = channel.view.get().messages;
  expect(first).toMatchObject({
    clientMessageId: 'own-0',
    senderId: ADA,
    senderName: 'Ada',
    roomId: CHANNEL,
  });
  expect(others.at(-2)).toMatchObject({ senderId: AGENT, thought: 'hm', actions: ['REPLY'] });
});

test('[FOREIGN-8] `history` of a join loads it, and pages forwards are not to be had', async () => {
  const server = await serveElizaos();
  const writer = await connect(server.url).join(CHANNEL);
  for (const text of ['a', 'b', 'c']) await writer.send(text);
  const chat = connect(server.url, { entityId: BOB });
  const channel = await chat.join(CHANNEL, { history: 2 });
  await untilState(channel.view, ({ messages }) => messages.length === 2);
  expect(textsOf(channel.view.get().messages)).toEqual(['b', 'c']);
  const page = await chat.request('list_messages', { channelId: CHANNEL, limit: 2 });
  expect([textsOf(page.messages), page.hasMore]).toEqual([['b', 'c'], true]);
  const forwards = chat.request('list_messages', { channelId: CHANNEL, after: 1 });
  expect(await rejectionOf(forwards)).toMatchObject({ code: 'NOT_SUPPORTED' });
});

test('deletes, clears and updates of others are heard', async () => {
  const server = await serveElizaos();
  const chat = connect(server.url, { entityId: BOB });
  const channel = await chat.join(CHANNEL);
  const writer = await connect(server.url).join(CHANNEL);
  const { messageId } = await writer.send('one');
  await writer.send('two');
  await untilState(channel.view, ({ messages }) => messages.length === 2);
  await rest(server, `DELETE channels/${CHANNEL}/messages/${messageId}`);
  await untilState(channel.view, ({ messages }) => messages.length === 1);
  expect(textsOf(channel.view.get().messages)).toEqual(['two']);
  await rest(server, `PATCH channels/${CHANNEL}`, { name: 'Support', topic: 'ignored', metadata: { a: 1 } });
  await untilState(channel.view, ({ properties }) => properties.name === 'Support');
  expect(channel.view.get().properties).toEqual({ name: 'Support', metadata: { a: 1 } });
  await rest(server, `DELETE channels/${CHANNEL}/messages`);
  await untilState(channel.view, ({ messages }) => messages.length === 0);
  await rest(server, `DELETE channels/${CHANNEL}`);
  await untilState(channel.state, ({ status }) => status === 'deleted');
});

test('[FOREIGN-5] what the server does not have is refused at once, says what to do instead, and is not sent', async () => {
  const server = await serveElizaos();
  const chat = connect(server.url);
  const channel = await chat.join(CHANNEL);
  const before = server.received.length;
  const expected = [
    [channel.deleteMessage(MESSAGE), 'DELETE /api/messaging/channels/:channelId/messages/:messageId'],
    [channel.clear(), 'DELETE /api/messaging/channels/:channelId/messages'],
    [channel.update({ name: 'x' }), 'PATCH /api/messaging/channels/:channelId'],
    [channel.delete(), 'DELETE /api/messaging/channels/:channelId'],
    [channel.cancel(MESSAGE), '`supports` tells'],
    [chat.request('heartbeat'), '`supports` tells'],
    [chat.request('authenticate', { auth: {} }), '`supports` tells'],
    [chat.request('watch_presence', { channelId: CHANNEL, watching: true }), '`supports` tells'],
  ] as const;
  for (const [asked, advice] of expected)
    expect(await rejectionOf(asked)).toMatchObject({
      ...{ code: 'NOT_SUPPORTED', retryable: false, message: expect.stringContaining(advice) },
    });
  expect(server.received).toHaveLength(before);
});

test('[FOREIGN-5] `supports` tells the truth once the server has greeted', async () => {
  const server = await serveElizaos();
  const chat = connect(server.url);
  const greetings = collect(chat, 'connection_established');
  await chat.connect();
  await expect.poll(() => greetings.length).toBe(1);
  const names = [
    'join_channel',
    'send_message',
    'list_messages',
    'subscribe_logs',
    'set_log_filter',
  ] as const;
  for (const name of names) expect(chat.supports(name)).toBe(true);
  const others = ['heartbeat', 'leave_channel', 'delete_message', 'cancel_response', 'authenticate'] as const;
  for (const name of others) expect(chat.supports(name)).toBe(false);
  expect(chat.protocolVersion).toBeUndefined();
  expect(greetings).toMatchObject([{ entityId: ADA, socketId: chat.connection.get().socketId }]);
});

test('[FOREIGN-5] a channel that is left is heard no more, though the server goes on', async () => {
  const server = await serveElizaos();
  const chat = connect(server.url);
  const channel = await chat.join(CHANNEL);
  const other = await chat.join(OTHER_CHANNEL);
  const heard = collect(chat, 'messageBroadcast');
  await channel.leave();
  await submit(server, CHANNEL, 'unheard');
  await submit(server, OTHER_CHANNEL, 'heard');
  await untilState(other.view, ({ messages }) => messages.length === 1);
  expect(textsOf(heard)).toEqual(['heard']);
  const again = await chat.join(CHANNEL);
  await submit(server, CHANNEL, 'heard again');
  await untilState(again.view, ({ messages }) => messages.length === 1);
  expect(textsOf(heard)).toEqual(['heard', 'heard again']);
});

test('presence asks nothing of the server, and shows nobody', async () => {
  const server = await serveElizaos();
  const chat = connect(server.url);
  const channel = await chat.join(CHANNEL);
  channel.presence.members.subscribe(() => {});
  channel.presence.set({ typing: true });
  await channel.send('there');
  expect(channel.presence.members.get()).toEqual([]);
  expect(server.received.map(({ event }) => event)).toEqual(['1', '2']);
});

test('[FOREIGN-11] logs come once each, with levels by name, by `logs` and by `log_update`', async () => {
  const server = await serveElizaos();
  const chat = connect(server.url);
  const heard = collect(chat, 'log_update');
  const confirmed = collect(chat, 'log_subscription_confirmed');
  await chat.subscribeLogs();
  for (const level of ['trace', 'debug', 'success', 'info', 'warn', 'error', 'fatal'])
    server.log(level, level);
  await expect.poll(() => heard.length).toBe(7);
  const levels = ['debug', 'debug', 'info', 'info', 'warn', 'error', 'error'];
  expect(heard.map(({ level }) => level)).toEqual(levels);
  expect(heard[0]).toMatchObject({ message: 'trace', category: 'elizaos', timestamp: expect.any(String) });
  expect(new Set(heard.map(({ id }) => id)).size).toBe(7);
  await chat.subscribeLogs({ level: 'warn' });
  server.log('info', 'too little');
  server.log('error', 'enough');
  await expect.poll(() => heard.length).toBe(8);
  expect(heard.at(-1)).toMatchObject({ level: 'error', message: 'enough' });
  await chat.subscribeLogs();
  server.log('debug', 'everything again');
  await expect.poll(() => heard.length).toBe(9);
  await chat.unsubscribeLogs();
  expect(chat.logSubscription.get()).toEqual({ status: 'off' });
  server.log('error', 'unheard');
  const stream = chat.logs({ level: 'error' });
  const next = stream.next();
  await expect.poll(() => server.received.at(-1)?.event).toBe('update_log_filters');
  server.log('error', 'streamed');
  expect(await next).toMatchObject({ value: { message: 'streamed' } });
  await stream.return();
  expect(heard.map(({ message }) => message)).not.toContain('unheard');
  expect(confirmed.map(({ subscribed }) => subscribed)).not.toContain(false);
});

test('[FOREIGN-11] a filter by agent or category is refused, as lines name neither', async () => {
  const server = await serveElizaos();
  const chat = connect(server.url);
  for (const filter of [{ agentId: AGENT }, { category: 'server' }])
    expect(await rejectionOf(chat.subscribeLogs(filter))).toMatchObject({ code: 'NOT_SUPPORTED' });
  expect(await rejectionOf(chat.logs({ agentId: AGENT }).next())).toMatchObject({ code: 'NOT_SUPPORTED' });
  expect(await rejectionOf(chat.request('set_log_filter', {}))).toMatchObject({ code: 'INVALID_PAYLOAD' });
});
