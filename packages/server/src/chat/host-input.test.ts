import { ZERO_UUID } from '@wirepact/protocol';
import pino from 'pino';
import { describe, expect, test } from 'vitest';
import { type ChatServer, createMemoryStore, createSqliteStore, type NewMessage, type Store } from '../index';
import { CHANNEL, hello, join, SERVER, startChat } from './test-chat';

const post = (fields: object) =>
  ({
    channelId: CHANNEL,
    serverId: SERVER,
    senderId: 'host',
    senderName: 'Host',
    source: 'host',
    text: 'Hi',
    ...fields,
  }) as NewMessage;

const circle: Record<string, unknown> = {};
circle.self = circle;

describe('what the host puts in is held to the contract', () => {
  test.each<[string, object, RegExp]>([
    ['[C6] a server id that is no UUID', { serverId: 'main' }, /serverId/],
    ['[C6] a channel id that is no UUID', { channelId: 'lobby' }, /channelId/],
    ['[C6] a text that is no string', { text: 7 }, /text/],
    [
      '[C7] a Blob in an attachment',
      { attachments: [{ url: 'u', type: 't', data: new Blob([]) }] },
      /attachments/,
    ],
    ['[C7] a Buffer in metadata', { metadata: { data: Buffer.of(1) } }, /metadata/],
    ['[C7] a Date in an action', { actions: [{ at: new Date() }] }, /actions/],
    ['[C8] a bigint', { metadata: { count: 1n } }, /metadata/],
    ['[C8] a circle', { metadata: circle }, /metadata/],
    ['[A10] a link that runs code', { attachments: [{ url: 'javascript:alert(1)', type: 't' }] }, /url/],
    ['[E12] a number that JSON cannot say', { metadata: { count: Number.NaN } }, /metadata/],
  ])('%s is refused before it is stored', async (_name, fields, place) => {
    const { chat, url } = await startChat();
    const member = await join(url);
    const error = await chat.messages.post(post(fields)).catch((cause: unknown) => cause);
    expect(error).toMatchObject({
      code: expect.stringMatching(/^INVALID_|^PAYLOAD_TOO_LARGE$/),
      retryable: false,
    });
    expect(String(error)).toMatch(place);
    await member.ask('send_message', hello({ text: 'after' }));
    expect(member.payloads('messageBroadcast')).toMatchObject([{ text: 'after', seq: 1 }]);
  });

  test('[C7] is what it was when it was given, whatever the host does with the object meanwhile', async () => {
    const { chat, url } = await startChat({ store: createSqliteStore({ file: ':memory:' }) });
    const other = '123e4567-e89b-12d3-a456-426614174001';
    const labels = ['given'];
    const created = chat.channels.create({ id: other, properties: { labels } });
    labels.push('later');
    expect(await created).toMatchObject({ properties: { labels: ['given'] } });

    const member = await join(url);
    const metadata = { labels: ['given'] };
    const posted = chat.messages.post(post({ metadata }));
    const updated = chat.channels.update(CHANNEL, metadata);
    metadata.labels.push('later');
    await Promise.all([posted, updated]);
    expect(await member.waitFor('messageBroadcast')).toMatchObject({ metadata: { labels: ['given'] } });
    expect(await member.waitFor('channelUpdated')).toMatchObject({ updates: { labels: ['given'] } });
    expect(await chat.messages.list(CHANNEL, { limit: 1 })).toMatchObject([
      { metadata: { labels: ['given'] } },
    ]);
    expect(await chat.channels.get(CHANNEL)).toMatchObject({ properties: { labels: ['given'] } });
  });

  test('a message of the host needs no more than who says what where', async () => {
    const { chat, url } = await startChat();
    const member = await join(url);
    await chat.messages.post({ channelId: CHANNEL, senderId: 'staff', senderName: 'Stan', text: 'Hi' });
    const told = { senderId: 'staff', text: 'Hi', serverId: ZERO_UUID, source: 'host' };
    await expect.poll(() => member.payloads('messageBroadcast')).toMatchObject([told]);
  });

  test('[C6] channels are created and updated with what clients may be told only', async () => {
    const { chat } = await startChat();
    await expect(chat.channels.create({ id: 'lobby' })).rejects.toMatchObject({ code: 'INVALID_UUID' });
    const properties = { name: 7 } as unknown as { name: string };
    await expect(chat.channels.create({ id: CHANNEL, properties })).rejects.toMatchObject({
      code: 'INVALID_PAYLOAD',
    });
    await chat.channels.create({ id: CHANNEL });
    await expect(chat.channels.update(CHANNEL, { metadata: 1n })).rejects.toMatchObject({
      code: 'INVALID_PAYLOAD',
    });
  });
});

test.each<[string, (chat: ChatServer, id: never) => unknown]>([
  ['channels.get', ({ channels }, id) => channels.get(id)],
  ['channels.update', ({ channels }, id) => channels.update(id, { name: 'x' })],
  ['channels.delete', ({ channels }, id) => channels.delete(id)],
  ['channels.remove', ({ channels }, id) => channels.remove(id, 'ada')],
  ['messages.list', ({ messages }, id) => messages.list(id, { limit: 1 })],
  ['to', (chat, id) => chat.to(id)],
])('[H12] the id of a channel that is none is refused in words: %s', async (_name, call) => {
  const { chat } = await startChat();
  for (const [id, shown] of [
    [undefined, 'undefined'],
    [7, 'number'],
    [{}, 'object'],
  ] as const)
    await expect(async () => call(chat, id as never)).rejects.toMatchObject({
      code: 'INVALID_UUID',
      message: `The id of a channel must be a UUID, and is of type ${shown}.`,
    });
});

test.each<[string, RegExp, (chat: ChatServer, nothing: never) => unknown]>([
  ['messages.post', /^messages\.post needs a message, not null\.$/, ({ messages }, no) => messages.post(no)],
  ['messages.list', /^messages\.list: The options must be/, ({ messages }, no) => messages.list(CHANNEL, no)],
  ['channels.create', /^channels\.create: The options must be/, ({ channels }, no) => channels.create(no)],
  ['createWithin', /^channels\.createWithin: The/, ({ channels }, no) => channels.createWithin(1, no)],
  [
    'disconnect of nobody',
    /^disconnect needs the id of an entity, not null\.$/,
    (chat, no) => chat.disconnect(no),
  ],
  [
    'disconnect',
    /^disconnect: The options must be an object, not null\.$/,
    (chat, no) => chat.disconnect('x', no),
  ],
  ['elizaosRest', /^The options must be an object, not null\.$/, (chat, no) => chat.elizaosRest(no)],
])('[H12] a call with nothing is refused in words: %s', async (_name, message, call) => {
  const { chat } = await startChat();
  await expect(async () => call(chat, null as never)).rejects.toMatchObject({
    code: 'INVALID_OPTIONS',
    message: expect.stringMatching(message),
  });
});

test.each<[string, RegExp, (chat: ChatServer) => unknown]>([
  ['a page without a limit', /needs a `limit`/, ({ messages }) => messages.list(CHANNEL, {} as never)],
  ['a page without an end', /`limit` must be/, ({ messages }) => messages.list(CHANNEL, { limit: -1 })],
  [
    'a page by its offset',
    /no option `offset`/,
    ({ messages }) => messages.list(CHANNEL, { offset: 5 } as never),
  ],
  [
    'a name beside properties',
    /no option `name`/,
    ({ channels }) => channels.create({ id: CHANNEL, name: 'x' } as never),
  ],
  ['a reason misspelled', /`reason`\?$/, (chat) => chat.disconnect('x', { reson: 'late' } as never)],
  [
    'a list of channels',
    /`channelsOf` must be a function/,
    (chat) => chat.elizaosRest({ channelsOf: [] as never }),
  ],
])('[H12] what a call would not heed is refused in words: %s', async (_name, message, call) => {
  const { chat } = await startChat();
  await expect(async () => call(chat)).rejects.toMatchObject({
    code: 'INVALID_OPTIONS',
    message: expect.stringMatching(message),
  });
});

test.each<[string, unknown]>([
  ['a number', 5],
  ['null', null],
  ['an id', 'socket-1'],
])(
  '[H12] who sent a message is looked at before it is stored: %s is no connection',
  async (_what, sender) => {
    const { chat } = await startChat();
    await chat.channels.create({ id: CHANNEL });
    await expect(chat.messages.post(post({}), sender as never)).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
      message: expect.stringMatching(/^messages\.post takes a client's connection after the message, not /),
    });
    expect(await chat.messages.list(CHANNEL, { limit: 1 })).toEqual([]);
  },
);

test('[H12] the id of a message that is none is refused in words', async () => {
  const { chat } = await startChat();
  await expect(chat.messages.delete(CHANNEL, 7 as never)).rejects.toMatchObject({
    code: 'INVALID_UUID',
    message: 'The id of a message must be a UUID, and is of type number.',
  });
});

test('[E10] the host reaches a channel however it spells its id', async () => {
  const { chat, url } = await startChat();
  const member = await join(url);
  const complete = { channelId: CHANNEL, serverId: SERVER };
  chat.to(CHANNEL.toUpperCase()).emit('messageComplete', complete);
  await member.waitFor('messageComplete');
});

test('[C6] a stored message that breaks the contract is left out of history and of a resume, and logged with its id', async () => {
  const lines: { msg: string; messageId?: string; seq?: number }[] = [];
  const logger = pino({ level: 'error' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const memory = createMemoryStore();
  const spoil = (message: { text: string }) =>
    message.text === 'broken' ? { ...message, serverId: 'main' } : message;
  const store: Store = {
    ...memory,
    async listMessages(...args) {
      const page = await memory.listMessages(...args);
      return { ...page, messages: page.messages.map((message) => spoil(message) as typeof message) };
    },
    async readJournal(...args) {
      const page = await memory.readJournal(...args);
      const entries = page?.entries.map((entry) =>
        entry.event === 'messageBroadcast'
          ? { ...entry, message: spoil(entry.message) as typeof entry.message }
          : entry,
      );
      return page && { ...page, entries: entries ?? [] };
    },
  };
  const { url } = await startChat({ store, logger });
  const client = await join(url);
  for (const text of ['one', 'broken', 'three']) await client.ask('send_message', hello({ text }));
  const listed = await client.ask('list_messages', { channelId: CHANNEL });
  expect(listed).toMatchObject({ ok: true, data: { messages: [{ text: 'one' }, { text: 'three' }] } });
  const { epoch } = (listed as { data: { epoch: string } }).data;
  const late = await join(url);
  await late.ask('join_channel', { channelId: CHANNEL, resume: { epoch, seq: 0 } });
  expect(late.payloads('messageBroadcast')).toMatchObject([{ text: 'one' }, { text: 'three' }]);
  expect(lines).toContainEqual(expect.objectContaining({ messageId: expect.any(String) }));
  expect(lines).toContainEqual(expect.objectContaining({ seq: 2, event: 'messageBroadcast' }));
});
