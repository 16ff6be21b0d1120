import { type ChatServerOptions, createMemoryStore } from '@wirepact/server';
import { expect, test } from 'vitest';
import { rejectionOf, untilState } from '../../test/chat-fixture';
import { connectToPolls, type Polls, polls, startPolls } from '../../test/polls-fixture';
import { CHANNEL } from '../../test/socket-server';
import { type Channel, createChatClient } from '../index';

const channelId = CHANNEL;

/** What a channel tells of its journal, in order. */
function follow(channel: Channel<Polls>) {
  const told: [number | undefined, string][] = [];
  channel.on('messageBroadcast', ({ seq, text }) => told.push([seq, text]));
  channel.on('pollCreated', ({ seq, question }) => told.push([seq, question]));
  return told;
}

/** Waits until a client takes note of a server that has gone. */
const untilAway = (channel: Channel<Polls>) =>
  untilState(channel.state, ({ status }) => status === 'rejoining');

test('an extension’s durable events come in a channel among its messages, once, over reconnects', async () => {
  const store = createMemoryStore();
  const first = await startPolls(0, { store });
  const [ada, bob] = [connectToPolls(first.url, 'ada'), connectToPolls(first.url, 'bob')];
  const [mine, channel] = await Promise.all([ada.join(CHANNEL), bob.join(CHANNEL)]);
  let joins = 0;
  channel.state.subscribe(({ status }) => {
    if (status === 'joined') joins += 1;
  });
  const told = follow(channel);
  await mine.send('one');
  await ada.request('create_poll', { channelId: CHANNEL.toUpperCase(), question: 'two?' });
  await mine.send('three');
  await expect.poll(() => told).toHaveLength(3);
  expect(channel.view.get()).toMatchObject({ position: { seq: 3 } });

  const away = untilAway(channel);
  await first.server.close();
  await away;
  const second = await startPolls(0, { store });
  const host = { senderId: 'host', senderName: 'Host', source: 'host', serverId: CHANNEL };
  await second.server.channel('channel', CHANNEL).publish('pollCreated', { channelId, question: 'four?' });
  await second.server.messages.post({ ...host, channelId, text: 'five' });
  await second.server.close();
  await startPolls(Number(new URL(first.url).port), { store });
  await mine.send('six');
  await expect.poll(() => told).toHaveLength(6);
  expect(told).toEqual([
    [1, 'one'],
    [2, 'two?'],
    [3, 'three'],
    [4, 'four?'],
    [5, 'five'],
    [6, 'six'],
  ]);
  expect(channel.view.get().messages.map(({ text }) => text)).toEqual(['one', 'three', 'five', 'six']);
  expect(joins).toBe(1);
});

test('what is published before a listener of a new channel is added waits for it', async () => {
  const { server, url } = await startPolls();
  await server.channels.create({ id: CHANNEL });
  const bob = connectToPolls(url, 'bob');
  const channel = await bob.join(CHANNEL);
  const told = follow(channel);
  await server.channel('channel', CHANNEL).publish('pollCreated', { channelId, question: 'one?' });
  await expect.poll(() => told).toEqual([[1, 'one?']]);
  expect(channel.view.get()).toMatchObject({ position: { seq: 1 }, messages: [] });
});

test('a room of the extension’s own is a channel as that of any contract, with a state and optimistic sends', async () => {
  const store = createMemoryStore();
  const joins: unknown[] = [];
  const authorize: ChatServerOptions['authorize'] = ({ event, room }) => {
    if (event === 'join_channel') joins.push(room?.id);
    return true;
  };
  const first = await startPolls(0, { store, authorize });
  const [ada, bob] = [connectToPolls(first.url, 'ada'), connectToPolls(first.url, 'bob')];
  const open = (chat: typeof ada) => {
    const poll = chat.channel('poll', 'p1');
    const choices = poll.reduce((all: readonly number[], { payload }) => all.concat(payload.choice), []);
    const vote = (choice: number) => {
      const payload = { pollId: 'p1', choice, channelId };
      return poll.send('cast_vote', payload, { expects: { event: 'voteCast', payload } });
    };
    return { poll, choices, vote };
  };
  const [one, other] = [open(ada), open(bob)];
  const talk = await bob.join(CHANNEL);
  await untilState(other.poll.state, ({ status }) => status === 'joined');
  const sent = one.vote(1);
  expect(one.choices.get()).toEqual([1]);
  await sent;
  const away = untilAway(talk);
  await first.server.close();
  await away;
  const later = one.vote(2);
  await startPolls(Number(new URL(first.url).port), { store });
  await later;
  for (const { choices } of [one, other]) await untilState(choices, ({ length }) => length === 2);
  expect(other.choices.get()).toEqual([1, 2]);
  // A vote names its channel, and is none of the channel's events for that.
  expect(talk.view.get()).toMatchObject({ position: { seq: 0 }, status: 'joined' });
  expect(joins).toEqual([CHANNEL]);
  one.poll.release();
  expect(one.poll.state.get()).toEqual({ status: 'left' });
  bob.close();
  expect(other.poll.state.get()).toMatchObject({ status: 'closed' });
});

test('a chat client says how to have rooms, and which there are', async () => {
  const chat = connectToPolls('http://127.0.0.1:9', 'ada', { autoConnect: false });
  expect(() => chat.channel('channel' as 'poll', CHANNEL)).toThrow('use `join` for the chat');
  expect(() => chat.channel('pol' as 'poll', CHANNEL)).toThrow('poll');
  chat.close();
  expect(() => chat.channel('poll', 'p1')).toThrow(expect.objectContaining({ code: 'CLOSED' }));
  const bare = createChatClient('http://127.0.0.1:9', { contract: polls, autoConnect: false });
  const { channel } = bare as unknown as typeof chat;
  expect(() => channel('poll', 'p1')).toThrow('Give `createChatClient` the option `channels`');
  bare.close();
});

test('who may not be in a room of the extension’s own is told why', async () => {
  const { url } = await startPolls(0, { authorize: ({ room }) => room?.name !== 'poll' });
  const poll = connectToPolls(url, 'ada').channel('poll', 'p1');
  const state = await untilState(poll.state, ({ status }) => status === 'failed');
  expect(state.error).toMatchObject({ code: 'FORBIDDEN' });
  const refused = rejectionOf(poll.send('cast_vote', { pollId: 'p1', choice: 1 }));
  expect(await refused).toMatchObject({ code: 'FORBIDDEN' });
});
