import { expect, test } from 'vitest';
import { createMemoryStore } from '../index';
import { CHANNEL, connect, hello, join, startChat } from './test-chat';

const OTHER = '123e4567-e89b-12d3-a456-426614174001';
const signedIn = (entityId: string) => ({ auth: { entityId } });
const authenticate = ({ auth }: { auth: Readonly<Record<string, unknown>> }) => ({
  entityId: String(auth.entityId),
});

test('[LEAVE-5] [A3] whoever the host takes out of a channel is told, hears no more of it, and may join again', async () => {
  const { chat, url } = await startChat({ authenticate });
  const [ada, otherAda, bob] = await Promise.all([
    join(url, signedIn('ada')),
    join(url, signedIn('ada')),
    join(url, signedIn('bob')),
  ]);
  expect(chat.channels.remove(CHANNEL.toUpperCase(), 'ada')).toBe(2);
  expect(chat.channels.remove(CHANNEL, 'ada')).toBe(0);
  await bob.ask('send_message', hello({ entityId: 'bob', text: 'without her' }));
  for (const removed of [ada, otherAda]) {
    expect(await removed.waitFor('channel_left')).toMatchObject({ channelId: CHANNEL, reason: 'REMOVED' });
    await removed.ask('heartbeat');
    expect(removed.payloads('messageBroadcast')).toEqual([]);
  }
  expect(bob.payloads('channel_left')).toEqual([]);
  expect(await ada.ask('join_channel', { channelId: CHANNEL })).toMatchObject({ ok: true });
  await bob.ask('send_message', hello({ entityId: 'bob', text: 'with her' }));
  expect(await ada.waitFor('messageBroadcast')).toMatchObject({ text: 'with her' });
});

test('[LEAVE-6] [A3] whoever may not be in a channel any more is taken out once the host has it judged again', async () => {
  const banned = new Set<string>();
  const { chat, url } = await startChat({
    authenticate,
    authorize: ({ identity, event, channelId }) =>
      !(event === 'join_channel' && channelId === CHANNEL && banned.has(identity?.entityId ?? '')),
  });
  const [ada, bob] = await Promise.all([join(url, signedIn('ada')), join(url, signedIn('bob'))]);
  expect(await chat.channels.recheck(CHANNEL)).toBe(0);
  banned.add('bob');
  expect(await chat.channels.recheck(CHANNEL)).toBe(1);
  expect(await bob.waitFor('channel_left')).toMatchObject({ channelId: CHANNEL, reason: 'FORBIDDEN' });
  await ada.ask('send_message', hello({ entityId: 'ada' }));
  await bob.ask('heartbeat');
  expect(bob.payloads('messageBroadcast')).toEqual([]);
  expect(await bob.ask('join_channel', { channelId: CHANNEL })).toMatchObject({
    error: { code: 'FORBIDDEN' },
  });
  expect(ada.payloads('channel_left')).toEqual([]);
});

test('[LEAVE-6] nobody is taken out where the host has no rule by which to judge again', async () => {
  const { chat, url } = await startChat();
  const ada = await join(url);
  expect(await chat.channels.recheck(CHANNEL)).toBe(0);
  expect(await ada.ask('send_message', hello())).toMatchObject({ ok: true });
  expect(ada.payloads('channel_left')).toEqual([]);
});

test('[JOIN-17] [D6] a connection is in no more channels than it may be', async () => {
  const { url } = await startChat({ maxChannelsPerConnection: 1 });
  const client = await join(url);
  const refused = { ok: false, error: { code: 'TOO_MANY_CHANNELS', retryable: false } };
  expect(await client.ask('join_channel', { channelId: OTHER })).toMatchObject(refused);
  expect(await client.ask('join_channel', { channelId: CHANNEL })).toMatchObject({ ok: true });
  await client.ask('leave_channel', { channelId: CHANNEL });
  expect(await client.ask('join_channel', { channelId: OTHER })).toMatchObject({ ok: true });
});

test('[JOIN-17] [D6] a connection that joins many channels at once is in no more than it may be', async () => {
  const { url } = await startChat({ maxChannelsPerConnection: 3 });
  const client = await connect(url);
  const ids = Array.from({ length: 20 }, (_, index) => `${CHANNEL.slice(0, -2)}${10 + index}`);
  const answers = await Promise.all(ids.map((channelId) => client.ask('join_channel', { channelId })));
  expect(answers.map((answer) => Object(answer).ok)).toEqual(ids.map((_, index) => index < 3));
});

test('[JOIN-16] [D6] joins create no more channels than the server may have; the host creates as many as it likes', async () => {
  const { chat, url } = await startChat({ maxChannels: 1 });
  const client = await join(url);
  const refused = { ok: false, error: { code: 'CHANNEL_LIMIT_REACHED', retryable: true } };
  expect(await client.ask('join_channel', { channelId: OTHER })).toMatchObject(refused);
  expect(await client.ask('join_channel', { channelId: CHANNEL })).toMatchObject({ ok: true });
  await chat.channels.create({ id: OTHER });
  expect(await client.ask('join_channel', { channelId: OTHER })).toMatchObject({ ok: true });
});

test('[JOIN-18] [D6] properties that take too much space are refused, in a join as in an update', async () => {
  const store = createMemoryStore({ maxPropertiesBytes: 200 });
  const { url } = await startChat({ store, authorize: () => true });
  const client = await connect(url);
  const metadata = { note: 'x'.repeat(200) };
  const refused = { ok: false, error: { code: 'PROPERTIES_TOO_LARGE', retryable: false } };
  expect(await client.ask('join_channel', { channelId: CHANNEL, metadata })).toMatchObject(refused);
  await client.ask('join_channel', { channelId: CHANNEL });
  expect(await client.ask('update_channel', { channelId: CHANNEL, updates: metadata })).toMatchObject(
    refused,
  );
  expect(await client.ask('join_channel', { channelId: CHANNEL })).toMatchObject({
    data: { properties: {} },
  });
});

test('[HIST-10] [B9] a page of history is shorter than asked for where its messages are large', async () => {
  const { chat, url } = await startChat();
  const client = await join(url);
  const metadata = { note: '\u0000'.repeat(200_000) };
  for (let count = 0; count < 4; count += 1) {
    await client.ask('send_message', hello({ text: `${count}`, metadata }));
  }
  const read = async (query: object) => {
    const answer = await client.ask('list_messages', { channelId: CHANNEL, limit: 200, ...query });
    return (answer as { data: { messages: { seq: number }[]; hasMore: boolean } }).data;
  };
  const seen: number[] = [];
  let page = await read({});
  expect(page.messages.length).toBeLessThan(4);
  for (;;) {
    expect(JSON.stringify(page).length).toBeLessThan(3_000_000);
    seen.unshift(...page.messages.map(({ seq }) => seq));
    if (!page.hasMore) break;
    page = await read({ before: seen[0] });
  }
  expect(seen).toEqual([1, 2, 3, 4]);
  expect((await chat.messages.list(CHANNEL, { limit: 10 })).length).toBe(4);
});

test('[B2] whoever leaves while it joins leaves nothing behind', async () => {
  const store = createMemoryStore();
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let asked = 0;
  let mayJoin = true;
  const { chat, url } = await startChat({
    authorize: () => mayJoin,
    store: {
      ...store,
      async readJournal(...args) {
        asked += 1;
        await opened;
        return store.readJournal(...args);
      },
    },
  });
  const clients = await Promise.all(Array.from({ length: 5 }, () => connect(url)));
  for (const client of clients) client.socket.emit('join_channel', { channelId: CHANNEL });
  await expect.poll(() => asked).toBe(5);
  for (const client of clients) client.socket.disconnect();
  const watcher = await connect(url);
  await watcher.ask('heartbeat');
  open();
  await watcher.ask('join_channel', { channelId: CHANNEL });
  // Whoever is in the channel still, connected or not, would be counted.
  mayJoin = false;
  expect(await chat.channels.recheck(CHANNEL)).toBe(1);
});
