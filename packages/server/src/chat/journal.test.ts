import { expect, test } from 'vitest';
import { createMemoryStore, type Store } from '../index';
import { CHANNEL, connect, hello, join, type Recorder, SERVER, startChat } from './test-chat';

/** What a channel's members saw: `1 hello`, `2 messageDeleted`. */
const seen = ({ received }: Recorder) =>
  received.flatMap(({ event, payload }) => {
    const { seq, text } = Object(payload);
    return seq === undefined || event === 'messageAck' ? [] : [`${seq} ${text ?? event}`];
  });

const post = (text: string) => ({
  ...{ channelId: CHANNEL, serverId: SERVER, senderId: 'host', senderName: 'Host', source: 'test' },
  text,
});

const positionOf = (answer: unknown) => {
  const { epoch, seq } = Object(answer).data;
  return { epoch, seq };
};

/** A promise to be resolved from outside. */
function createGate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
}

test('every durable event has the next number, and the sender’s acknowledgement has it too', async () => {
  const { chat, url } = await startChat();
  const client = await join(url);
  const sent = await client.ask('send_message', hello());
  expect(sent).toMatchObject({ ok: true, data: { seq: 1, epoch: expect.any(String) } });
  await chat.channels.update(CHANNEL, { name: 'x' });
  await chat.messages.delete(CHANNEL, Object(sent).data.messageId);
  await chat.channels.clear(CHANNEL);
  await chat.channels.delete(CHANNEL);
  await client.waitFor('channelDeleted');
  expect(seen(client)).toEqual([
    '1 hello',
    '2 channelUpdated',
    '3 messageDeleted',
    '4 channelCleared',
    '5 channelDeleted',
  ]);
});

test('a rejoin with the last position gets all that was missed, once, in order, and is told so', async () => {
  const { chat, url } = await startChat();
  const before = await connect(url);
  const joined = await before.ask('join_channel', { channelId: CHANNEL });
  expect(joined).toMatchObject({ ok: true, data: { seq: 0 } });
  expect(Object(joined).data).not.toHaveProperty('recovered');
  before.socket.close();
  for (let number = 1; number <= 1_200; number += 1) await chat.messages.post(post(`m${number}`));
  await chat.channels.update(CHANNEL, { name: 'x' });

  const after = await connect(url);
  const resumed = await after.ask('join_channel', { channelId: CHANNEL, resume: positionOf(joined) });
  expect(resumed).toMatchObject({ ok: true, data: { recovered: true, seq: 1_201 } });
  await chat.messages.post(post('live'));
  await after.waitFor('messageBroadcast', 1_201);
  const expected = Array.from({ length: 1_200 }, (_, index) => `${index + 1} m${index + 1}`);
  expect(seen(after)).toEqual([...expected, '1201 channelUpdated', '1202 live']);
});

test.each(['before', 'after'] as const)(
  'what is published right %s the journal was read is neither lost, doubled nor reordered',
  async (moment) => {
    const store = createMemoryStore();
    let publish = async () => {};
    const readJournal: Store['readJournal'] = async (...args) => {
      if (moment === 'before') await publish();
      const page = await store.readJournal(...args);
      if (moment === 'after') await publish();
      return page;
    };
    const { chat, url } = await startChat({ store: { ...store, readJournal } });
    const first = await connect(url);
    const joined = await first.ask('join_channel', { channelId: CHANNEL });
    await chat.messages.post(post('missed'));

    publish = async () => {
      publish = async () => {};
      await chat.messages.post(post('during'));
    };
    const late = await connect(url);
    const resumed = await late.ask('join_channel', { channelId: CHANNEL, resume: positionOf(joined) });
    expect(resumed).toMatchObject({ data: { recovered: true, seq: 2 } });
    await chat.messages.post(post('next'));
    await late.waitFor('messageBroadcast', 3);
    expect(seen(late)).toEqual(['1 missed', '2 during', '3 next']);
  },
);

test('what was stored but not yet published when the journal was read is not seen twice', async () => {
  const store = createMemoryStore();
  const gate = createGate();
  const stored = createGate();
  const appendMessage: Store['appendMessage'] = async (message) => {
    const appended = await store.appendMessage(message);
    if (message.text !== 'slow') return appended;
    stored.open();
    await gate.passed;
    return appended;
  };
  const { chat, url } = await startChat({ store: { ...store, appendMessage } });
  const first = await connect(url);
  const joined = await first.ask('join_channel', { channelId: CHANNEL });
  const posted = chat.messages.post(post('slow'));
  await stored.passed;
  const late = await connect(url);
  await late.ask('join_channel', { channelId: CHANNEL, resume: positionOf(joined) });
  gate.open();
  await posted;
  await chat.messages.post(post('next'));
  await Promise.all([late.waitFor('messageBroadcast', 2), first.waitFor('messageBroadcast', 2)]);
  expect(seen(late)).toEqual(['1 slow', '2 next']);
  expect(seen(first)).toEqual(['1 slow', '2 next']);
});

test('who resumes sees its own messages with its own ids for them, and a send meanwhile in its turn', async () => {
  const { url } = await startChat();
  const client = await connect(url);
  const joined = await client.ask('join_channel', { channelId: CHANNEL, entityId: 'user-1' });
  await client.ask('send_message', hello({ messageId: 'one' }));
  const late = await connect(url);
  const resumed = late.ask('join_channel', {
    channelId: CHANNEL,
    entityId: 'user-1',
    resume: positionOf(joined),
  });
  const sent = late.ask('send_message', hello({ messageId: 'two', text: 'again' }));
  await Promise.all([resumed, sent]);
  const other = await connect(url);
  await other.ask('join_channel', { channelId: CHANNEL, entityId: 'user-2', resume: positionOf(joined) });
  expect(seen(late)).toEqual(['1 hello', '2 again']);
  expect(late.payloads('messageBroadcast')).toMatchObject([
    { clientMessageId: 'one' },
    { clientMessageId: 'two' },
  ]);
  expect(seen(other)).toEqual(['1 hello', '2 again']);
  expect(JSON.stringify(other.received)).not.toContain('clientMessageId');
});

test('where it cannot be told whole, nothing is replayed and the client is told, and is a member', async () => {
  const { chat, url } = await startChat({ store: createMemoryStore({ maxEventsPerChannel: 2 }) });
  const first = await connect(url);
  const joined = await first.ask('join_channel', { channelId: CHANNEL });
  for (const text of ['1', '2', '3', '4']) await chat.messages.post(post(text));
  const { epoch } = positionOf(joined);
  for (const resume of [
    { epoch, seq: 0 },
    { epoch: 'another', seq: 1 },
    { epoch, seq: 99 },
  ]) {
    const late = await connect(url);
    const resumed = await late.ask('join_channel', { channelId: CHANNEL, resume });
    expect(resumed).toMatchObject({ ok: true, data: { recovered: false, epoch, seq: 4 } });
    await late.ask('heartbeat');
    expect(seen(late)).toEqual([]);
    late.socket.close();
  }
  const member = await connect(url);
  await member.ask('join_channel', { channelId: CHANNEL, resume: { epoch, seq: 0 } });
  await chat.messages.post(post('5'));
  expect(await member.waitFor('messageBroadcast')).toMatchObject({ text: '5', seq: 5 });
});

test('[RESUME-11] a join tells the channel’s properties, also where what was missed cannot be told', async () => {
  const { chat, url } = await startChat({ store: createMemoryStore({ maxEventsPerChannel: 2 }) });
  const client = await connect(url);
  const joined = await client.ask('join_channel', { channelId: CHANNEL, metadata: { isDm: true } });
  expect(joined).toMatchObject({ data: { properties: { metadata: { isDm: true } } } });
  await chat.channels.update(CHANNEL, { topic: 'x' });
  for (const text of ['1', '2', '3']) await chat.messages.post(post(text));
  const resumed = await client.ask('join_channel', { channelId: CHANNEL, resume: positionOf(joined) });
  expect(resumed).toMatchObject({
    data: { recovered: false, properties: { metadata: { isDm: true }, topic: 'x' } },
  });
});

test('a resume does not create the channel that is gone', async () => {
  const { chat, url } = await startChat();
  const client = await connect(url);
  const joined = await client.ask('join_channel', { channelId: CHANNEL });
  await chat.channels.delete(CHANNEL);
  expect(await client.ask('join_channel', { channelId: CHANNEL, resume: positionOf(joined) })).toMatchObject({
    ok: false,
    error: { code: 'CHANNEL_NOT_FOUND' },
  });
});

test('a repeated message gives the first result, and is broadcast once', async () => {
  const { url } = await startChat();
  const client = await join(url);
  const first = await client.ask('send_message', hello({ messageId: 'mine' }));
  const again = await Promise.all(
    [1, 2, 3].map(() => client.ask('send_message', hello({ messageId: 'mine', text: 'x' }))),
  );
  expect(again).toEqual([first, first, first]);
  const other = await join(url);
  expect(await other.ask('send_message', hello({ messageId: 'mine', entityId: 'user-2' }))).toMatchObject({
    data: { seq: 2 },
  });
  await client.waitFor('messageBroadcast', 2);
  expect(seen(client)).toEqual(['1 hello', '2 hello']);
  expect(client.payloads('messageAck')).toHaveLength(4);
});

test('list_messages pages through the history in both directions', async () => {
  const { chat, url } = await startChat();
  const client = await join(url);
  for (let number = 1; number <= 7; number += 1) await chat.messages.post(post(`m${number}`));
  const list = async (page: Record<string, unknown>) => {
    const { data } = Object(await client.ask('list_messages', { channelId: CHANNEL, ...page }));
    return [data.messages.map(({ text }: { text: string }) => text).join(' '), data.hasMore, data.seq];
  };
  expect(await list({ limit: 3 })).toEqual(['m5 m6 m7', true, 7]);
  expect(await list({ limit: 3, before: 5 })).toEqual(['m2 m3 m4', true, 7]);
  expect(await list({ limit: 3, before: 2 })).toEqual(['m1', false, 7]);
  expect(await list({ limit: 3, after: 1 })).toEqual(['m2 m3 m4', true, 7]);
  expect(await list({ limit: 3, after: 4 })).toEqual(['m5 m6 m7', false, 7]);
  expect(await list({})).toEqual(['m1 m2 m3 m4 m5 m6 m7', false, 7]);
  const both = await client.ask('list_messages', { channelId: CHANNEL, before: 3, after: 1 });
  expect(both).toMatchObject({ ok: false, error: { code: 'INVALID_PAYLOAD', issues: [{ path: '/after' }] } });
  const tooMany = await client.ask('list_messages', { channelId: CHANNEL, limit: 201 });
  expect(tooMany).toMatchObject({
    ok: false,
    error: { code: 'INVALID_PAYLOAD', issues: [{ path: '/limit' }] },
  });
});

test('who left a channel receives nothing of it', async () => {
  const { chat, url } = await startChat();
  const client = await join(url);
  expect(await client.ask('leave_channel', { channelId: CHANNEL })).toEqual({
    ok: true,
    data: { channelId: CHANNEL },
  });
  await chat.messages.post(post('unheard'));
  await client.ask('heartbeat');
  expect(seen(client)).toEqual([]);
});

test('clients manage channels where `authorize` allows it', async () => {
  const { url } = await startChat({ authorize: () => true });
  const client = await join(url);
  const bystander = await join(url);
  const sent = await client.ask('send_message', hello());
  const { messageId } = Object(sent).data;
  const { epoch } = positionOf(sent);
  expect(await client.ask('update_channel', { channelId: CHANNEL, updates: { name: 'New' } })).toEqual({
    ok: true,
    data: { channelId: CHANNEL, epoch, seq: 2 },
  });
  expect(await client.ask('delete_message', { channelId: CHANNEL, messageId })).toEqual({
    ok: true,
    data: { messageId, epoch, seq: 3 },
  });
  expect(await client.ask('delete_message', { channelId: CHANNEL, messageId })).toMatchObject({
    error: { code: 'MESSAGE_NOT_FOUND' },
  });
  expect(await client.ask('clear_channel', { channelId: CHANNEL })).toEqual({
    ok: true,
    data: { channelId: CHANNEL, epoch, seq: 4 },
  });
  expect(await client.ask('delete_channel', { channelId: CHANNEL })).toEqual({
    ok: true,
    data: { channelId: CHANNEL, epoch, seq: 5 },
  });
  expect(await client.ask('clear_channel', { channelId: CHANNEL })).toMatchObject({
    error: { code: 'CHANNEL_NOT_FOUND' },
  });
  await bystander.waitFor('channelDeleted');
  expect(seen(bystander)).toEqual([
    '1 hello',
    '2 channelUpdated',
    '3 messageDeleted',
    '4 channelCleared',
    '5 channelDeleted',
  ]);
});

test.each([
  ['delete_message', { channelId: CHANNEL, messageId: SERVER }],
  ['clear_channel', { channelId: CHANNEL }],
  ['update_channel', { channelId: CHANNEL, updates: { name: 'Mine' } }],
  ['delete_channel', { channelId: CHANNEL }],
])('%s is FORBIDDEN on a server without `authorize`', async (event, payload) => {
  const { chat, url } = await startChat();
  const client = await join(url);
  expect(await client.ask(event, payload)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
  expect(await chat.channels.get(CHANNEL)).toMatchObject({ seq: 0 });
});
