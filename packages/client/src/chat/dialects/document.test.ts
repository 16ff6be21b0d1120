import { ZERO_UUID } from '@wirepact/protocol';
import { describe, expect, test } from 'vitest';
import { rejectionOf, untilState, useChatFixture } from '../../../test/chat-fixture';
import { type Answer, CHANNEL, MESSAGE, OTHER_CHANNEL } from '../../../test/socket-server';

/** Servers that follow the Socket.IO Events document to the letter: five events, and no acknowledgements. */

const fixture = useChatFixture();

/** Lets the server do what the document says of each event, and acknowledge none. */
function followDocument(more: Record<string, Answer> = {}): void {
  const { server } = fixture;
  for (const event of Object.keys(server.answers)) delete server.answers[event];
  server.io.on('connection', (socket) =>
    socket.emit('connection_established', {
      message: 'Connected to Eliza Socket.IO server',
      socketId: socket.id,
    }),
  );
  const told: Record<string, Answer> = {
    join_channel: ({ channelId, agentId }, socket) => {
      void socket.join(String(channelId));
      for (const event of ['channel_joined', 'room_joined'])
        socket.emit(event, { message: 'Joined.', channelId, roomId: channelId, agentId });
    },
    send_message: ({ channelId, text, entityId, serverId, messageId }, socket) => {
      const createdAt = 1_790_000_000_000;
      const sender = { senderId: entityId, senderName: 'User', source: 'socketio_client' };
      const message = { id: MESSAGE, text, roomId: channelId, serverId, createdAt, ...sender };
      socket.emit('messageBroadcast', { ...message, clientMessageId: messageId });
      socket.emit('messageAck', { clientMessageId: messageId, messageId: MESSAGE, status: 'success' });
    },
    subscribe_logs: (_payload, socket) => {
      socket.emit('log_subscription_confirmed', {
        ...{ subscribed: true, message: 'Successfully subscribed to log stream' },
      });
    },
  };
  Object.assign(server.answers, told, more);
}

const client = (options: object = {}) => fixture.client({ dialect: 'document', ...options });

test('[FOREIGN-2] joins and messages are settled by their events', async () => {
  followDocument();
  const chat = client();
  const channel = await chat.join(CHANNEL, { agentId: MESSAGE });
  expect(channel.state.get()).toEqual({ status: 'joined' });
  const receipt = await channel.send('Hello', { messageId: 'mine' });
  expect(receipt).toEqual({ messageId: MESSAGE, createdAt: 1_790_000_000_000 });
  expect(channel.view.get().messages).toMatchObject([
    {
      id: MESSAGE,
      key: 'mine',
      text: 'Hello',
      status: 'sent',
      source: 'socketio_client',
      senderId: 'user-123',
    },
  ]);
  expect(fixture.server.payloadsOf('send_message')).toEqual([
    { channelId: CHANNEL, serverId: ZERO_UUID, text: 'Hello', entityId: 'user-123', messageId: 'mine' },
  ]);
});

test('a receipt that comes before its broadcast, or names no message, settles it as well', async () => {
  followDocument({
    send_message: ({ channelId, text, serverId, entityId }, socket) => {
      socket.emit('messageAck', { messageId: MESSAGE, status: 'success' });
      const sender = { senderId: entityId, senderName: 'Ada', source: 'socketio_client' };
      const message = { id: MESSAGE, text, roomId: channelId, serverId, createdAt: 7, ...sender };
      socket.emit('messageBroadcast', message);
    },
  });
  const channel = await client().join(CHANNEL);
  expect(await channel.send('Hello')).toMatchObject({ messageId: MESSAGE });
  await untilState(channel.view, ({ messages }) => messages[0]?.source !== undefined);
  expect(channel.view.get().messages).toMatchObject([{ id: MESSAGE, status: 'sent', senderName: 'Ada' }]);
});

describe('[FOREIGN-3] a failure', () => {
  test('belongs to the message that it names', async () => {
    followDocument({ send_message: () => undefined });
    const chat = client();
    const [first, second] = [await chat.join(CHANNEL), await chat.join(OTHER_CHANNEL)];
    const older = rejectionOf(first.send('older', { messageId: 'older' }));
    const named = rejectionOf(second.send('named', { messageId: 'named' }));
    await fixture.server.until(() => fixture.server.payloadsOf('send_message').length === 2);
    fixture.server.socket.emit('messageError', { error: 'no', clientMessageId: 'named' });
    expect(await named).toMatchObject({ code: 'INTERNAL', message: 'no', retryable: false });
    expect(first.view.get().messages).toMatchObject([{ status: 'pending' }]);
    fixture.server.socket.emit('messageError', { error: 'neither' });
    expect(await older).toMatchObject({ code: 'INTERNAL', message: 'neither' });
  });

  test('that names nothing belongs to the oldest request without an answer, such as a join', async () => {
    followDocument({
      join_channel: (_payload, socket) => void socket.emit('messageError', { error: 'Channel not found' }),
    });
    expect(await rejectionOf(client().join(CHANNEL))).toMatchObject({ message: 'Channel not found' });
  });

  test('of a message that is sent again, and then taken, is no other’s', async () => {
    let attempts = 0;
    followDocument({
      send_message({ channelId, messageId }, socket) {
        if (channelId === OTHER_CHANNEL) return;
        attempts += 1;
        if (attempts === 1) socket.emit('messageError', { error: 'no' });
        else socket.emit('messageAck', { messageId: MESSAGE, status: 'success', clientMessageId: messageId });
      },
    });
    const chat = client();
    const [first, second] = [await chat.join(CHANNEL), await chat.join(OTHER_CHANNEL)];
    expect(await rejectionOf(first.send('x', { messageId: 'mine' }))).toMatchObject({ message: 'no' });
    const waiting = second.send('waits', { messageId: 'other' });
    await fixture.server.until(() => fixture.server.payloadsOf('send_message').length === 2);
    await first.retry('mine');
    const taken = { messageId: CHANNEL, status: 'success', clientMessageId: 'other' };
    fixture.server.socket.emit('messageAck', taken);
    expect(await waiting).toMatchObject({ messageId: CHANNEL });
  });

  test('may have a code and an event, as those of later servers do', async () => {
    followDocument({ subscribe_logs: () => undefined, send_message: () => undefined });
    const chat = client();
    const logs = rejectionOf(chat.subscribeLogs());
    await fixture.server.until(() => fixture.server.events.includes('subscribe_logs'));
    const waiting = chat.join(CHANNEL).then((channel) => rejectionOf(channel.send('x', { timeoutMs: 200 })));
    await fixture.server.until(() => fixture.server.events.includes('send_message'));
    const failure = { error: 'too fast', code: 'RATE_LIMITED', retryable: true, event: 'send_message' };
    fixture.server.socket.emit('messageError', failure);
    expect(await waiting).toMatchObject({ code: 'TIMEOUT', cause: { code: 'RATE_LIMITED' } });
    fixture.server.socket.emit('messageError', { ...failure, code: 'FORBIDDEN', event: 'subscribe_logs' });
    expect(await logs).toMatchObject({ code: 'FORBIDDEN' });
  });
});

test('[FOREIGN-2] what the document has no answer to is done once it was sent', async () => {
  followDocument();
  const chat = client();
  await chat.subscribeLogs({ level: 'warn', agentId: MESSAGE });
  expect(fixture.server.payloadsOf('set_log_filter')).toEqual([{ level: 'warn', agentId: MESSAGE }]);
  await chat.unsubscribeLogs();
  const events = ['subscribe_logs', 'set_log_filter', 'unsubscribe_logs'];
  await expect.poll(() => fixture.server.events).toEqual(events);
});

test('[FOREIGN-5] nothing else is asked of it, and `supports` says so', async () => {
  followDocument();
  const chat = client({ heartbeatIntervalMs: 5 });
  const channel = await chat.join(CHANNEL);
  for (const asked of [channel.loadOlder(), channel.clear(), chat.request('heartbeat'), channel.delete()])
    expect(await rejectionOf(asked)).toMatchObject({ code: 'NOT_SUPPORTED', retryable: false });
  await channel.leave();
  expect(chat.supports('send_message')).toBe(true);
  expect([chat.supports('list_messages'), chat.supports('leave_channel')]).toEqual([false, false]);
  expect(fixture.server.received.map(({ event }) => event)).toEqual(['join_channel']);
  expect(chat.connection.get()).not.toHaveProperty('latencyMs');
});

test('[FOREIGN-4] a message whose receipt was lost fails, as there is nowhere to look it up', async () => {
  let isCut = false;
  const cutOnce: Answer = () => {
    if (!isCut) fixture.server.cut();
    isCut = true;
  };
  followDocument({ send_message: cutOnce });
  const channel = await client().join(CHANNEL);
  expect(await rejectionOf(channel.send('x'))).toMatchObject({ code: 'DISCONNECTED', retryable: false });
  expect(fixture.server.payloadsOf('send_message')).toHaveLength(1);
  await untilState(channel.state, ({ status }) => status === 'joined');
  expect(fixture.server.payloadsOf('join_channel')).toHaveLength(2);
});
