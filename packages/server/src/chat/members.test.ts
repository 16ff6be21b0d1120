import { WirepactError } from '@wirepact/contract/runtime';
import { afterEach, expect, test, vi } from 'vitest';
import { createMemoryStore, type Store } from '../index';
import { createKeptLog } from '../runtime/test-log';
import { CHANNEL, hello, join, startChat } from './test-chat';

afterEach(() => {
  vi.useRealTimers();
});

const unavailable = () => new WirepactError('STORE_UNAVAILABLE', 'Not now.', { retryable: true });

test('[SEQ-7] [C1] a message that is stored though the answer was lost reaches everybody, without a further one', async () => {
  const memory = createMemoryStore();
  let isLost = true;
  const store: Store = {
    ...memory,
    async appendMessage(message) {
      const appended = await memory.appendMessage(message);
      if (isLost) throw unavailable();
      return appended;
    },
  };
  const { url } = await startChat({ store });
  const [sender, member] = await Promise.all([join(url), join(url)]);
  const message = hello({ messageId: 'm-1' });
  expect(await sender.ask('send_message', message)).toMatchObject({ error: { code: 'STORE_UNAVAILABLE' } });
  expect(await member.waitFor('messageBroadcast')).toMatchObject({ text: 'hello', seq: 1 });
  expect(await sender.waitFor('messageBroadcast')).toMatchObject({ clientMessageId: 'm-1', seq: 1 });
  isLost = false;
  expect(await sender.ask('send_message', message)).toMatchObject({ ok: true, data: { seq: 1 } });
  await sender.ask('send_message', hello({ text: 'next' }));
  await member.waitFor('messageBroadcast', 2);
  for (const client of [sender, member])
    expect(client.payloads('messageBroadcast')).toMatchObject([{ text: 'hello' }, { text: 'next' }]);
  expect(member.payloads('messageBroadcast')[0]).not.toHaveProperty('clientMessageId');
});

test('[SEQ-7] [C2] members of two servers on one store hear of each other’s messages and of the channel’s end though every notification is lost', async () => {
  // What would tell the servers of each other is lost every time: they look at where the channels stand, at an interval.
  vi.useFakeTimers({ toFake: ['setInterval'] });
  const store: Store = { ...createMemoryStore(), watch: () => () => {} };
  const [here, there] = await Promise.all([startChat({ store }), startChat({ store })]);
  const [ada, bob] = await Promise.all([join(here.url), join(there.url)]);
  for (const text of ['one', 'two']) await ada.ask('send_message', hello({ text }));
  vi.advanceTimersByTime(5_000);
  expect(await bob.waitFor('messageBroadcast', 2)).toMatchObject({ text: 'two', seq: 2 });
  await bob.ask('send_message', hello({ text: 'three', entityId: 'bob' }));
  vi.advanceTimersByTime(5_000);
  expect(await ada.waitFor('messageBroadcast', 3)).toMatchObject({ text: 'three', seq: 3 });
  await there.chat.channels.delete(CHANNEL);
  vi.advanceTimersByTime(5_000);
  expect(await ada.waitFor('channelDeleted')).toMatchObject({ channelId: CHANNEL, seq: 4 });
  const unheard = [ada, bob].map((client) => client.payloads('messageBroadcast').length);
  expect(unheard).toEqual([3, 3]);
});

test('[H14] a server that finds another one writing to its store says once what that means', async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] });
  const store = createMemoryStore();
  const log = createKeptLog();
  const [here, there] = await Promise.all([startChat({ store, logger: log.logger }), startChat({ store })]);
  const [ada, bob] = await Promise.all([join(here.url), join(there.url)]);
  const told = () => log.lines.filter(({ msg }) => msg.includes('another server process'));
  await ada.ask('send_message', hello({ text: 'mine' }));
  vi.advanceTimersByTime(5_000);
  await bob.waitFor('messageBroadcast');
  expect(told()).toEqual([]);
  for (const text of ['one', 'two']) {
    await bob.ask('send_message', hello({ text, entityId: 'bob' }));
    vi.advanceTimersByTime(5_000);
    await ada.waitFor('messageBroadcast', text === 'one' ? 2 : 3);
  }
  expect(told()).toHaveLength(1);
});

test('[SEQ-7] [C2] a server that is told of others’ writes passes them on at once', async () => {
  const memory = createMemoryStore();
  type Watcher = Parameters<NonNullable<Store['watch']>>[0];
  const watchers = new Set<Watcher>();
  const store: Store = {
    ...memory,
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
  const { url } = await startChat({ store });
  const member = await join(url);
  const { chat: elsewhere, url: otherUrl } = await startChat({ store: memory });
  const sender = await join(otherUrl);
  for (const text of ['one', 'two', 'three']) await sender.ask('send_message', hello({ text }));
  const head = (await memory.readHeads([CHANNEL])).get(CHANNEL);
  if (!head) throw new Error('the channel is there');
  for (const watcher of watchers) watcher({ channelId: CHANNEL, ...head, deleted: false });
  await member.waitFor('messageBroadcast', 3);
  expect(member.payloads('messageBroadcast')).toMatchObject([{ seq: 1 }, { seq: 2 }, { seq: 3 }]);
  const end = await elsewhere.channels.delete(CHANNEL);
  for (const watcher of watchers) watcher({ channelId: CHANNEL, ...end, deleted: true });
  expect(await member.waitFor('channelDeleted')).toMatchObject({ ...end });
});

test('[C3] whoever was in a channel that was deleted and created anew elsewhere is told so, and hears its own message', async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] });
  const store = createMemoryStore();
  const { url } = await startChat({ store });
  const member = await join(url);
  await store.deleteChannel(CHANNEL);
  await store.createChannel({ id: CHANNEL, serverId: 's', properties: {}, agentIds: [], createdAt: 0 });
  const answer = await member.ask('send_message', hello({ messageId: 'm-1' }));
  expect(answer).toMatchObject({ ok: true, data: { seq: 1 } });
  vi.advanceTimersByTime(5_000);
  await member.waitFor('channelDeleted');
  expect(await member.ask('join_channel', { channelId: CHANNEL })).toMatchObject({ data: { seq: 1 } });
});
