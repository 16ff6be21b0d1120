import { describe, expect, test } from 'vitest';
import { rejectionOf, untilState, useChatFixture } from '../../../test/chat-fixture';
import { messageId } from '../../../test/journal';
import { CHANNEL, failure, success } from '../../../test/socket-server';
import type { Channel } from '../../index';

/** What a client makes of gaps, replays and pages, from a server in the hands of the test. */

const fixture = useChatFixture();
const EPOCH = 'one';

const message = (seq: number, epoch = EPOCH) => ({
  ...{ id: messageId(seq), senderId: 'user-7', senderName: 'Seven', text: `m${seq}`, roomId: CHANNEL },
  ...{ serverId: CHANNEL, createdAt: seq, source: 'test', seq, epoch },
});
const emit = (...seqs: number[]) => {
  for (const seq of seqs) fixture.server.socket.emit('messageBroadcast', message(seq));
};
const joined = (seq: number, recovered?: boolean, epoch = EPOCH) =>
  success({ channelId: CHANNEL, epoch, seq, ...(recovered !== undefined && { recovered }) });
const page = (seqs: number[], hasMore: boolean, epoch = EPOCH) =>
  success({ messages: seqs.map((seq) => message(seq, epoch)), hasMore, epoch, seq: 99 });

const texts = (channel: Channel) => channel.view.get().messages.map(({ text }) => text);
const untilTexts = (channel: Channel, ...wanted: string[]) =>
  untilState(channel.view, ({ messages }) => messages.map(({ text }) => text).join() === wanted.join());
const resumes = () => fixture.server.payloadsOf('join_channel').map(({ resume }) => resume);

/** A client in the channel, which stands at an event. */
async function joinAt(seq: number) {
  fixture.server.answers.join_channel = () => joined(seq);
  const chat = fixture.client();
  const channel = await chat.join(CHANNEL);
  const heard: string[] = [];
  channel.on('messageBroadcast', ({ text }) => heard.push(text));
  return { chat, channel, heard };
}

describe('a gap', () => {
  test('[CLIENT-13] [CLIENT-14] is asked for once, and everything is heard once and in order', async () => {
    const { channel, heard } = await joinAt(4);
    fixture.server.answers.join_channel = () => {
      // Number 7 was deleted since; 10 happens meanwhile.
      emit(6, 8, 10, 9, 10);
      return joined(9, true);
    };
    emit(5, 8, 9);
    await untilTexts(channel, 'm5', 'm6', 'm8', 'm9', 'm10');
    emit(10, 9, 11);
    await untilTexts(channel, 'm5', 'm6', 'm8', 'm9', 'm10', 'm11');
    expect(heard).toEqual(['m5', 'm6', 'm8', 'm9', 'm10', 'm11']);
    expect(resumes()).toEqual([undefined, { epoch: EPOCH, seq: 5 }]);
    expect(channel.state.get()).toEqual({ status: 'joined' });
  });

  test('[CLIENT-15] that cannot be told is replaced by what is newest', async () => {
    const { chat, channel } = await joinAt(4);
    const { answers } = fixture.server;
    answers.join_channel = () => joined(20, false);
    answers.list_messages = () => {
      emit(21);
      return page([18, 20], true);
    };
    emit(5, 20);
    await untilTexts(channel, 'm18', 'm20', 'm21');
    expect(fixture.server.payloadsOf('list_messages')).toEqual([
      { channelId: CHANNEL, entityId: chat.entityId, before: 21, limit: 50 },
    ]);
    expect(channel.view.get()).toMatchObject({ hasOlder: true, position: { epoch: EPOCH, seq: 21 } });
    answers.list_messages = () => page([17], false);
    await channel.loadOlder();
    expect(fixture.server.payloadsOf('list_messages')[1]).toMatchObject({ before: 18 });
    expect(texts(channel)).toEqual(['m17', 'm18', 'm20', 'm21']);
  });

  test('is asked for again where the answer is a refusal for now', async () => {
    const { channel } = await joinAt(4);
    let asked = 0;
    fixture.server.answers.join_channel = () => {
      asked += 1;
      if (asked === 1) return failure('RATE_LIMITED', { retryable: true });
      emit(5, 6);
      return joined(6, true);
    };
    emit(6);
    await untilTexts(channel, 'm5', 'm6');
    expect(asked).toBe(2);
  });

  test('that is interrupted by the end of the connection is asked for on the next', async () => {
    const { channel, heard } = await joinAt(4);
    fixture.server.answers.join_channel = (_, socket) => {
      if (socket === fixture.server.sockets[0]) {
        emit(5);
        fixture.server.cut();
        return undefined;
      }
      emit(5, 6);
      return joined(6, true);
    };
    emit(6);
    await untilTexts(channel, 'm5', 'm6');
    expect(heard).toEqual(['m5', 'm6']);
    const resume = { epoch: EPOCH, seq: 4 };
    expect(resumes()).toEqual([undefined, resume, resume]);
  });

  test('[CLIENT-15] into another life of the channel starts it anew', async () => {
    const { channel } = await joinAt(4);
    const { answers } = fixture.server;
    answers.join_channel = () => joined(1, false, 'two');
    answers.list_messages = () => page([1], false, 'two');
    emit(5);
    await untilTexts(channel, 'm5');
    fixture.server.socket.emit('messageBroadcast', message(1, 'two'));
    await untilTexts(channel, 'm1');
    expect(channel.view.get()).toMatchObject({ hasOlder: false, position: { epoch: 'two', seq: 1 } });
  });

  test('before the end of the channel is not asked for', async () => {
    const { channel } = await joinAt(4);
    fixture.server.socket.emit('channelDeleted', { channelId: CHANNEL, seq: 7, epoch: EPOCH });
    await untilState(channel.view, ({ status }) => status === 'deleted');
    expect(channel.state.get()).toEqual({ status: 'deleted' });
    expect(resumes()).toHaveLength(1);
  });
});

describe('a reconnect', () => {
  test('[CLIENT-12] resumes where the view stands and shows what was missed before requests go out', async () => {
    const { channel, heard } = await joinAt(4);
    emit(5);
    await untilTexts(channel, 'm5');
    fixture.server.answers.join_channel = () => {
      emit(6, 7);
      return joined(8, true);
    };
    fixture.server.cut();
    await channel.send('mine');
    expect(heard).toEqual(['m5', 'm6', 'm7']);
    expect(resumes()[1]).toEqual({ epoch: EPOCH, seq: 5 });
    expect(channel.view.get().position).toEqual({ epoch: EPOCH, seq: 8 });
  });

  test('tells who watches the view once of all that was missed, and who listens of each event', async () => {
    const { channel } = await joinAt(4);
    const seqs = Array.from({ length: 1_000 }, (_, index) => 5 + index);
    fixture.server.answers.join_channel = () => {
      emit(...seqs);
      return joined(1_004, true);
    };
    const told: number[] = [];
    channel.view.subscribe(({ messages }) => told.push(messages.length));
    // Whoever asks while it is being told finds what it was told of.
    const lastShown: unknown[] = [];
    channel.on('messageBroadcast', ({ text }) => lastShown.push([text, texts(channel).at(-1)]));
    fixture.server.cut();
    await untilState(channel.view, ({ messages }) => messages.length === 1_000);
    await untilState(channel.state, ({ status }) => status === 'joined');
    expect(lastShown).toEqual(seqs.map((seq) => [`m${seq}`, `m${seq}`]));
    // That the connection was lost, and that it is back.
    expect(told).toEqual([0, 1_000]);
  });

  test('[CLIENT-15] to a server that cannot tell what was missed loads history, again where that fails for now', async () => {
    const { channel } = await joinAt(4);
    const { answers } = fixture.server;
    answers.join_channel = () => joined(20, false);
    let reads = 0;
    answers.list_messages = () => {
      reads += 1;
      return reads === 1 ? failure('STORE_UNAVAILABLE', { retryable: true }) : page([20], true);
    };
    fixture.server.cut();
    await untilTexts(channel, 'm20');
    await untilState(channel.state, ({ status }) => status === 'joined');
    expect(reads).toBe(2);
  });

  test('[CLIENT-15] starts over where the channel becomes another one while its history is read', async () => {
    const { channel } = await joinAt(4);
    const { answers } = fixture.server;
    let reads = 0;
    answers.join_channel = () => (reads === 0 ? joined(20, false) : joined(1, false, 'two'));
    answers.list_messages = () => {
      reads += 1;
      return page([1], false, 'two');
    };
    fixture.server.cut();
    await untilState(channel.view, ({ position }) => position?.epoch === 'two');
    expect(texts(channel)).toEqual(['m1']);
    expect(reads).toBe(2);
  });

  test('goes on without history where the server does not let this client read', async () => {
    const { channel } = await joinAt(4);
    const { answers } = fixture.server;
    answers.join_channel = () => joined(20, false);
    answers.list_messages = () => failure('FORBIDDEN');
    fixture.server.cut();
    await untilState(channel.view, ({ loadError }) => loadError?.code === 'FORBIDDEN');
    emit(21);
    await untilTexts(channel, 'm21');
    expect(channel.state.get()).toEqual({ status: 'joined' });
  });

  test('[C3] to another life of the channel starts anew, also where the server says that all was told', async () => {
    const { channel } = await joinAt(4);
    const { answers } = fixture.server;
    answers.join_channel = () => {
      for (const seq of [1, 2]) fixture.server.socket.emit('messageBroadcast', message(seq, 'two'));
      return joined(2, true, 'two');
    };
    answers.list_messages = () => page([1, 2], false, 'two');
    fixture.server.cut();
    await untilTexts(channel, 'm1', 'm2');
    fixture.server.socket.emit('messageBroadcast', message(3, 'two'));
    await untilTexts(channel, 'm1', 'm2', 'm3');
    expect(channel.view.get().position).toEqual({ epoch: 'two', seq: 3 });
    expect(resumes()).toEqual([undefined, { epoch: EPOCH, seq: 4 }]);
  });

  test('to a channel that is gone says so, and join creates it anew', async () => {
    const { chat, channel } = await joinAt(4);
    const { answers } = fixture.server;
    answers.join_channel = ({ resume }) =>
      resume ? failure('CHANNEL_NOT_FOUND') : joined(0, undefined, 'two');
    answers.list_messages = () => page([], false, 'two');
    fixture.server.cut();
    await untilState(channel.state, ({ status }) => status === 'failed');
    expect(channel.view.get().status).toBe('failed');
    expect(await chat.join(CHANNEL)).toBe(channel);
    expect(channel.view.get()).toMatchObject({ status: 'joined', position: { epoch: 'two', seq: 0 } });
  });

  test('to a server that numbers nothing goes on as events come', async () => {
    const { channel } = await joinAt(4);
    fixture.server.answers.join_channel = () => success({ channelId: CHANNEL });
    fixture.server.cut();
    await untilState(channel.view, ({ position }) => position === undefined);
    const { seq: _, epoch: __, ...bare } = message(9);
    fixture.server.socket.emit('messageBroadcast', bare);
    await untilTexts(channel, 'm9');
  });
});

test('a join that a reconnect overtakes leaves the channel as the reconnect made it', async () => {
  const { chat, channel } = await joinAt(4);
  const { answers, sockets } = fixture.server;
  answers.join_channel = () => failure('FORBIDDEN');
  fixture.server.cut();
  await untilState(channel.state, ({ status }) => status === 'failed');
  let answer = () => {};
  answers.join_channel = ({ resume }, socket) => {
    if (socket === sockets[1]) {
      fixture.server.cut();
      return undefined;
    }
    if (!resume) return new Promise((resolve) => (answer = () => resolve(joined(6))));
    emit(5, 6);
    return joined(6, true);
  };
  const joining = chat.join(CHANNEL);
  await fixture.server.until(() => fixture.server.payloadsOf('join_channel').length === 5);
  emit(7);
  await untilTexts(channel, 'm5', 'm6', 'm7');
  answer();
  expect(await joining).toBe(channel);
  expect(texts(channel)).toEqual(['m5', 'm6', 'm7']);
  expect(fixture.server.events).not.toContain('list_messages');
});

describe('history', () => {
  test('is loaded on request, from nothing, back to the beginning', async () => {
    const { chat, channel } = await joinAt(4);
    const { answers } = fixture.server;
    answers.list_messages = ({ before }) => (before === 5 ? page([3, 4], true) : page([1], false));
    expect(channel.view.get()).toMatchObject({ messages: [], hasOlder: true, loading: false });
    await channel.loadOlder(2);
    expect(texts(channel)).toEqual(['m3', 'm4']);
    await channel.loadOlder();
    expect(texts(channel)).toEqual(['m1', 'm3', 'm4']);
    expect(channel.view.get().hasOlder).toBe(false);
    await channel.loadOlder();
    expect(fixture.server.payloadsOf('list_messages')).toEqual([
      { channelId: CHANNEL, entityId: chat.entityId, before: 5, limit: 2 },
      { channelId: CHANNEL, entityId: chat.entityId, before: 3, limit: 50 },
    ]);
  });

  test('is one request for everybody who asks, and loses and doubles nothing that happens meanwhile', async () => {
    const { channel } = await joinAt(4);
    let answer = () => {};
    fixture.server.answers.list_messages = () =>
      new Promise((resolve) => (answer = () => resolve(page([2, 4], false))));
    const leaving = new AbortController();
    const first = channel.loadOlder(50, { signal: leaving.signal });
    const second = channel.loadOlder();
    await fixture.server.until(() => fixture.server.events.includes('list_messages'));
    leaving.abort();
    expect(await rejectionOf(first)).toMatchObject({ code: 'ABORTED' });
    emit(5);
    fixture.server.socket.emit('messageDeleted', {
      ...{ messageId: messageId(2), channelId: CHANNEL },
      seq: 6,
      epoch: EPOCH,
    });
    await untilState(channel.view, ({ position }) => position?.seq === 6);
    answer();
    await second;
    expect(texts(channel)).toEqual(['m4', 'm5']);
    expect(fixture.server.payloadsOf('list_messages')).toHaveLength(1);
  });

  test('comes with the join that asks for it, and what fails is told', async () => {
    fixture.server.answers.join_channel = () => joined(4);
    fixture.server.answers.list_messages = () => failure('FORBIDDEN');
    const channel = await fixture.client().join(CHANNEL, { history: 20 });
    await untilState(channel.view, ({ loadError }) => loadError?.code === 'FORBIDDEN');
    expect(await rejectionOf(channel.loadOlder())).toMatchObject({ code: 'FORBIDDEN' });
    fixture.server.answers.list_messages = () => page([4], true);
    await channel.loadOlder();
    expect(channel.view.get()).not.toHaveProperty('loadError');
    expect(fixture.server.payloadsOf('list_messages')[0]).toMatchObject({ limit: 20 });
    expect(await rejectionOf(channel.loadOlder(201))).toMatchObject({ code: 'INVALID_PAYLOAD' });
  });
});

describe('the size of a view', () => {
  const seqs = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index);

  test('[D5] is bounded, whoever sends how much', async () => {
    const { channel } = await joinAt(0);
    emit(...seqs(1, 1_500));
    await untilState(channel.view, ({ position }) => position?.seq === 1_500);
    const { messages, hasOlder } = channel.view.get();
    expect(messages).toHaveLength(1_000);
    expect([messages[0]?.text, messages.at(-1)?.text, hasOlder]).toEqual(['m501', 'm1500', true]);
  });

  test('[D5] grows by what is loaded, up to ten times as much, and what was dropped can be loaded', async () => {
    fixture.server.answers.join_channel = () => joined(0);
    fixture.server.answers.list_messages = ({ before, limit }) =>
      page(seqs(Number(before) - Number(limit), Number(before) - 1), true);
    const channel = await fixture.client({ view: { maxMessages: 3 } }).join(CHANNEL);
    emit(...seqs(1, 100));
    await untilTexts(channel, 'm98', 'm99', 'm100');
    await channel.loadOlder(20);
    expect(texts(channel)).toEqual(seqs(78, 100).map((seq) => `m${seq}`));
    await channel.loadOlder(20);
    expect(channel.view.get()).toMatchObject({ hasOlder: true, messages: { length: 30 } });
    expect(await rejectionOf(channel.loadOlder(20))).toMatchObject({ code: 'VIEW_FULL', retryable: false });
    expect(channel.view.get()).toMatchObject({ loading: false, messages: { length: 30 } });
    expect(fixture.server.payloadsOf('list_messages').map(({ limit }) => limit)).toEqual([20, 7]);
  });
});

test('events that arrive before the answer to the first join are part of the view', async () => {
  fixture.server.answers.join_channel = () => {
    emit(5, 6);
    return joined(6);
  };
  const channel = await fixture.client().join(CHANNEL);
  expect(texts(channel)).toEqual(['m5', 'm6']);
});

describe('leaving', () => {
  test('ends events, sends and rejoins; join gives another channel', async () => {
    const { chat, channel, heard } = await joinAt(4);
    const { answers } = fixture.server;
    answers.leave_channel = () => success({ channelId: CHANNEL });
    answers.send_message = () => undefined;
    const waiting = rejectionOf(channel.send('never'));
    await fixture.server.until(() => fixture.server.events.includes('send_message'));
    await channel.leave();
    expect(await waiting).toMatchObject({ code: 'CHANNEL_LEFT' });
    expect(await rejectionOf(channel.send('later'))).toMatchObject({ code: 'CHANNEL_LEFT' });
    expect(channel.state.get()).toEqual({ status: 'left' });
    emit(5);
    fixture.server.cut();
    await fixture.server.until(() => fixture.server.sockets.length === 2);
    await chat.request('heartbeat');
    expect(heard).toEqual([]);
    expect(resumes()).toHaveLength(1);
    expect(await chat.join(CHANNEL)).not.toBe(channel);
  });

  test('without a connection needs none', async () => {
    fixture.server.answers.join_channel = () => joined(4);
    const chat = fixture.client({ reconnectionDelay: 60_000 });
    const channel = await chat.join(CHANNEL);
    fixture.server.cut();
    await untilState(channel.state, ({ status }) => status === 'rejoining');
    await channel.leave();
    expect(channel.view.get().status).toBe('left');
  });

  test('while the channel is joined again stays left', async () => {
    const { chat, channel } = await joinAt(4);
    const { answers } = fixture.server;
    answers.leave_channel = () => success({ channelId: CHANNEL });
    let answer = () => {};
    answers.join_channel = () => new Promise((resolve) => (answer = () => resolve(joined(6, true))));
    emit(6);
    await fixture.server.until(() => fixture.server.payloadsOf('join_channel').length === 2);
    await channel.leave();
    answer();
    await chat.request('heartbeat');
    expect(channel.state.get()).toEqual({ status: 'left' });
  });
});

test('channels are managed by requests of their own', async () => {
  const { channel } = await joinAt(4);
  const { answers } = fixture.server;
  const ok = () => success({ channelId: CHANNEL });
  Object.assign(answers, { clear_channel: ok, update_channel: ok, delete_channel: ok });
  answers.delete_message = () => success({ messageId: messageId(4) });
  await channel.deleteMessage(messageId(4));
  await channel.clear();
  await channel.update({ name: 'New', color: 'red' });
  await channel.delete();
  expect(fixture.server.received.slice(1)).toEqual([
    { event: 'delete_message', payload: { channelId: CHANNEL, messageId: messageId(4) } },
    { event: 'clear_channel', payload: { channelId: CHANNEL } },
    { event: 'update_channel', payload: { channelId: CHANNEL, updates: { name: 'New', color: 'red' } } },
    { event: 'delete_channel', payload: { channelId: CHANNEL } },
  ]);
  answers.clear_channel = () => failure('FORBIDDEN');
  expect(await rejectionOf(channel.clear())).toMatchObject({ code: 'FORBIDDEN' });
});
