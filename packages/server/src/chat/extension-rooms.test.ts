import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { defineEvent, extendContract } from '@wirepact/contract';
import { protocol } from '@wirepact/protocol';
import * as Type from 'typebox';
import { expect, onTestFinished, test } from 'vitest';
import { type ChatServerOptions, createChatServer, createMemoryStore, createSqliteStore } from '../index';
import { CHANNEL, connect, hello, type Recorder, silent } from './test-chat';

const inChannel = { name: 'channel', property: 'channelId' } as const;
const inPoll = { name: 'poll', property: 'pollId' } as const;
const channelId = Type.String({ format: 'uuid' });
const Vote = Type.Object({
  pollId: Type.String(),
  choice: Type.Integer(),
  voteId: Type.Optional(Type.String()),
});
const polls = extendContract(protocol, {
  name: 'polls',
  version: '1.0.0',
  clientToServer: {
    create_poll: defineEvent({
      description: 'Begins a poll.',
      payload: Type.Object({ channelId, question: Type.String(), pollId: Type.Optional(Type.String()) }),
      key: 'pollId',
      room: inChannel,
    }),
    cast_vote: defineEvent({ description: 'Votes.', payload: Vote, key: 'voteId', room: inPoll }),
    read_poll: defineEvent({
      description: 'Counts the votes.',
      payload: Type.Object({ pollId: Type.String() }),
      reply: Type.Object({ state: Type.Integer(), epoch: Type.String(), seq: Type.Integer() }),
      room: inPoll,
    }),
  },
  serverToClient: {
    pollCreated: defineEvent({
      description: 'Somebody began a poll.',
      payload: Type.Object({ channelId, question: Type.String(), pollId: Type.Optional(Type.String()) }),
      durable: true,
      key: 'pollId',
      room: inChannel,
    }),
    voteCast: defineEvent({
      description: 'Somebody voted.',
      payload: Vote,
      durable: true,
      key: 'voteId',
      room: inPoll,
    }),
  },
});
type Polls = typeof polls;

/** A chat with polls in its channels, which have rooms of their own for the votes. */
async function startPolls(options: Omit<ChatServerOptions<Polls>, 'extension'> = {}) {
  const chat = createChatServer<Polls>({
    logger: silent,
    rateLimit: false,
    store: createMemoryStore(),
    authenticate: ({ auth }) => ({ entityId: String(auth.as) }),
    ...options,
    extension: {
      contract: polls,
      handlers: {
        async create_poll({ channel }, poll) {
          await channel('channel', poll.channelId).publish('pollCreated', poll);
          return null;
        },
        async cast_vote({ channel }, vote) {
          await channel('poll', vote.pollId).publish('voteCast', vote);
          return null;
        },
        read_poll: ({ channel }, { pollId }) => channel('poll', pollId).reduce((sum) => sum + 1, 0),
      },
    },
  });
  onTestFinished(() => chat.close());
  const { url } = await chat.listen(0, '127.0.0.1');
  const enter = async (as: string, resume?: object) => {
    const client = await connect(url, { auth: { as } });
    const joined = await client.ask('join_channel', { channelId: CHANNEL, ...(resume && { resume }) });
    return { ...client, joined };
  };
  return { chat, url, enter };
}

const question = 'Tea or coffee?';
/** What came of a channel's journal, in order. */
const journalOf = ({ received }: Recorder) =>
  received.flatMap(({ event, payload }) => {
    const { seq, text, question: asked } = payload as { seq?: number; text?: string; question?: string };
    return seq === undefined || event === 'messageAck' ? [] : [[event, seq, text ?? asked]];
  });
const EXPECTED = [
  ['messageBroadcast', 1, 'one'],
  ['pollCreated', 2, question],
  ['messageBroadcast', 3, 'two'],
];

test('[SEQ-8] what an extension publishes in a channel comes among its messages; its key goes to the sender alone', async () => {
  const { enter } = await startPolls();
  const [ada, bob] = [await enter('ada'), await enter('bob')];
  await ada.ask('send_message', hello({ text: 'one', entityId: 'ada' }));
  const created = { channelId: CHANNEL, question, pollId: 'p1' };
  expect(await ada.ask('create_poll', created)).toEqual({ ok: true, data: null });
  expect(await ada.ask('create_poll', created)).toEqual({ ok: true, data: null });
  await ada.ask('send_message', hello({ text: 'two', entityId: 'ada' }));
  await bob.waitFor('messageBroadcast', 2);
  expect(journalOf(bob)).toEqual(EXPECTED);
  expect(journalOf(ada)).toEqual(EXPECTED);
  expect(bob.payloads('pollCreated')).toEqual([
    { channelId: CHANNEL, question, epoch: expect.any(String), seq: 2 },
  ]);
  expect(ada.payloads('pollCreated')).toMatchObject([{ pollId: 'p1' }]);
  expect(await bob.ask('list_messages', { channelId: CHANNEL })).toMatchObject({
    data: { messages: [{ text: 'one' }, { text: 'two' }] },
  });
});

test('[SEQ-8] who comes back to a channel is sent what the extension published meanwhile, in its place', async () => {
  const { chat, enter } = await startPolls();
  const ada = await enter('ada');
  const { epoch } = (ada.joined as { data: { epoch: string } }).data;
  ada.socket.disconnect();
  const message = { ...hello(), senderId: 'host', senderName: 'Host', source: 'host' };
  await chat.messages.post({ ...message, text: 'one' });
  await chat.channel('channel', CHANNEL).publish('pollCreated', { channelId: CHANNEL, question });
  await chat.messages.post({ ...message, text: 'two' });
  const again = await enter('ada', { epoch, seq: 0 });
  expect(again.joined).toMatchObject({ ok: true, data: { seq: 3, recovered: true } });
  expect(journalOf(again)).toEqual(EXPECTED);
});

test('ids of channels are the same in upper and lower case, in what is published, too', async () => {
  const { chat, enter } = await startPolls();
  const ada = await enter('ada');
  const upper = CHANNEL.toUpperCase();
  await ada.ask('create_poll', { channelId: upper, question });
  expect(await ada.waitFor('pollCreated')).toMatchObject({ channelId: CHANNEL, seq: 1 });
  await expect(
    chat
      .channel('channel', CHANNEL)
      .publish('pollCreated', { channelId: CHANNEL.replace('1', '2'), question }),
  ).rejects.toMatchObject({ code: 'INVALID_EMIT' });
});

test('nothing is published in a channel that does not exist, in a transaction neither', async () => {
  const folder = await mkdtemp(joinPath(tmpdir(), 'wirepact-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = joinPath(folder, 'chat.db');
  const store = createSqliteStore({ file });
  onTestFinished(() => store.close());
  const { chat, enter } = await startPolls({ store });
  const { publish, refresh } = chat.channel('channel', CHANNEL);
  const poll = { channelId: CHANNEL, question };
  await chat.ready;
  const database = new DatabaseSync(file);
  onTestFinished(() => database.close());
  const missing = { code: 'CHANNEL_NOT_FOUND' };
  await expect(publish('pollCreated', poll)).rejects.toMatchObject(missing);
  await expect(publish('pollCreated', poll, { transaction: database })).rejects.toMatchObject(missing);
  expect(await chat.channels.get(CHANNEL)).toBeUndefined();

  const ada = await enter('ada');
  database.exec('begin immediate');
  await publish('pollCreated', poll, { transaction: database });
  expect(ada.payloads('pollCreated')).toEqual([]);
  database.exec('commit');
  await refresh();
  expect(await ada.waitFor('pollCreated')).toMatchObject({ question, seq: 1 });
});

test('a state of a channel is made of the extension’s events alone, up to the place of the last of all', async () => {
  const { chat, enter } = await startPolls();
  const ada = await enter('ada');
  await ada.ask('create_poll', { channelId: CHANNEL, question });
  await ada.ask('send_message', hello({ entityId: 'ada' }));
  const names = await chat
    .channel('channel', CHANNEL)
    .reduce<string[]>((seen, { event }) => seen.concat(event), []);
  expect(names).toEqual({ state: ['pollCreated'], epoch: expect.any(String), seq: 2 });
});

test.each([
  ['memory', () => createMemoryStore()],
  ['SQLite', () => createSqliteStore({ file: ':memory:' })],
])(
  'to clear a channel forgets its messages and keeps what the extension published, in %s',
  async (_name, create) => {
    const store = create();
    const { chat, enter } = await startPolls({ store });
    onTestFinished(() => store.close());
    const ada = await enter('ada');
    const { epoch } = (ada.joined as { data: { epoch: string } }).data;
    await ada.ask('send_message', hello({ text: 'one', entityId: 'ada' }));
    await ada.ask('create_poll', { channelId: CHANNEL, question });
    await chat.channels.clear(CHANNEL);
    const late = await enter('bob', { epoch, seq: 0 });
    expect(journalOf(late)).toEqual([
      ['pollCreated', 2, question],
      ['channelCleared', 3, undefined],
    ]);
  },
);

test('a room of the extension’s own is joined, published in, left and ended as that of any contract', async () => {
  const { chat, enter } = await startPolls();
  const [ada, bob] = [await enter('ada'), await enter('bob')];
  const poll = { room: 'poll', id: 'p1' };
  expect(await ada.ask('wirepact:join', poll)).toMatchObject({ ok: true, data: { seq: 0 } });
  await bob.ask('wirepact:join', poll);
  const vote = { pollId: 'p1', choice: 2, voteId: 'v1' };
  await ada.ask('cast_vote', vote);
  await ada.ask('cast_vote', vote);
  expect(await bob.waitFor('voteCast')).toEqual({
    pollId: 'p1',
    choice: 2,
    epoch: expect.any(String),
    seq: 1,
  });
  expect(await ada.waitFor('voteCast')).toMatchObject({ voteId: 'v1' });
  expect(await bob.ask('read_poll', { pollId: 'p1' })).toMatchObject({ data: { state: 1, seq: 1 } });
  await ada.ask('wirepact:leave', poll);
  expect(chat.channel('poll', 'p1').remove('bob')).toBe(1);
  expect(await bob.waitFor('wirepact:left')).toMatchObject({ ...poll, reason: 'REMOVED' });
  await ada.ask('wirepact:join', poll);
  await chat.channel('poll', 'p1').delete();
  expect(await ada.waitFor('wirepact:deleted')).toMatchObject({ ...poll, seq: 2 });
  expect(ada.payloads('voteCast')).toHaveLength(1);
});

test('a room of the extension’s own and a channel count alike, and neither is the other’s', async () => {
  const asked: unknown[] = [];
  const { enter, chat } = await startPolls({
    maxChannelsPerConnection: 2,
    authorize: ({ event, room, channelId: id }) => {
      asked.push([event, room, id]);
      return room?.id !== 'secret';
    },
  });
  const ada = await enter('ada');
  const joinRoom = (room: string, id: string) => ada.ask('wirepact:join', { room, id });
  expect(await joinRoom('poll', 'secret')).toMatchObject({ error: { code: 'FORBIDDEN' } });
  expect(asked).toEqual([
    ['join_channel', { name: 'channel', id: CHANNEL }, CHANNEL],
    ['wirepact:join', { name: 'poll', id: 'secret' }, undefined],
  ]);
  expect(await joinRoom('channel', CHANNEL)).toMatchObject({ error: { code: 'INVALID_PAYLOAD' } });
  expect(await joinRoom('poll', 'p1')).toMatchObject({ ok: true });
  expect(await joinRoom('poll', 'p2')).toMatchObject({ error: { code: 'FORBIDDEN' } });
  await chat.channel('channel', CHANNEL).delete();
  expect(await ada.waitFor('channelDeleted')).toMatchObject({ channelId: CHANNEL });
  expect(await joinRoom('poll', 'p2')).toMatchObject({ ok: true });
  expect(() => chat.channel('board' as 'poll', 'b1')).toThrow(/it has: poll/);
});

test('a channel’s handle takes members out as the chat does', async () => {
  let isOpen = true;
  const { enter, chat } = await startPolls({ authorize: ({ event }) => isOpen || event !== 'join_channel' });
  const [ada, bob] = [await enter('ada'), await enter('bob')];
  expect(chat.channel('channel', CHANNEL).remove('ada')).toBe(1);
  expect(await ada.waitFor('channel_left')).toMatchObject({ channelId: CHANNEL, reason: 'REMOVED' });
  isOpen = false;
  expect(await chat.channel('channel', CHANNEL).recheck()).toBe(1);
  expect(await bob.waitFor('channel_left')).toMatchObject({ reason: 'FORBIDDEN' });
});
