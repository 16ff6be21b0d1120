import { beforeEach, expect, test, vi } from 'vitest';
import { rejectionOf, untilState, useChatFixture } from '../../test/chat-fixture';

/** Parts of the client that are loaded when they are needed, where the network has taken them away. */

const fixture = useChatFixture();

let isAway = true;
const away = async (load: () => Promise<unknown>) => {
  if (isAway) throw new Error('Failed to fetch dynamically imported module');
  return load();
};
vi.mock('./logs/logs', (load) => away(load));
vi.mock('./dialects/create-dialect', (load) => away(load));

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

test('a dialect whose code is away is waited for, and said to be', async () => {
  const chat = fixture.client({ dialect: 'document' });
  const { error } = await untilState(chat.connection, ({ error }) => error !== undefined);
  expect(error).toMatchObject({ code: 'AUTH_FAILED', retryable: true, cause: { code: 'LOAD_FAILED' } });
  expect(fixture.server.sockets).toEqual([]);
  isAway = false;
  vi.resetModules();
  fixture.server.io.on('connection', (socket) =>
    socket.emit('connection_established', { message: 'Hi', socketId: socket.id }),
  );
  await chat.connect();
  expect(fixture.server.sockets).toHaveLength(1);
});
