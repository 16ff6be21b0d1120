import { describe, expect, test } from 'vitest';
import { rejectionOf, untilState, useChatFixture } from '../../../test/chat-fixture';
import { CHANNEL, failure, MESSAGE, OTHER_CHANNEL, success } from '../../../test/socket-server';
import type { ChannelState } from '../../index';

const fixture = useChatFixture();
const AGENT = '987fcdeb-51a2-43f1-b012-123456789abc';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const broadcast = (roomId: string, text: string) => ({
  id: MESSAGE,
  senderId: 'user-7',
  senderName: 'Seven',
  text,
  roomId,
  serverId: '00000000-0000-0000-0000-000000000000',
  createdAt: 1,
  source: 'socketio_client',
});

describe('join', () => {
  test('sends who joins what, and gives the channel', async () => {
    const chat = fixture.client();
    const channel = await chat.join(CHANNEL, { agentId: AGENT, metadata: { isDm: true } });
    expect(channel).toMatchObject({ id: CHANNEL, agentId: AGENT });
    expect(channel.state.get()).toEqual({ status: 'joined' });
    expect(fixture.server.payloadsOf('join_channel')).toEqual([
      {
        channelId: CHANNEL,
        serverId: '00000000-0000-0000-0000-000000000000',
        entityId: 'user-123',
        agentId: AGENT,
        metadata: { isDm: true },
      },
    ]);
  });

  test('of the same channel is one request and one object', async () => {
    const chat = fixture.client();
    const [first, second] = await Promise.all([chat.join(CHANNEL), chat.join(CHANNEL.toUpperCase())]);
    const third = await chat.join(CHANNEL);
    expect(second).toBe(first);
    expect(third).toBe(first);
    expect(fixture.server.payloadsOf('join_channel')).toHaveLength(1);
  });

  test('[E10] in upper case is the channel in lower case, for the server, for events and for everybody', async () => {
    const id = 'ABCDEF12-e89b-12d3-a456-426614174000';
    const chat = fixture.client();
    const channel = await chat.join(id);
    expect(channel.id).toBe(id.toLowerCase());
    expect(await chat.join(id.toLowerCase())).toBe(channel);
    expect(fixture.server.payloadsOf('join_channel')).toMatchObject([{ channelId: id.toLowerCase() }]);
    const heard = new Promise((resolve) => channel.on('messageBroadcast', resolve));
    fixture.server.socket.emit('messageBroadcast', broadcast(id, 'of an older server'));
    await heard;
    await channel.send('Hello!');
    expect(fixture.server.payloadsOf('send_message')).toMatchObject([{ channelId: id.toLowerCase() }]);
  });

  test('that fails is forgotten', async () => {
    const chat = fixture.client();
    const { answers } = fixture.server;
    const allow = answers.join_channel;
    answers.join_channel = () => failure('CHANNEL_NOT_FOUND');
    const both = await Promise.all([rejectionOf(chat.join(CHANNEL)), rejectionOf(chat.join(CHANNEL))]);
    expect(both).toMatchObject([{ code: 'CHANNEL_NOT_FOUND' }, { code: 'CHANNEL_NOT_FOUND' }]);
    if (allow) answers.join_channel = allow;
    await expect(chat.join(CHANNEL)).resolves.toMatchObject({ id: CHANNEL });
    expect(await rejectionOf(chat.join('nowhere'))).toHaveProperty('issues.0.path', '/channelId');
  });

  test('aborted by one caller goes on for the other', async () => {
    const chat = fixture.client({ autoConnect: false });
    const leaving = new AbortController();
    const aborted = rejectionOf(chat.join(CHANNEL, { signal: leaving.signal }));
    const joined = chat.join(CHANNEL);
    leaving.abort();
    expect(await aborted).toMatchObject({ code: 'ABORTED' });
    await chat.connect();
    await expect(joined).resolves.toMatchObject({ id: CHANNEL });
  });

  test('aborted by everybody is not sent', async () => {
    const chat = fixture.client({ autoConnect: false });
    const alreadyAborted = chat.join(CHANNEL, { signal: AbortSignal.abort() });
    expect(await rejectionOf(alreadyAborted)).toMatchObject({ code: 'ABORTED' });
    expect(await rejectionOf(chat.join(CHANNEL, { timeoutMs: 5 }))).toMatchObject({ code: 'TIMEOUT' });
    await chat.connect();
    await chat.request('heartbeat');
    expect(fixture.server.events).toEqual([]);
  });

  test('is sent again where the connection took the answer with it', async () => {
    const chat = fixture.client();
    fixture.server.answers.join_channel = ({ channelId }, socket) => {
      if (socket !== fixture.server.sockets[0]) return success({ channelId });
      fixture.server.cut();
      return undefined;
    };
    await expect(chat.join(CHANNEL)).resolves.toMatchObject({ id: CHANNEL });
  });
});

describe('a channel', () => {
  test('sends messages and resolves to their receipt', async () => {
    const chat = fixture.client({ entityName: 'John Doe' });
    const channel = await chat.join(CHANNEL);
    const attachments = [{ url: 'https://example.org/a.png', type: 'image/png', width: 7 }];
    const receipt = await channel.send('Hello!', { attachments, messageId: 'mine', metadata: { a: 1 } });
    expect(receipt).toEqual({ messageId: MESSAGE, createdAt: 1_790_000_000_000 });
    await channel.send('Again');
    expect(fixture.server.payloadsOf('send_message')).toEqual([
      {
        channelId: CHANNEL,
        serverId: '00000000-0000-0000-0000-000000000000',
        text: 'Hello!',
        entityId: 'user-123',
        entityName: 'John Doe',
        messageId: 'mine',
        attachments,
        metadata: { a: 1 },
      },
      expect.objectContaining({ text: 'Again', messageId: expect.stringMatching(UUID) }),
    ]);
    expect(await rejectionOf(channel.send(''))).toMatchObject({ code: 'INVALID_PAYLOAD' });
  });

  test('hears its own events only', async () => {
    const chat = fixture.client();
    const [channel, other] = await Promise.all([chat.join(CHANNEL), chat.join(OTHER_CHANNEL)]);
    const heard: string[] = [];
    const stop = channel.on('messageBroadcast', ({ text }) => heard.push(text));
    const onCleared = () => heard.push('cleared');
    channel.on('channelCleared', onCleared);
    const last = new Promise((resolve) => other.on('channelCleared', resolve));
    const { socket } = fixture.server;
    socket.emit('messageBroadcast', broadcast(CHANNEL, 'one'));
    socket.emit('messageBroadcast', broadcast(OTHER_CHANNEL, 'two'));
    socket.emit('channelCleared', { channelId: CHANNEL });
    socket.emit('channelCleared', { channelId: OTHER_CHANNEL });
    await last;
    expect(heard).toEqual(['one', 'cleared']);
    stop();
    channel.off('channelCleared', onCleared);
    const done = new Promise((resolve) => other.on('messageComplete', resolve));
    socket.emit('messageBroadcast', broadcast(CHANNEL, 'three'));
    socket.emit('channelCleared', { channelId: CHANNEL });
    socket.emit('messageComplete', { channelId: OTHER_CHANNEL, serverId: CHANNEL });
    await done;
    expect(heard).toEqual(['one', 'cleared']);
  });

  test('misses nothing that arrives together with the answer to its join', async () => {
    const chat = fixture.client({ transports: ['polling'] });
    fixture.server.answers.join_channel = ({ channelId }, socket) => {
      socket.emit('messageBroadcast', broadcast(CHANNEL, 'before'));
      queueMicrotask(() => socket.emit('messageBroadcast', broadcast(CHANNEL, 'after')));
      return success({ channelId });
    };
    const channel = await chat.join(CHANNEL);
    const texts: string[] = [];
    await new Promise<void>((resolve) => {
      channel.on('messageBroadcast', ({ text }) => {
        if (texts.push(text) === 2) resolve();
      });
    });
    expect(texts).toEqual(['before', 'after']);
  });

  test('is joined again after a reconnect, before waiting requests go out', async () => {
    const chat = fixture.client();
    const channel = await chat.join(CHANNEL, { agentId: AGENT });
    await chat.join(OTHER_CHANNEL);
    const states: ChannelState['status'][] = [];
    channel.state.subscribe(({ status }) => states.push(status));
    fixture.server.cut();
    await untilState(channel.state, ({ status }) => status === 'rejoining');
    await channel.send('Still here?');
    expect(fixture.server.events).toEqual([
      'join_channel',
      'join_channel',
      'join_channel',
      'join_channel',
      'send_message',
    ]);
    const [first, , third] = fixture.server.payloadsOf('join_channel');
    expect(third).toEqual(first);
    expect(states).toEqual(['rejoining', 'joined']);
  });

  test('keeps requests waiting until the server has let it in again, over several connections', async () => {
    const chat = fixture.client();
    const channel = await chat.join(CHANNEL);
    const { answers, sockets } = fixture.server;
    let letIn = () => {};
    answers.join_channel = ({ channelId }, socket) => {
      if (socket !== sockets[1])
        return new Promise((resolve) => (letIn = () => resolve(success({ channelId }))));
      fixture.server.cut();
      return undefined;
    };
    fixture.server.cut();
    await untilState(channel.state, ({ status }) => status === 'rejoining');
    const sending = channel.send('Still here?');
    await fixture.server.until(() => fixture.server.payloadsOf('join_channel').length === 3);
    const heard = new Promise((resolve) => chat.on('channelCleared', resolve));
    fixture.server.socket.emit('channelCleared', { channelId: CHANNEL });
    await heard;
    expect(fixture.server.events).not.toContain('send_message');
    letIn();
    await sending;
    expect(fixture.server.events.at(-1)).toBe('send_message');
  });

  test('that cannot be joined again says so, and join tries again', async () => {
    const chat = fixture.client();
    const channel = await chat.join(CHANNEL);
    const { answers } = fixture.server;
    const allow = answers.join_channel;
    answers.join_channel = () => failure('CHANNEL_NOT_FOUND');
    fixture.server.cut();
    const { error } = await untilState(channel.state, ({ status }) => status === 'failed');
    expect(error?.code).toBe('CHANNEL_NOT_FOUND');
    await chat.request('heartbeat');
    if (allow) answers.join_channel = allow;
    expect(await chat.join(CHANNEL)).toBe(channel);
    expect(channel.state.get()).toEqual({ status: 'joined' });
  });

  test('that cannot be joined again for now is tried again', async () => {
    const chat = fixture.client();
    const channel = await chat.join(CHANNEL);
    fixture.server.answers.join_channel = ({ channelId }) => {
      const tries = fixture.server.payloadsOf('join_channel').length;
      return tries < 3 ? failure('RATE_LIMITED', { retryable: true }) : success({ channelId });
    };
    fixture.server.cut();
    const { status } = await untilState(channel.state, ({ error }) => error?.code === 'RATE_LIMITED');
    expect(status).toBe('rejoining');
    await untilState(channel.state, (state) => state.status === 'joined');
    expect(fixture.server.payloadsOf('join_channel')).toHaveLength(3);
  });

  test('[A3] that the server took this client out of says so, is not joined again, and can be', async () => {
    const chat = fixture.client();
    const channel = await chat.join(CHANNEL);
    const heard = new Promise((resolve) => channel.on('channel_left', resolve));
    const left = { channelId: CHANNEL, reason: 'REMOVED', message: 'You were removed from this channel.' };
    fixture.server.socket.emit('channel_left', left);
    const { error } = await untilState(channel.state, ({ status }) => status === 'removed');
    expect(error).toMatchObject({ code: 'REMOVED', message: left.message });
    expect([await heard, channel.view.get().status]).toEqual([left, 'removed']);
    fixture.server.cut();
    await fixture.server.until(() => fixture.server.sockets.length === 2);
    await chat.request('heartbeat');
    expect(fixture.server.payloadsOf('join_channel')).toHaveLength(1);
    expect(await chat.join(CHANNEL)).toBe(channel);
    expect(channel.state.get()).toEqual({ status: 'joined' });
  });

  test('[A3] that the server took this client out of while it was joined again stays so', async () => {
    const chat = fixture.client();
    const channel = await chat.join(CHANNEL);
    fixture.server.answers.join_channel = (_, socket) => {
      socket.emit('channel_left', { channelId: CHANNEL, reason: 'REMOVED', message: 'You were removed.' });
      return failure('RATE_LIMITED', { retryable: true });
    };
    const states: string[] = [];
    fixture.server.cut();
    await untilState(channel.state, ({ status }) => status === 'rejoining');
    channel.state.subscribe(({ status }) => states.push(status));
    await untilState(channel.state, ({ status }) => status === 'removed');
    await chat.request('heartbeat');
    expect(states).toEqual(['removed']);
    expect(channel.state.get().error?.code).toBe('REMOVED');
    expect(fixture.server.payloadsOf('join_channel')).toHaveLength(2);
  });

  test('[H6] of a client that was closed says so, and nothing can be done with it', async () => {
    const chat = fixture.client();
    const channel = await chat.join(CHANNEL);
    fixture.server.answers.send_message = () => undefined;
    const waiting = rejectionOf(channel.send('waits'));
    await fixture.server.until(() => fixture.server.events.includes('send_message'));
    chat.close();
    expect(channel.state.get()).toMatchObject({ status: 'closed', error: { code: 'CLOSED' } });
    expect(chat.connection.get()).toMatchObject({ status: 'disconnected', error: { code: 'CLOSED' } });
    const calls = [
      waiting,
      ...[chat.join(CHANNEL), chat.join(OTHER_CHANNEL), chat.connect(), chat.request('heartbeat')].map(
        rejectionOf,
      ),
      ...[channel.send('later'), channel.loadOlder(), channel.clear()].map(rejectionOf),
      ...[chat.subscribeLogs(), chat.logs().next()].map(rejectionOf),
    ];
    for (const error of await Promise.all(calls)) expect(error).toMatchObject({ code: 'CLOSED' });
    expect(channel.view.get()).toMatchObject({ status: 'closed', messages: [{ status: 'failed' }] });
    // To let go of what has ended is no mistake.
    await Promise.all([channel.leave(), chat.unsubscribeLogs()]);
    chat.disconnect();
    expect(chat.connection.get()).toMatchObject({ error: { code: 'CLOSED' } });
  });

  test('that was deleted is not joined again', async () => {
    const chat = fixture.client();
    const channel = await chat.join(CHANNEL);
    const deleted = new Promise((resolve) => channel.on('channelDeleted', resolve));
    fixture.server.socket.emit('channelDeleted', { channelId: CHANNEL });
    await deleted;
    expect(channel.state.get()).toEqual({ status: 'deleted' });
    fixture.server.cut();
    await fixture.server.until(() => fixture.server.sockets.length === 2);
    await chat.request('heartbeat');
    expect(fixture.server.payloadsOf('join_channel')).toHaveLength(1);
    expect(await chat.join(CHANNEL)).toBe(channel);
    expect(fixture.server.payloadsOf('join_channel')).toHaveLength(2);
  });
});
