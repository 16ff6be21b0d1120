import { createLogStream } from '@wirepact/server';
import pino from 'pino';
import { io, type Socket } from 'socket.io-client';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAgent, TRANSPORTS, useChat } from './chat-fixture';
import type { ClientOptions } from './seed-client';

const channelId = '123e4567-e89b-12d3-a456-426614174000';
const serverId = '00000000-0000-0000-0000-000000000000';

/** Every event that the document says a server sends. */
const SERVER_EVENTS = [
  ...['connection_established', 'channel_joined', 'room_joined', 'messageBroadcast', 'messageAck'],
  ...['messageError', 'messageComplete', 'messageDeleted', 'channelCleared', 'channelUpdated'],
  ...['channelDeleted', 'log_subscription_confirmed', 'log_update'],
];

interface Said {
  readonly [field: string]: unknown;
}

/** Resolves with what the event says, the next time it comes. */
const heard = (socket: Socket, event: string): Promise<Said> =>
  new Promise((resolve) => socket.once(event, resolve));

/** The document's message flow example, but for its placeholders. */
function followExample(url: string, agentId: string, options: ClientOptions) {
  const told: [string, Said][] = [];
  // 1. Connect to server
  const socket = io(url, { forceNew: true, ...options });
  // 2. Wait for connection
  socket.on('connection_established', (data: Said) => {
    told.push(['Connected:', data]);
    // 3. Join a channel
    socket.emit('join_channel', { channelId, agentId, entityId: 'user-123' });
  });
  // 4. Handle channel joined
  socket.on('channel_joined', (data: Said) => {
    told.push(['Joined channel:', data]);
    // 5. Send a message
    socket.emit('send_message', {
      channelId: data.channelId,
      serverId,
      text: 'Hello!',
      entityId: 'user-123',
      entityName: 'User',
    });
  });
  // 6. Listen for messages
  socket.on('messageBroadcast', (message: Said) => told.push(['New message:', message]));
  // 7. Handle errors
  socket.on('messageError', (error: Said) => told.push(['Message error:', error]));
  return { socket, told };
}

describe.each(TRANSPORTS)('over $name', ({ transport }) => {
  const eliza = createAgent('Eliza', () => ['How do you do?']);
  const logStream = createLogStream();
  const logger = pino({ level: 'debug' }, logStream);
  const chat = useChat({ agents: [eliza], logger, logStream }, transport);

  test('[COMPAT-10] a client written from the document alone sees every event of it', async () => {
    const { socket, told } = followExample(chat.url, eliza.id, transport);
    onTestFinished(() => void socket.close());
    const events = new Set<string>();
    const numbers: unknown[] = [];
    socket.onAny((event: string, { seq }: Said) => {
      events.add(event);
      if (seq !== undefined) numbers.push(seq);
    });

    await heard(socket, 'messageComplete');
    const [, joined, hello, answer] = told.map(([, data]) => data);
    expect(told.map(([title]) => title)).toEqual([
      'Connected:',
      'Joined channel:',
      'New message:',
      'New message:',
    ]);
    expect(joined).toMatchObject({ channelId, roomId: channelId, agentId: eliza.id });
    expect(hello).toMatchObject({ text: 'Hello!', senderId: 'user-123', senderName: 'User', serverId });
    expect(answer).toMatchObject({ text: 'How do you do?', senderId: eliza.id, roomId: channelId });
    const { epoch } = hello ?? {};
    expect([hello, answer]).toMatchObject([
      { epoch, seq: 1 },
      { epoch, seq: 2 },
    ]);

    socket.emit('send_message', { channelId, text: 'No server, no sender.' });
    expect(await heard(socket, 'messageError')).toMatchObject({ error: expect.stringContaining('serverId') });

    socket.emit('subscribe_logs');
    expect(await heard(socket, 'log_subscription_confirmed')).toMatchObject({ subscribed: true });
    socket.emit('set_log_filter', { level: 'info' });
    socket.emit('join_channel', { roomId: channelId });
    await heard(socket, 'room_joined');
    logger.info('a line of the log');
    expect(await heard(socket, 'log_update')).toMatchObject({ level: 'info', message: 'a line of the log' });
    socket.emit('unsubscribe_logs');

    const { server } = chat;
    const place = { epoch, seq: expect.any(Number) };
    await server.messages.delete(channelId, String(hello?.id));
    expect(await heard(socket, 'messageDeleted')).toEqual({ messageId: hello?.id, channelId, ...place });
    await server.channels.clear(channelId);
    expect(await heard(socket, 'channelCleared')).toEqual({ channelId, ...place });
    await server.channels.update(channelId, { name: 'Support' });
    const updates = { name: 'Support' };
    expect(await heard(socket, 'channelUpdated')).toEqual({ channelId, updates, ...place });
    await server.channels.delete(channelId);
    expect(await heard(socket, 'channelDeleted')).toEqual({ channelId, ...place });
    expect([...events].sort()).toEqual([...SERVER_EVENTS].sort());
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });
});
