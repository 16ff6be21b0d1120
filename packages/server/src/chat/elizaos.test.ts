import { describe, expect, test } from 'vitest';
import { authenticateElizaos, type ChatServerOptions, createMemoryStore } from '../index';
import { CHANNEL, connect, hello, join, record, SERVER } from './test-chat';
import { connectWeb, joinWeb, startBoth, USER, webMessage } from './test-elizaos';

const store = () => createMemoryStore();
const anyone: ChatServerOptions['authorize'] = () => true;
const REQUIRED =
  'For SEND_MESSAGE: channelId, messageServerId (message_server_id), senderId (author_id), and message are required.';

describe.each([true, false])('with fastPath %s', (fastPath) => {
  test('[ELIZA-1] a member on the document’s wire and one on the deployed one chat, each in its own shapes', async () => {
    const { url } = await startBoth({ store: store(), fastPath });
    const web = await connectWeb(url);
    await joinWeb(web);
    const member = await join(url);
    web.socket.emit('message', webMessage());
    await web.waitFor('messageAck');
    await member.ask('send_message', hello({ text: 'hello to you', messageId: 'mine' }));
    const [own, theirs] = [await web.waitFor('messageBroadcast'), await web.waitFor('messageBroadcast', 2)];
    expect(own).toEqual({
      id: expect.any(String),
      senderId: USER,
      senderName: 'user',
      text: 'hello',
      channelId: CHANNEL,
      roomId: CHANNEL,
      serverId: SERVER,
      messageServerId: SERVER,
      createdAt: expect.any(Number),
      source: 'socketio_client',
      metadata: { channelType: 'GROUP' },
      attachments: [],
      clientMessageId: 'optimistic-1',
    });
    expect(theirs).toMatchObject({ senderId: 'user-1', text: 'hello to you', channelId: CHANNEL });
    expect(theirs).not.toHaveProperty('clientMessageId');
    await member.waitFor('messageBroadcast', 2);
    expect(member.payloads('messageBroadcast')).toEqual([
      {
        id: expect.any(String),
        senderId: USER,
        senderName: 'user',
        text: 'hello',
        roomId: CHANNEL,
        serverId: SERVER,
        createdAt: expect.any(Number),
        source: 'socketio_client',
        metadata: { channelType: 'GROUP' },
        attachments: [],
        epoch: expect.any(String),
        seq: 1,
      },
      expect.objectContaining({ text: 'hello to you', clientMessageId: 'mine', seq: 2 }),
    ]);
    expect(member.payloads('messageAck')).toEqual([
      { clientMessageId: 'mine', messageId: expect.any(String), status: 'success' },
    ]);
  });
});

test('[ELIZA-2] a deployed client is known when it connects: by polling first, then upgraded', async () => {
  const { url } = await startBoth({ store: store() });
  const web = await connectWeb(url, { auth: { apiKey: 'any', entityId: USER } });
  expect(web.received).toEqual([
    { event: 'authenticated', payload: { entityId: USER, timestamp: expect.any(Number) } },
    {
      event: 'connection_established',
      payload: { message: 'Connected to Eliza Socket.IO server', socketId: web.socket.id },
    },
  ]);
  await expect.poll(() => web.socket.io.engine.transport.name).toBe('websocket');
  await joinWeb(web);
  expect(web.received.slice(2)).toEqual(
    ['channel_joined', 'room_joined'].map((event) => ({
      event,
      payload: {
        message: `Socket ${web.socket.id} successfully joined channel ${CHANNEL}.`,
        channelId: CHANNEL,
        roomId: CHANNEL,
      },
    })),
  );
});

test.each([
  ['no word of who it is', undefined],
  ['an entity that is no UUID', { entityId: 'user-1' }],
  ['credentials of the protocol’s own', { entityId: USER, protocol: '^1.0.0' }],
])('[ELIZA-2] with %s it is greeted as any client', async (_what, auth) => {
  const { url } = await startBoth({ store: store() });
  const client = await connect(url, { auth });
  expect(client.payloads('authenticated')).toEqual([]);
  expect(client.payloads('connection_established')).toEqual([
    expect.objectContaining({ capabilities: expect.any(Array) }),
  ]);
});

test.each([
  [
    'the envelope',
    (payload: object) => ['message', { type: 1, payload }],
    (payload: object) => ['message', { type: 2, payload }],
  ],
  ['the events 1 and 2', (payload: object) => ['1', payload], (payload: object) => ['2', payload]],
] as const)(
  '[ELIZA-3] older clients without credentials are known by %s, and say `serverId`',
  async (_what, toJoin, toSend) => {
    const { url } = await startBoth({ store: store() });
    const web = await connect(url);
    web.socket.emit(...(toJoin({ roomId: CHANNEL, entityId: USER }) as [string, object]));
    await web.waitFor('room_joined');
    const payload = { channelId: CHANNEL, senderId: USER, message: 'old', serverId: SERVER };
    web.socket.emit(...(toSend(payload) as [string, object]));
    expect(await web.waitFor('messageBroadcast')).toMatchObject({
      text: 'old',
      senderName: 'User',
      serverId: SERVER,
    });
    expect(await web.waitFor('messageAck')).not.toHaveProperty('clientMessageId');
  },
);

test('[ELIZA-4] nothing is acknowledged, and what deployed servers drop is dropped', async () => {
  const { url } = await startBoth({ store: store() });
  const web = await connectWeb(url);
  let acknowledged = 0;
  const dropped = [
    null,
    'text',
    7,
    {},
    { type: 1 },
    { type: '1', payload: {} },
    { type: 3, payload: {} },
    { type: 2, payload: null },
  ];
  for (const envelope of dropped) web.socket.emit('message', envelope, () => (acknowledged += 1));
  web.socket.emit('1', null);
  web.socket.emit('unheard_of', {});
  web.socket.emit('message', { type: 1, payload: { channelId: CHANNEL } }, () => (acknowledged += 1));
  await web.waitFor('room_joined');
  expect(web.payloads('messageError')).toEqual([]);
  expect(acknowledged).toBe(8);
});

test('[ELIZA-5] others have a message before its sender, who has it before the receipt, in the order of the sends', async () => {
  const { url } = await startBoth({ store: store() });
  const web = await connectWeb(url);
  await joinWeb(web);
  const ids = Array.from({ length: 40 }, (_, index) => `m${index}`);
  for (const messageId of ids) web.socket.emit('message', webMessage({ messageId }));
  await web.waitFor('messageAck', 40);
  const told = web.received.slice(4).map(({ event, payload }) => [event, Object(payload).clientMessageId]);
  expect(told.filter(([event]) => event === 'messageBroadcast').map(([, id]) => id)).toEqual(ids);
  expect(told.filter(([event]) => event === 'messageAck').map(([, id]) => id)).toEqual(ids);
  for (const id of ids)
    expect(told.findIndex(([event, own]) => event === 'messageBroadcast' && own === id)).toBeLessThan(
      told.findIndex(([event, own]) => event === 'messageAck' && own === id),
    );
  expect(web.payloads('messageAck')[0]).toEqual({
    clientMessageId: 'm0',
    messageId: expect.any(String),
    status: 'received_by_server_and_processing',
    channelId: CHANNEL,
    roomId: CHANNEL,
  });
});

test.each([
  ['a channel that is missing', { channelId: undefined, roomId: undefined }, REQUIRED],
  ['a channel that is no UUID', { channelId: 'channel-uuid' }, REQUIRED],
  ['no sender', { senderId: null }, REQUIRED],
  ['no server', { messageServerId: null }, REQUIRED],
  ['an empty message', { message: '' }, REQUIRED],
  ['a message that is no text', { message: { $ne: 1 } }, REQUIRED],
  [
    'a message that is too long',
    { message: 'x'.repeat(70_000) },
    '/text must not have more than 65536 characters',
  ],
  [
    'an attachment without a link',
    { attachments: [{ type: 'image' }] },
    expect.stringContaining('/attachments/0'),
  ],
])(
  '[ELIZA-6] the error of a send with %s is told in the words of ElizaOS, where it has some',
  async (_what, fields, error) => {
    const { url } = await startBoth({ store: store() });
    const web = await connectWeb(url);
    web.socket.emit('message', webMessage(fields));
    expect(await web.waitFor('messageError')).toEqual({ error });
  },
);

test('[ELIZA-6] the error of a join is told in the words of ElizaOS', async () => {
  const { url } = await startBoth({ store: store(), authorize: ({ event }) => event !== 'join_channel' });
  const web = await connectWeb(url);
  web.socket.emit('message', { type: 1, payload: 'no channel' });
  web.socket.emit('message', { type: 1, payload: { channelId: CHANNEL } });
  await web.waitFor('messageError', 2);
  expect(web.payloads('messageError')).toEqual(
    expect.arrayContaining([
      { error: 'channelId is required for joining.' },
      { error: "Access denied: You don't have permission to join this channel" },
    ]),
  );
});

test('[ELIZA-7] whoever knows the key is who it says, and sends as nobody else', async () => {
  const { url } = await startBoth({ store: store(), authenticate: authenticateElizaos('key') });
  const web = await connectWeb(url, { auth: { entityId: USER, apiKey: 'key' } });
  expect(web.payloads('authenticated')).toEqual([expect.objectContaining({ entityId: USER })]);
  await joinWeb(web);
  web.socket.emit('message', webMessage({ senderId: '7f000000-0000-4000-8000-000000000002' }));
  expect(await web.waitFor('messageError')).toEqual({ error: expect.stringContaining('of nobody else') });
  web.socket.emit('message', webMessage());
  await web.waitFor('messageAck');
  const refusals = await Promise.all(
    [
      { entityId: USER },
      { entityId: USER, apiKey: 'kex' },
      { entityId: 'user-1', apiKey: 'key' },
      { apiKey: 'key' },
    ].map(
      (auth) =>
        new Promise((resolve) => {
          record(url, { auth }).socket.on('connect_error', ({ message }) => resolve(message));
        }),
    ),
  );
  expect(refusals).toEqual([
    'Invalid or missing API Key',
    'Invalid or missing API Key',
    'Valid entityId required',
    'Valid entityId required',
  ]);
  const byHeader = await connectWeb(url, { auth: { entityId: USER }, extraHeaders: { 'x-api-key': 'key' } });
  expect(byHeader.payloads('authenticated')).toHaveLength(1);
  expect(() => authenticateElizaos('')).toThrow('needs a key');
});

describe('[ELIZA-8] a send to a channel that there is not', () => {
  test('creates it where a join would, with the sends in their order', async () => {
    const { chat, url } = await startBoth({ store: store() });
    const web = await connectWeb(url);
    for (const messageId of ['a', 'b', 'c'])
      web.socket.emit('message', webMessage({ messageId, metadata: { isDm: true } }));
    await web.waitFor('messageAck', 3);
    expect(web.payloads('messageBroadcast').map((payload) => Object(payload).clientMessageId)).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(await chat.channels.get(CHANNEL)).toMatchObject({
      serverId: SERVER,
      properties: { name: 'DM 123e4567', metadata: { isDm: true } },
    });
    expect(
      (await chat.messages.list(CHANNEL, { limit: 9 })).map(({ clientMessageId }) => clientMessageId),
    ).toEqual(['a', 'b', 'c']);
  });

  test.each([
    ['the host creates channels', { channelCreation: 'explicit' }],
    ['its sender may not join it', { authorize: ({ event }) => event !== 'join_channel' }],
    ['there are as many as there may be', { maxChannels: 1 }],
  ] satisfies [string, ChatServerOptions][])('is an error where %s', async (_what, options) => {
    const { chat, url } = await startBoth({ store: store(), ...options });
    await chat.channels.create({ id: SERVER });
    const web = await connectWeb(url);
    web.socket.emit('message', webMessage());
    await web.waitFor('messageError');
    expect(await chat.channels.get(CHANNEL)).toBeUndefined();
  });

  test('is an error for clients of the protocol', async () => {
    const { url } = await startBoth({ store: store() });
    const client = await connect(url);
    expect(await client.ask('send_message', hello())).toMatchObject({ error: { code: 'CHANNEL_NOT_FOUND' } });
  });
});

test('[ELIZA-9] what happens to messages and channels is told without what cannot be used', async () => {
  const { chat, url } = await startBoth({ store: store(), authorize: anyone });
  const web = await connectWeb(url);
  await joinWeb(web);
  web.socket.emit('message', webMessage());
  const ack = Object(await web.waitFor('messageAck'));
  await chat.channels.update(CHANNEL, { name: 'Support' });
  await chat.messages.delete(CHANNEL, ack.messageId);
  await chat.channels.clear(CHANNEL);
  await chat.channels.delete(CHANNEL);
  await web.waitFor('channelDeleted');
  expect(web.received.slice(-4)).toEqual([
    { event: 'channelUpdated', payload: { channelId: CHANNEL, updates: { id: CHANNEL, name: 'Support' } } },
    { event: 'messageDeleted', payload: { channelId: CHANNEL, messageId: ack.messageId } },
    { event: 'channelCleared', payload: { channelId: CHANNEL } },
    { event: 'channelDeleted', payload: { channelId: CHANNEL } },
  ]);
  await chat.channels.create({ id: CHANNEL });
  chat.to(CHANNEL).emit('messageComplete', { channelId: CHANNEL, serverId: SERVER });
  web.socket.emit('message', { type: 1, payload: 'no channel' });
  await web.waitFor('messageError');
  expect(web.payloads('messageComplete')).toEqual([]);
});

test('[ELIZA-9] a message whose channel is deleted before its sender is answered is not told after that', async () => {
  const store = createMemoryStore();
  const { chat, url } = await startBoth({ store, authorize: anyone });
  const web = await connectWeb(url);
  await joinWeb(web);
  const { appendMessage } = store;
  store.appendMessage = async (message) => {
    const appended = await appendMessage(message);
    await chat.channels.delete(CHANNEL);
    return appended;
  };
  web.socket.emit('message', webMessage());
  await web.waitFor('messageAck');
  expect(web.received.map(({ event }) => event).slice(-2)).toEqual(['channelDeleted', 'messageAck']);
  expect(web.payloads('messageBroadcast')).toEqual([]);
});

test('[ELIZA-9] what an agent thinks is told to those who may read it, whatever they speak', async () => {
  const { chat, url } = await startBoth({
    store: store(),
    authenticate: ({ auth }) => ({ entityId: String(auth.entityId) }),
    mayReadThoughts: (identity) => identity?.entityId === USER,
  });
  const reader = await connectWeb(url);
  const web = await connectWeb(url, { auth: { entityId: '7f000000-0000-4000-8000-000000000002' } });
  for (const client of [reader, web])
    client.socket.emit('message', { type: 1, payload: { channelId: CHANNEL } });
  await Promise.all([reader.waitFor('room_joined'), web.waitFor('room_joined')]);
  const answer = { senderId: 'agent', senderName: 'Agent', text: 'so', source: 'agent_response' };
  await chat.messages.post({ channelId: CHANNEL, serverId: SERVER, ...answer, thought: 'hm' });
  expect(await reader.waitFor('messageBroadcast')).toMatchObject({ text: 'so', thought: 'hm' });
  const heard = await web.waitFor('messageBroadcast');
  expect(heard).toMatchObject({ text: 'so' });
  expect(heard).not.toHaveProperty('thought');
  expect(reader.payloads('messageBroadcast')).toHaveLength(1);
});
