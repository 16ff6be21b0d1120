import { beforeEach, expect, test, vi } from 'vitest';
import { rejectionOf, useChatFixture } from '../../test/chat-fixture';

/** Parts of the client that are loaded when they are needed, where the network has taken them away. */

const fixture = useChatFixture();

let isAway = true;
const away = async (load: () => Promise<unknown>) => {
  if (isAway) throw new Error('Failed to fetch dynamically imported module');
  return load();
};
vi.mock('./logs/logs', (load) => away(load));

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
