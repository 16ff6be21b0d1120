import { io, type Socket } from 'socket.io-client';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ElizaosOptions } from './elizaos-options';
import { type ElizaosServer, startElizaos } from './start-elizaos';
import { DEFAULT_SERVER } from './store';

/** The stand-in against what was recorded of ElizaOS 1.7.2, row by row. */

const ADA = 'aaaaaaaa-0000-4000-8000-000000000001';
const CHANNEL = '123e4567-e89b-12d3-a456-426614174000';
const OTHER_SERVER = '99999999-0000-4000-8000-000000000009';
const MISSING =
  'For SEND_MESSAGE: channelId, messageServerId (message_server_id), senderId (author_id), and message are required.';

async function start(options: ElizaosOptions = {}): Promise<ElizaosServer> {
  const server = await startElizaos({ databaseRetryMs: 10, ...options });
  onTestFinished(() => server.stop());
  return server;
}

/** A client of Socket.IO alone, with all that it hears. */
function open(server: ElizaosServer, auth: object = { entityId: ADA }, options: object = {}) {
  const socket = io(server.url, { auth, forceNew: true, reconnection: false, ...options });
  onTestFinished(() => void socket.close());
  const heard: [event: string, payload: Record<string, unknown>][] = [];
  socket.onAny((event, payload) => heard.push([event, payload]));
  return { socket, heard };
}

const refusalOf = (socket: Socket) =>
  new Promise<string>((resolve) => socket.on('connect_error', ({ message }) => resolve(message)));

async function greeted(server: ElizaosServer) {
  const client = open(server);
  await expect.poll(() => client.heard.length).toBe(2);
  return client;
}

const envelope = (type: unknown, payload: unknown) => ({ type, payload });
const send = (more: object = {}) => ({
  ...{
    channelId: CHANNEL,
    senderId: ADA,
    message: 'Hello',
    messageServerId: DEFAULT_SERVER,
    messageId: 'mine',
  },
  ...more,
});
const eventsOf = ({ heard }: ReturnType<typeof open>) => heard.map(([event]) => event).slice(2);
const last = ({ heard }: ReturnType<typeof open>) => heard.at(-1);

/** Sends something that is answered, after what is not: what came before it came. */
async function settle(client: ReturnType<typeof open>): Promise<void> {
  const { length } = client.heard;
  client.socket.emit('update_log_filters', {});
  const isAnswer = ([event]: (typeof client.heard)[number]) => event === 'log_filters_updated';
  await expect.poll(() => client.heard.slice(length).some(isAnswer)).toBe(true);
  client.heard.pop();
}

describe('transport and handshake', () => {
  test('the open packet is that of the deployed server, and polling is let in from anywhere', async () => {
    const { url } = await start();
    const response = await fetch(`${url}/socket.io/?EIO=4&transport=polling`, {
      headers: { origin: 'http://x' },
    });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(JSON.parse((await response.text()).slice(1))).toMatchObject({
      ...{ pingInterval: 25_000, pingTimeout: 20_000, maxPayload: 1_000_000, upgrades: ['websocket'] },
    });
  });

  test.each([
    [{}, 'Valid entityId required'],
    [{ entityId: 'user-123' }, 'Valid entityId required'],
    [{ entityId: 7 }, 'Valid entityId required'],
  ])('%j is refused', async (auth, words) => {
    expect(await refusalOf(open(await start(), auth).socket)).toBe(words);
  });

  test('a key that is wanted is looked at first, in `auth` or in the header', async () => {
    const server = await start({ apiKey: 'secret' });
    expect(await refusalOf(open(server, {}).socket)).toBe('Invalid or missing API Key');
    expect(await refusalOf(open(server, { apiKey: 'secret' }).socket)).toBe('Valid entityId required');
    const { heard } = open(server, { entityId: ADA }, { extraHeaders: { 'x-api-key': 'secret' } });
    await expect.poll(() => heard.length).toBe(2);
  });

  test('`authenticated` comes first, then the greeting, which has no agent', async () => {
    const { heard, socket } = await greeted(await start());
    expect(heard).toEqual([
      ['authenticated', { entityId: ADA, timestamp: expect.any(Number) }],
      ['connection_established', { message: 'Connected to Eliza Socket.IO server', socketId: socket.id }],
    ]);
  });

  test('more than a megabyte ends the connection without an error', async () => {
    const client = await greeted(await start());
    const ended = new Promise((resolve) => client.socket.on('disconnect', resolve));
    client.socket.emit('message', envelope(2, send({ message: 'x'.repeat(1_100_000) })));
    expect(await ended).toBe('transport close');
    expect(eventsOf(client)).toEqual([]);
  });
});

describe('what is listened to', () => {
  test.each([
    ['join_channel', { channelId: CHANNEL }],
    ['send_message', send()],
    ['set_log_filter', {}],
    ['leave_channel', { channelId: CHANNEL }],
    ['message', envelope(3, {})],
    ['message', envelope('1', { channelId: CHANNEL })],
    ['message', { type: 1 }],
    ['message', { payload: {} }],
    ['message', null],
    ['message', 'text'],
    ['message', envelope(1, null)],
    ['2', null],
  ])('%s with %j is dropped without a word', async (event, payload) => {
    const client = await greeted(await start());
    client.socket.emit(event, payload);
    await settle(client);
    expect(eventsOf(client)).toEqual([]);
  });

  test('nothing is acknowledged', async () => {
    const client = await greeted(await start());
    const acknowledged: string[] = [];
    for (const [event, payload] of [
      ['message', envelope(1, { channelId: CHANNEL })],
      ['2', send()],
      ['subscribe_logs', {}],
      ['update_log_filters', {}],
    ] as const)
      client.socket.emit(event, payload, () => acknowledged.push(event));
    await expect.poll(() => eventsOf(client)).toContain('messageAck');
    expect(acknowledged).toEqual([]);
  });
});

describe('joins', () => {
  test.each([
    [{ channelId: CHANNEL, agentId: 'no UUID' }, CHANNEL],
    [{ roomId: 'room' }, 'room'],
    [{ channelId: 'channel', roomId: 'room' }, 'channel'],
    [{ channelId: 7 }, 7],
  ])('%j is answered twice, whatever it names', async (payload, channelId) => {
    const client = await greeted(await start());
    client.socket.emit('message', envelope(1, payload));
    await expect.poll(() => eventsOf(client)).toEqual(['channel_joined', 'room_joined']);
    const message = `Socket ${client.socket.id} successfully joined channel ${channelId}.`;
    const agent = 'agentId' in payload ? { agentId: payload.agentId } : {};
    for (const [, reply] of client.heard.slice(2))
      expect(reply).toEqual({ message, channelId, roomId: channelId, ...agent });
  });

  test.each([[{}], ['text']])('%j misses the channel', async (payload) => {
    const client = await greeted(await start());
    client.socket.emit('1', payload);
    await expect
      .poll(() => last(client))
      .toEqual(['messageError', { error: 'channelId is required for joining.' }]);
  });

  test('where data is kept apart, only participants are let in, and anybody sends', async () => {
    const client = await greeted(await start({ isIsolated: true }));
    client.socket.emit('1', { channelId: CHANNEL });
    await expect.poll(() => last(client)?.[1].error).toMatch(/^Access denied: You don't have permission/);
    client.socket.emit('2', send());
    client.socket.emit('1', { channelId: CHANNEL });
    await expect.poll(() => eventsOf(client)).toContain('room_joined');
  });
});

describe('messages', () => {
  test('members get it first, then its sender with its own id, then the sender its receipt', async () => {
    const server = await start();
    const [ada, bob] = [await greeted(server), await greeted(server)];
    bob.socket.emit('1', { channelId: CHANNEL });
    await expect.poll(() => eventsOf(bob)).toHaveLength(2);
    ada.socket.emit('message', envelope(2, send({ inReplyToMessageId: 'ignored', senderName: 'Ada' })));
    await expect.poll(() => eventsOf(ada)).toEqual(['messageBroadcast', 'messageAck']);
    await expect.poll(() => eventsOf(bob)).toHaveLength(3);
    const broadcast = {
      ...{
        id: expect.any(String),
        senderId: ADA,
        senderName: 'Ada',
        text: 'Hello',
        source: 'socketio_client',
      },
      ...{
        channelId: CHANNEL,
        roomId: CHANNEL,
        messageServerId: DEFAULT_SERVER,
        createdAt: expect.any(Number),
      },
    };
    expect(last(bob)).toEqual(['messageBroadcast', broadcast]);
    expect(ada.heard.slice(2).map(([, payload]) => payload)).toEqual([
      { ...broadcast, clientMessageId: 'mine' },
      {
        ...{ clientMessageId: 'mine', messageId: last(bob)?.[1].id, channelId: CHANNEL, roomId: CHANNEL },
        status: 'received_by_server_and_processing',
      },
    ]);
  });

  test.each([
    [{ channelId: 'channel' }, MISSING],
    [{ senderId: 'user-123' }, MISSING],
    [{ message: '' }, MISSING],
    [{ messageServerId: undefined, serverId: DEFAULT_SERVER }, MISSING],
    [{ messageServerId: OTHER_SERVER }, `Server ${OTHER_SERVER} does not exist`],
  ])('%j fails without an id', async (more, error) => {
    const client = await greeted(await start());
    client.socket.emit('2', send(more));
    await expect.poll(() => last(client)).toEqual(['messageError', { error }]);
  });

  test.each([
    [{ message: {} }],
    [{ message: [] }],
    [{ message: true }],
    [{ message: '\0' }],
    [{ messageId: {} }],
  ])('the database refuses %j, and is quoted', async (more) => {
    const client = await greeted(await start());
    client.socket.emit('2', send(more));
    await expect
      .poll(() => last(client)?.[1].error)
      .toMatch(/^Error processing your message: Failed query: insert into .*params: /s);
  });

  test('a number is broadcast as one, blanks are taken, and what comes twice is kept twice', async () => {
    const client = await greeted(await start());
    for (const message of [42, ' ', 'x', 'x']) client.socket.emit('2', send({ message }));
    await expect.poll(() => eventsOf(client)).toHaveLength(8);
    const texts = client.heard.filter(([event]) => event === 'messageBroadcast').map(([, { text }]) => text);
    expect(texts).toEqual([42, ' ', 'x', 'x']);
  });

  test('a server that is unknown is accepted in a channel that is there, and channels make themselves', async () => {
    const client = await greeted(await start());
    client.socket.emit('2', send({ metadata: { isDm: true } }));
    client.socket.emit('2', send({ messageServerId: OTHER_SERVER }));
    await expect.poll(() => eventsOf(client).filter((event) => event === 'messageAck')).toHaveLength(2);
  });
});

describe('the REST side', () => {
  async function joined() {
    const server = await start();
    const client = await greeted(server);
    client.socket.emit('1', { channelId: CHANNEL });
    for (const message of ['one', 'two', 'three']) client.socket.emit('2', send({ message }));
    await expect.poll(() => eventsOf(client)).toHaveLength(8);
    const ask = async (method: string, path: string, body?: object) => {
      const response = await fetch(`${server.url}/api/messaging/${path}`, {
        ...{ method, ...(body && { body: JSON.stringify(body) }) },
      });
      return {
        status: response.status,
        body: response.status === 204 ? undefined : Object(await response.json()),
      };
    };
    return { server, client, ask };
  }

  test('history is newest first, so many, and before a time', async () => {
    const { ask } = await joined();
    const { body } = await ask('GET', `channels/${CHANNEL}/messages?limit=2`);
    expect(body.data.messages).toMatchObject([
      { content: 'three', sourceId: 'mine', authorId: ADA, created_at: expect.any(Number) },
      { content: 'two' },
    ]);
    const before = await ask('GET', `channels/${CHANNEL}/messages?before=1`);
    expect(before.body.data.messages).toEqual([]);
  });

  test('changes are told to the room, also of what never was', async () => {
    const { client, ask } = await joined();
    expect(await ask('DELETE', `channels/${CHANNEL}/messages/${OTHER_SERVER}`)).toEqual({ status: 204 });
    await ask('PATCH', `channels/${CHANNEL}`, { name: 'Support', topic: 'ignored' });
    await ask('DELETE', `channels/${CHANNEL}/messages`);
    expect(await ask('DELETE', `channels/${CHANNEL}`)).toEqual({ status: 204 });
    expect(await ask('DELETE', `channels/${OTHER_SERVER}`)).toEqual({ status: 204 });
    await expect.poll(() => eventsOf(client)).toHaveLength(12);
    const [deleted, updated, cleared, gone] = client.heard.slice(-4);
    expect(deleted).toEqual(['messageDeleted', { messageId: OTHER_SERVER, channelId: CHANNEL }]);
    expect(updated?.[1].updates).toMatchObject({
      id: CHANNEL,
      name: 'Support',
      type: 'GROUP',
      createdAt: expect.any(String),
    });
    expect(updated?.[1].updates).not.toHaveProperty('topic');
    expect([cleared?.[0], gone?.[0]]).toEqual(['channelCleared', 'channelDeleted']);
  });

  test('messages of agents name their server in `serverId`, their channel in `roomId` alone; those of actions do not', async () => {
    const { client, ask } = await joined();
    const agent = {
      channel_id: CHANNEL,
      author_id: OTHER_SERVER,
      content: 'Hi',
      raw_message: { thought: 'hm' },
    };
    await ask('POST', 'submit', agent);
    await ask('POST', 'action', { ...agent, message_server_id: DEFAULT_SERVER, message_id: ADA });
    await ask('PATCH', `action/${ADA}`, { ...agent, message_server_id: DEFAULT_SERVER });
    const gui = { author_id: ADA, content: 'Hi', message_server_id: DEFAULT_SERVER };
    await ask('POST', `channels/${CHANNEL}/messages`, gui);
    await expect.poll(() => eventsOf(client)).toHaveLength(12);
    const [reply, action, again, posted] = client.heard.slice(-4).map(([, payload]) => payload);
    expect(reply).toMatchObject({
      roomId: CHANNEL,
      serverId: DEFAULT_SERVER,
      source: 'agent_response',
      thought: 'hm',
    });
    expect(action).toMatchObject({ id: ADA, messageServerId: DEFAULT_SERVER, source: 'agent_action' });
    expect(again).toMatchObject({ id: ADA, updatedAt: expect.any(Number) });
    expect(posted).toMatchObject({ source: 'eliza_gui', messageServerId: DEFAULT_SERVER });
    for (const payload of [reply, action, posted]) expect(payload).not.toHaveProperty('channelId');
  });

  test('agents that say they are done are told there is no such thing, and a key of its own may be wanted', async () => {
    const { ask } = await joined();
    expect((await ask('POST', 'complete', {})).status).toBe(404);
    const { url } = await start({ authToken: 'secret' });
    const path = `${url}/api/messaging/message-servers`;
    expect((await fetch(path)).status).toBe(401);
    const let_in = await fetch(path, { headers: { 'x-api-key': 'secret' } });
    expect(let_in.headers.get('ratelimit-policy')).toBe('1000;w=900');
    expect(await let_in.json()).toMatchObject({ data: { messageServers: [{ id: DEFAULT_SERVER }] } });
  });
});

describe('answers and logs', () => {
  test('chunks count from 0 and say no more; an answer may break off', async () => {
    const server = await start();
    const client = await greeted(server);
    client.socket.emit('1', { channelId: CHANNEL });
    await expect.poll(() => eventsOf(client)).toHaveLength(2);
    const answer = { channelId: CHANNEL, messageId: ADA, agentId: OTHER_SERVER };
    server.stream(answer, ['a', 'b']);
    server.breakOff(answer, 'no', 'ab');
    await expect.poll(() => eventsOf(client)).toHaveLength(5);
    expect(client.heard.slice(-3)).toEqual([
      ['messageStreamChunk', { ...answer, chunk: 'a', index: 0 }],
      ['messageStreamChunk', { ...answer, chunk: 'b', index: 1 }],
      ['messageStreamError', { ...answer, error: 'no', partialText: 'ab' }],
    ]);
  });

  test('subscribing and its end are confirmed, also an end of nothing; filters only while subscribed', async () => {
    const client = await greeted(await start());
    client.socket.emit('unsubscribe_logs');
    client.socket.emit('update_log_filters', {});
    client.socket.emit('subscribe_logs');
    client.socket.emit('update_log_filters', { level: 'warn' });
    client.socket.emit('update_log_filters', null);
    client.socket.emit('update_log_filters', 'x');
    await expect.poll(() => eventsOf(client)).toHaveLength(6);
    expect(client.heard.slice(2).map(([, payload]) => payload)).toEqual([
      { subscribed: false, message: 'Successfully unsubscribed from log stream' },
      { success: false, error: 'Not subscribed to log stream' },
      { subscribed: true, message: 'Successfully subscribed to log stream' },
      { success: true, filters: { level: 'warn' } },
      { success: true, filters: { level: 'warn' } },
      { success: true, filters: { level: 'warn', 0: 'x' } },
    ]);
  });

  test.each([
    [{}, [30, 3, 50, 0]],
    [{ level: 'all' }, [30, 3, 50, 0]],
    [{ level: 'debug' }, [30, 50]],
    [{ level: 'error' }, [50]],
    [{ level: 'unknown' }, []],
    [{ agentName: 'Eliza' }, []],
  ])('%j lets through lines of the levels %j, each line being two', async (filters, levels) => {
    const server = await start();
    const client = await greeted(server);
    client.socket.emit('subscribe_logs');
    client.socket.emit('update_log_filters', filters);
    await expect.poll(() => eventsOf(client)).toHaveLength(2);
    server.log('info', 'line');
    server.log('error', 'line');
    await settle(client);
    const lines = client.heard.slice(4).map(([, payload]) => payload);
    expect(lines.map((line) => Object(line.payload).level)).toEqual(levels);
    for (const line of lines)
      expect(line).toMatchObject({
        type: 'log_entry',
        payload: { time: expect.any(Number), msg: expect.any(String) },
      });
  });
});
