import { beforeEach, expect, test, vi } from 'vitest';
import { rejectionOf, useChatFixture } from '../../test/chat-fixture';
import { createMemoryOutboxStorage } from '../../test/memory-outbox-storage';
import { CHANNEL, MESSAGE } from '../../test/socket-server';
import type { WirepactError } from '../index';

/** Parts of the client that are loaded when they are needed, where the network has taken them away. */

const fixture = useChatFixture();

let isAway = true;
const away = async (load: () => Promise<unknown>) => {
  if (isAway) throw new Error('Failed to fetch dynamically imported module');
  return load();
};
vi.mock('./logs/logs', (load) => away(load));
vi.mock('./channel/stored-sends', (load) => away(load));
vi.mock('../runtime/stream/stream-part', (load) => away(load));

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

test('messages are sent all the same where what keeps them could not be loaded, which is told', async () => {
  const errors: WirepactError[] = [];
  const storage = createMemoryOutboxStorage();
  const outbox = { storage, onStorageError: (error: WirepactError) => errors.push(error) };
  const chat = fixture.client({ outbox });
  const channel = await chat.join(CHANNEL);
  expect(await channel.send('Hello!')).toMatchObject({ messageId: MESSAGE });
  expect(errors[0]).toMatchObject({ code: 'STORAGE_FAILED', cause: { code: 'LOAD_FAILED' } });
});

test('streams say that they could not be loaded, and can be asked for again', async () => {
  const chat = fixture.client();
  // The chat has no streams, extensions of it do; what answers with none is refused by what was loaded.
  const read = () => rejectionOf(chat.stream('heartbeat' as never, undefined as never).next());
  expect(await read()).toMatchObject({ code: 'LOAD_FAILED', retryable: true });
  isAway = false;
  vi.resetModules();
  expect(await read()).toMatchObject({ code: 'INVALID_REPLY' });
});
