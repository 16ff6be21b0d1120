import { expect, test } from 'vitest';
import { createMemoryStore } from './memory-store';
import { describeStore } from './store.suite';

describeStore('memory', async (options) => createMemoryStore(options));

const channel = (id: string) => ({ id, serverId: 's', properties: {}, agentIds: [], createdAt: 1 });

test('it takes no more channels than it may, and says so', async () => {
  const store = createMemoryStore({ maxChannels: 1 });
  await store.createChannel(channel('a'));
  await expect(store.createChannel(channel('b'))).rejects.toMatchObject({
    code: 'CHANNEL_LIMIT_REACHED',
    retryable: true,
  });
  await expect(store.createChannel(channel('a'))).resolves.toMatchObject({ id: 'a' });
});

test('it keeps the newest messages of a channel', async () => {
  const store = createMemoryStore({ maxEventsPerChannel: 2 });
  await store.createChannel(channel('a'));
  for (const text of ['1', '2', '3']) {
    await store.appendMessage({
      ...{
        id: text,
        channelId: 'a',
        serverId: 's',
        senderId: 'x',
        senderName: 'X',
        source: 'test',
        createdAt: 1,
      },
      text,
    });
  }
  expect((await store.listMessages('a', { limit: 9 })).messages.map(({ text }) => text)).toEqual(['2', '3']);
});
