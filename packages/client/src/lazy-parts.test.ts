import { beforeEach, expect, test, vi } from 'vitest';
import { rejectionOf, useChatFixture } from '../test/chat-fixture';
import { createMemoryOutboxStorage } from '../test/memory-outbox-storage';
import { CHANNEL } from '../test/socket-server';

/** Parts of the client that are loaded when they are needed, where the network has taken them away. */

const fixture = useChatFixture();

let isAway = true;
const away = async (load: () => Promise<unknown>) => {
  if (isAway) throw new Error('Failed to fetch dynamically imported module');
  return load();
};
vi.mock('./logs/logs', (load) => away(load));
vi.mock('./channel/stored-sends', (load) => away(load));

beforeEach(() => {
  isAway = true;
  vi.resetModules();
});

test('logs say that they could not be loaded, and can be asked for again', async () => {
  const chat = fixture.client();
  const expected = { code: 'LOAD_FAILED', retryable: true };
  expect(await rejectionOf(chat.subscribeLogs())).toMatchObject(expected);
  expect(await rejectionOf(chat.logs().next())).toMatchObject(expected);
  await chat.unsubscribeLogs();
  isAway = false;
  vi.resetModules();
  await chat.subscribeLogs();
  expect(chat.logSubscription.get()).toEqual({ status: 'on' });
});

test('messages are sent where what keeps them could not be loaded, and the application is told', async () => {
  const errors: unknown[] = [];
  const storage = createMemoryOutboxStorage();
  const chat = fixture.client({ outbox: { storage, onStorageError: (error) => void errors.push(error) } });
  const channel = await chat.join(CHANNEL);
  await channel.send('Hello!');
  expect(errors).toMatchObject([{ code: 'STORAGE_FAILED', cause: expect.any(Error) }]);
  expect(storage.kept.size).toBe(0);
});
