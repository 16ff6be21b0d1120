import { createServer } from 'node:http';
import { type AddressInfo, connect as connectTcp } from 'node:net';
import express from 'express';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  attachChatServer,
  authenticateElizaos,
  type ChatServerOptions,
  createMemoryStore,
  type ElizaosRestOptions,
  elizaos,
} from '../index';
import { createKeptLog } from '../runtime/test-log';
import { scriptAgent } from './test-agent';
import { CHANNEL, join, listen, SERVER, silent } from './test-chat';
import { connectWeb, joinWeb, USER, webMessage } from './test-elizaos';

const OTHER = '7f000000-0000-4000-8000-000000000002';
const API = '/api/messaging';

/** A host of an ElizaOS page: sockets and REST on one http server of Node's. */
async function startHost(options: ChatServerOptions = {}, rest: ElizaosRestOptions = {}) {
  const httpServer = createServer((request, response) => handler(request, response));
  const chat = attachChatServer(httpServer, {
    store: createMemoryStore(),
    logger: silent,
    rateLimit: false,
    authorize: () => true,
    dialects: [elizaos],
    ...options,
  });
  const handler = chat.elizaosRest(rest);
  onTestFinished(async () => {
    await chat.close();
    httpServer.closeAllConnections();
    httpServer.close();
  });
  return { chat, httpServer, url: await listen(httpServer) };
}

/** Sends a request as a page does; answers with the status, and the data or the error. */
async function ask(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const response = await fetch(`${url}${API}${path}`, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, ...(text && JSON.parse(text)) };
}

test('[ELIZA-13] the web client’s flow: joins, sends, reads what was before it, newest first', async () => {
  const { chat, url } = await startHost();
  const web = await connectWeb(url);
  await joinWeb(web);
  for (const index of [1, 2, 3]) {
    web.socket.emit('message', webMessage({ message: `m${index}`, messageId: `o${index}` }));
    await web.waitFor('messageAck', index);
  }
  const { status, success, data } = await ask(url, 'GET', `/channels/${CHANNEL}/messages?limit=2`);
  expect([status, success]).toEqual([200, true]);
  expect(data.messages.map(({ content }: { content: string }) => content)).toEqual(['m3', 'm2']);
  const [{ message }] = [{ message: (await chat.messages.list(CHANNEL, { limit: 1 }))[0] }];
  expect(data.messages[0]).toEqual({
    id: message?.id,
    channelId: CHANNEL,
    messageServerId: SERVER,
    authorId: USER,
    authorDisplayName: 'user',
    content: 'm3',
    rawMessage: { text: 'm3', attachments: [] },
    sourceType: 'socketio_client',
    createdAt: new Date(message?.createdAt ?? 0).toISOString(),
    updatedAt: new Date(message?.createdAt ?? 0).toISOString(),
    created_at: message?.createdAt,
    updated_at: message?.createdAt,
    metadata: { channelType: 'GROUP', attachments: [], user_display_name: 'user' },
  });
});

test('[ELIZA-13] `before` is a time, and pages by it leave nothing out', async () => {
  const store = createMemoryStore();
  const { chat, url } = await startHost({ store });
  await chat.channels.create({ id: CHANNEL });
  const common = { channelId: CHANNEL, serverId: SERVER, senderId: USER, senderName: 'user', source: 'test' };
  const texts = Array.from({ length: 25 }, (_, index) => `m${index}`);
  for (const [index, text] of texts.entries())
    await store.appendMessage({
      ...common,
      text,
      id: `7f000000-0000-4000-8000-0000000001${String(index).padStart(2, '0')}`,
      createdAt: 1_790_000_000_000 + 10 * index,
    });
  await chat.messages.delete(CHANNEL, '7f000000-0000-4000-8000-000000000111');
  const seen: string[] = [];
  for (let before = ''; ; ) {
    const { data } = await ask(url, 'GET', `/channels/${CHANNEL}/messages?limit=4${before}`);
    if (data.messages.length === 0) break;
    seen.push(...data.messages.map(({ content }: { content: string }) => content));
    before = `&before=${data.messages.at(-1).created_at}`;
  }
  expect(seen).toEqual(texts.filter((text) => text !== 'm11').toReversed());
  const early = await ask(url, 'GET', `/channels/${CHANNEL}/messages?before=1`);
  expect(early.data.messages).toEqual([]);
  const odd = await ask(url, 'GET', `/channels/${CHANNEL}/messages?limit=-3&before=soon`);
  expect(odd.data.messages).toHaveLength(1);
});

test('[ELIZA-13] a page has as many messages as it was asked for, where they are larger than one page of the protocol, too', async () => {
  const { chat, url } = await startHost();
  await chat.channels.create({ id: CHANNEL });
  const common = { channelId: CHANNEL, serverId: SERVER, senderId: USER, senderName: 'user', source: 'test' };
  const text = '\u20ac'.repeat(65_536);
  for (let count = 0; count < 13; count += 1) await chat.messages.post({ ...common, text });
  const { data } = await ask(url, 'GET', `/channels/${CHANNEL}/messages?limit=12`);
  expect(data.messages).toHaveLength(12);
});

test('[ELIZA-14] channels are created, read, changed, cleared and deleted, and members hear of it', async () => {
  const agent = { ...scriptAgent().agent, id: 'abcdef00-0000-4000-8000-000000000007' };
  const { chat, url } = await startHost({ agents: [agent] }, { channelsOf: () => [CHANNEL, OTHER] });
  const created = await ask(url, 'POST', '/channels', {
    name: 'Support',
    type: 'GROUP',
    message_server_id: SERVER,
    participantCentralUserIds: [USER, agent.id.toUpperCase()],
    metadata: { color: 'red' },
  });
  expect(created).toMatchObject({
    status: 201,
    success: true,
    data: { name: 'Support', type: 'GROUP', messageServerId: SERVER, metadata: { color: 'red' } },
  });
  const { id } = created.data;
  expect(await chat.channels.get(id)).toMatchObject({
    agentIds: [agent.id],
    properties: { name: 'Support' },
  });
  expect((await ask(url, 'GET', `/channels/${id}/details`)).data).toEqual(created.data);
  expect((await ask(url, 'GET', `/channels/${id}/participants`)).data).toEqual([
    USER,
    agent.id.toUpperCase(),
  ]);

  const member = await join(url);
  const web = await connectWeb(url);
  await joinWeb(web);
  web.socket.emit('message', webMessage());
  const { messageId } = Object(await web.waitFor('messageAck'));
  expect(await ask(url, 'PATCH', `/channels/${CHANNEL}`, { name: 'Help' })).toMatchObject({
    status: 200,
    data: { id: CHANNEL, name: 'Help' },
  });
  expect((await ask(url, 'GET', `/message-servers/${SERVER}/channels`)).data.channels).toMatchObject([
    { id: CHANNEL, name: 'Help' },
  ]);
  const twice = [
    await ask(url, 'DELETE', `/channels/${CHANNEL}/messages/${messageId}`),
    await ask(url, 'DELETE', `/channels/${CHANNEL}/messages/${messageId}`),
  ];
  expect(twice.map(({ status }) => status)).toEqual([204, 204]);
  expect((await ask(url, 'DELETE', `/channels/${CHANNEL}/messages`)).status).toBe(204);
  expect((await ask(url, 'DELETE', `/channels/${CHANNEL}`)).status).toBe(204);
  expect((await ask(url, 'DELETE', `/channels/${CHANNEL}`)).status).toBe(204);
  await Promise.all([web.waitFor('channelDeleted'), member.waitFor('channelDeleted')]);
  const changes = ['channelUpdated', 'messageDeleted', 'channelCleared', 'channelDeleted'];
  for (const client of [web, member])
    expect(client.received.map(({ event }) => event).filter((event) => changes.includes(event))).toEqual(
      changes,
    );
  expect((await ask(url, 'GET', `/channels/${CHANNEL}/messages`)).status).toBe(404);
});

test('[ELIZA-14] two entities have one channel, whoever asks, and servers are one', async () => {
  const { url } = await startHost();
  const path = (one: string, other: string) =>
    `/dm-channel?currentUserId=${one}&targetUserId=${other}&dmServerId=${SERVER}`;
  const first = await ask(url, 'GET', path(USER, OTHER));
  expect(first).toMatchObject({ status: 200, data: { type: 'DM', name: 'DM', messageServerId: SERVER } });
  expect((await ask(url, 'GET', path(OTHER, USER.toUpperCase()))).data.id).toBe(first.data.id);
  expect(await ask(url, 'GET', path(USER, USER))).toMatchObject({
    status: 400,
    error: 'Cannot create DM channel with oneself',
  });
  expect(await ask(url, 'GET', path(USER, 'x'))).toMatchObject({
    status: 400,
    error: 'Missing targetUserId or currentUserId',
  });
  expect((await ask(url, 'GET', '/message-servers')).data.messageServers).toMatchObject([{ id: SERVER }]);
});

describe('[ELIZA-15] requests have the rules of the sockets', () => {
  test.each([
    [
      'without `authorize`, whoever changes what others see',
      { authorize: undefined },
      'DELETE',
      `/channels/${CHANNEL}`,
      403,
      'FORBIDDEN',
    ],
    [
      'who may not read it',
      { authorize: ({ event }) => event !== 'list_messages' },
      'GET',
      `/channels/${CHANNEL}/messages`,
      403,
      'FORBIDDEN',
    ],
    ['a channel that is none', {}, 'GET', '/channels/channel-uuid/messages', 400, 'INVALID_UUID'],
    ['a channel that there is not', {}, 'GET', `/channels/${OTHER}`, 404, 'CHANNEL_NOT_FOUND'],
    [
      'channels that only the host creates',
      { channelCreation: 'explicit' },
      'POST',
      '/channels',
      403,
      'FORBIDDEN',
    ],
    [
      'channels that somebody may not join',
      { authorize: ({ event }) => event !== 'join_channel' },
      'POST',
      '/channels',
      403,
      'FORBIDDEN',
    ],
    [
      'more channels than there may be',
      { maxChannels: 1 },
      'POST',
      '/channels',
      503,
      'CHANNEL_LIMIT_REACHED',
    ],
  ] satisfies [string, ChatServerOptions, string, string, number, string][])(
    '%s',
    async (_what, options, method, path, status, code) => {
      const { chat, url } = await startHost(options);
      await chat.channels.create({ id: CHANNEL });
      const body = method === 'POST' ? { name: 'new' } : undefined;
      expect(await ask(url, method, path, body)).toMatchObject({ status, success: false, code });
      expect(await chat.channels.get(CHANNEL)).toBeDefined();
    },
  );

  test('the sign-in', async () => {
    const { chat, url } = await startHost({ authenticate: authenticateElizaos('key') });
    await chat.channels.create({ id: CHANNEL });
    const path = `/channels/${CHANNEL}/messages`;
    expect(await ask(url, 'GET', path)).toMatchObject({ status: 401, error: 'Invalid or missing API Key' });
    expect((await ask(url, 'GET', path, undefined, { 'x-api-key': 'key' })).status).toBe(200);
    const asOther = { 'x-api-key': 'key', 'x-entity-id': OTHER };
    expect(
      (await ask(url, 'GET', `/dm-channel?currentUserId=${USER}&targetUserId=${OTHER}`, undefined, asOther))
        .status,
    ).toBe(403);
  });

  test('a bearer token is in `auth.token`', async () => {
    const { chat, url } = await startHost({
      authenticate: ({ auth }) => (auth.token === 'secret' ? { entityId: 'ann' } : null),
      authorize: ({ identity }) => identity?.entityId === 'ann',
    });
    await chat.channels.create({ id: CHANNEL });
    const path = `/channels/${CHANNEL}/messages`;
    expect((await ask(url, 'GET', path, undefined, { authorization: 'Bearer secret' })).status).toBe(200);
    expect((await ask(url, 'GET', path, undefined, { authorization: 'Bearer other' })).status).toBe(401);
  });

  test('the rate limit', async () => {
    const { chat, url } = await startHost({ rateLimit: { points: 2 } });
    await chat.channels.create({ id: CHANNEL });
    const path = `/channels/${CHANNEL}/messages`;
    const statuses = [await ask(url, 'GET', path), await ask(url, 'GET', path), await ask(url, 'GET', path)];
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(Number(statuses[2]?.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('the origins that may ask, and what their pages may read', async () => {
    const { chat, url } = await startHost({ corsOrigin: ['https://app.example'] });
    await chat.channels.create({ id: CHANNEL });
    const path = `/channels/${CHANNEL}/messages`;
    const own = await ask(url, 'GET', path, undefined, { origin: 'https://app.example' });
    expect([own.status, own.headers.get('access-control-allow-origin')]).toEqual([
      200,
      'https://app.example',
    ]);
    expect(own.headers.get('access-control-allow-credentials')).toBe('true');
    const foreign = await ask(url, 'DELETE', `/channels/${CHANNEL}`, undefined, {
      origin: 'https://evil.example',
    });
    expect([foreign.status, foreign.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    const preflight = await fetch(`${url}${API}${path}`, {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example' },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([
      204,
      expect.stringContaining('x-api-key'),
    ]);
    expect(await chat.channels.get(CHANNEL)).toBeDefined();
  });

  test.each([
    ['no JSON', '{', 400, 'INVALID_PAYLOAD'],
    ['a name that is none', { name: 7 }, 400, 'INVALID_PAYLOAD'],
    ['a server that is none', { name: 'new', message_server_id: 'x' }, 400, 'INVALID_PAYLOAD'],
    ['participants that are none', { name: 'new', participantCentralUserIds: ['x'] }, 400, 'INVALID_PAYLOAD'],
    [
      'metadata that is too large',
      { name: 'new', metadata: { x: 'x'.repeat(20_000) } },
      413,
      'PAYLOAD_TOO_LARGE',
    ],
    ['a body that is too large', { name: 'x'.repeat(200_000) }, 413, 'PAYLOAD_TOO_LARGE'],
  ])('a body with %s', async (_what, body, status, code) => {
    const { url } = await startHost();
    expect(await ask(url, 'POST', '/channels', body)).toMatchObject({ status, success: false, code });
  });

  test('a body that ends in the middle, and a path that is none, leave the server at work', async () => {
    const { url } = await startHost();
    const socket = connectTcp(Number(new URL(url).port), '127.0.0.1');
    socket.write(`POST ${API}/channels HTTP/1.1\r\nhost: a\r\ncontent-length: 90\r\n\r\n{"name":`);
    socket.resume().end();
    await new Promise((resolve) => socket.once('close', resolve));
    expect((await ask(url, 'GET', '/nothing')).status).toBe(404);
    expect((await ask(url, 'GET', '/message-servers')).status).toBe(200);
  });
});

test('[ELIZA-13] HEAD has the headers of GET, and other methods are told which there are', async () => {
  const { chat, url } = await startHost();
  await chat.channels.create({ id: CHANNEL, properties: { name: 'Café' } });
  const path = `/channels/${CHANNEL}`;
  for (const [route, status] of [
    [path, 200],
    [`/channels/${OTHER}`, 404],
    ['/nothing', 404],
  ] as const) {
    const [get, head] = [
      await fetch(`${url}${API}${route}`),
      await fetch(`${url}${API}${route}`, { method: 'HEAD' }),
    ];
    expect([head.status, await head.text()]).toEqual([status, '']);
    const length = Buffer.byteLength(await get.text());
    for (const { headers } of [get, head])
      expect([headers.get('content-type'), headers.get('content-length')]).toEqual([
        'application/json; charset=utf-8',
        String(length),
      ]);
  }
  const allowed = 'GET, HEAD, PATCH, DELETE, OPTIONS';
  const put = await ask(url, 'PUT', path);
  expect([put.status, put.headers.get('allow'), put.error]).toEqual([
    405,
    allowed,
    `This route is for ${allowed}.`,
  ]);
  const options = await ask(url, 'OPTIONS', '/channels');
  expect([options.status, options.headers.get('allow')]).toEqual([204, 'POST, OPTIONS']);
});

test('[ELIZA-13] it is middleware of Express, behind a parser or not, and leaves other paths alone', async () => {
  const app = express();
  const httpServer = createServer(app);
  const chat = attachChatServer(httpServer, { store: createMemoryStore(), logger: silent, rateLimit: false });
  onTestFinished(() => chat.close());
  app.use('/parsed', express.json());
  app.use('/parsed/api/messaging', chat.elizaosRest());
  app.use(chat.elizaosRest());
  app.use((_request, response) => void response.status(200).send('the host’s'));
  onTestFinished(() => {
    httpServer.closeAllConnections();
    httpServer.close();
  });
  const url = await listen(httpServer);
  expect(await ask(url, 'POST', '/channels', { name: 'one' })).toMatchObject({ status: 201 });
  expect(await ask(`${url}/parsed`, 'POST', '/channels', { name: 'two' })).toMatchObject({
    status: 201,
    data: { name: 'two' },
  });
  for (const path of [`${API}/elsewhere`, '/message-servers', '/channels', '/parsed/message-servers'])
    expect(await (await fetch(`${url}${path}`)).text()).toBe('the host’s');
  expect(await (await fetch(`${url}${API}/channels`, { method: 'PUT' })).text()).toBe('the host’s');
  expect((httpServer.address() as AddressInfo).port).toBeGreaterThan(0);
});

describe('[ELIZA-13] a request ends', () => {
  test('where the host has answered it meanwhile', async () => {
    const httpServer = createServer((request, response) => {
      handler(request, response);
      response.writeHead(503).end('{"error":"too late"}');
    });
    const { logger, lines } = createKeptLog('error');
    const chat = attachChatServer(httpServer, { store: createMemoryStore(), logger });
    const handler = chat.elizaosRest({ channelsOf: () => Promise.reject(new Error('unknown')) });
    onTestFinished(async () => {
      await chat.close();
      httpServer.close();
    });
    const url = await listen(httpServer);
    for (const path of ['/message-servers', `/channels/${CHANNEL}/messages`])
      expect(await ask(url, 'GET', path)).toMatchObject({ status: 503, error: 'too late' });
    expect(await ask(url, 'POST', '/channels', '{')).toMatchObject({ status: 503, error: 'too late' });
    expect(await ask(url, 'GET', `/message-servers/${SERVER}/channels?token=secret`)).toMatchObject({
      status: 503,
    });
    await expect
      .poll(() => lines)
      .toMatchObject([{ path: `${API}/message-servers/${SERVER}/channels`, err: { message: 'unknown' } }]);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  test('where the host does not say which channels there are', async () => {
    const { url } = await startHost({ hookTimeoutMs: 20 }, { channelsOf: () => new Promise(() => {}) });
    expect(await ask(url, 'GET', `/message-servers/${SERVER}/channels`)).toMatchObject({
      status: 503,
      code: 'UNAVAILABLE',
    });
  });

  test('where nobody reads the answer', async () => {
    const { chat, url, httpServer } = await startHost();
    await chat.channels.create({ id: CHANNEL });
    const text = '\u0000'.repeat(60_000);
    for (let index = 0; index < 12; index += 1)
      await chat.messages.post({ channelId: CHANNEL, senderId: USER, senderName: 'user', text });
    const socket = connectTcp(Number(new URL(url).port), '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    const path = `${API}/channels/${CHANNEL}/messages?limit=200`;
    const request = `GET ${path} HTTP/1.1\r\nhost: a\r\n\r\n`;
    socket.pause().write(request.repeat(8));
    const countConnections = () =>
      new Promise((resolve) => httpServer.getConnections((_error, count) => resolve(count)));
    await expect.poll(countConnections).toBe(1);
    await expect.poll(countConnections).toBe(0);
  });
});
