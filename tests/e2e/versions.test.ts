import { defineEvent, extendContract } from '@wirepact/contract';
import { protocol } from '@wirepact/protocol';
import { createChatServer, createMemoryStore } from '@wirepact/server';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { newChannel, silent, TRANSPORTS, useChat } from './chat-fixture';
import { open, type SeedClient } from './seed-client';

const opened: SeedClient[] = [];
afterEach(() => {
  for (const client of opened.splice(0)) client.close();
});

const refusal = (client: SeedClient): Promise<unknown> => {
  opened.push(client);
  return new Promise((resolve) =>
    client.socket.once('connect_error', (error) => resolve(Reflect.get(error, 'data'))),
  );
};

describe.each(TRANSPORTS)('over $name', ({ transport }) => {
  const chat = useChat({}, transport);
  const { version } = protocol;

  test('[VERS-1] [VERS-2] the greeting says the version and every event the server handles', async () => {
    const [greeting] = (await chat.connect()).all('connection_established');
    expect(greeting).toMatchObject({
      protocolVersion: version,
      capabilities: expect.arrayContaining(['join_channel', 'send_message', 'list_messages']),
    });
    expect(greeting?.capabilities).toEqual(Object.keys(protocol.clientToServer));
  });

  test.each([[undefined], ['^1.0.0'], ['1.x'], [version], ['>=1.0.0 <3'], ['*']])(
    '[VERS-3] a client that asks for %s is served',
    async (range) => {
      const client = await chat.connect({ auth: range === undefined ? {} : { protocol: range } });
      expect(await client.join(newChannel())).toHaveProperty('channelId');
    },
  );

  test.each(['^2.0.0', '0.9.x', '<1.0.0', '>=99'])(
    '[VERS-4] a client that asks for %s is refused, told both sides, and gets no event',
    async (range) => {
      const client = chat.open({ auth: { protocol: range } });
      expect(await refusal(client)).toEqual({
        code: 'VERSION_UNSUPPORTED',
        message: `This server speaks wirepact-chat ${version}; the client asks for ${range}.`,
        retryable: false,
      });
      expect(client.transcript).toEqual([]);
    },
  );

  test('[VERS-5] ranges by the name of a contract have to hold, each of them', async () => {
    const client = await chat.connect({ auth: { protocol: { 'wirepact-chat': '^1.0.0' } } });
    expect(await client.join(newChannel())).toHaveProperty('channelId');
    for (const ranges of [{ 'wirepact-chat': '^2.0.0' }, { 'wirepact-chat': '^1.0.0', polls: '^1.0.0' }]) {
      expect(await refusal(chat.open({ auth: { protocol: ranges } }))).toMatchObject({
        code: 'VERSION_UNSUPPORTED',
      });
    }
  });

  test.each([
    ['text that is no range', 'newest'],
    ['a number', 1],
    ['nothing', null],
    ['a list', ['^1.0.0']],
    ['a range that is no text', { 'wirepact-chat': 1 }],
    ['a very long range', `^1.0.0${' || ^1.0.0'.repeat(40)}`],
    ['very many contracts', Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`c${index}`, '*']))],
    ['a name of Object.prototype', { constructor: '^1.0.0' }],
    ['a polluting name', JSON.parse('{"__proto__":"^1.0.0"}')],
  ])('[VERS-6] %s is VERSION_UNSUPPORTED', async (_what, asked) => {
    expect(await refusal(chat.open({ auth: { protocol: asked } }))).toMatchObject({
      code: 'VERSION_UNSUPPORTED',
      retryable: false,
    });
  });
});

test('[VERS-4] credentials are not looked at where the version is refused', async () => {
  let asked = 0;
  const server = createChatServer({
    logger: silent,
    store: createMemoryStore(),
    authenticate: () => {
      asked += 1;
      return { entityId: 'ann' };
    },
  });
  onTestFinished(() => server.close());
  const { url } = await server.listen(0, '127.0.0.1');
  await refusal(open(url, { auth: { protocol: '^2.0.0' } }));
  expect(asked).toBe(0);
});

test('[VERS-2] [VERS-5] a contract of the host’s has its own version, and its events are capabilities', async () => {
  const polls = extendContract(protocol, {
    name: 'polls',
    version: '3.1.0',
    clientToServer: { close_poll: defineEvent({ description: 'Close the poll.' }) },
  });
  const server = createChatServer({
    logger: silent,
    store: createMemoryStore(),
    extension: { contract: polls, handlers: { close_poll: () => null } },
  });
  onTestFinished(() => server.close());
  const { url } = await server.listen(0, '127.0.0.1');
  const client = open(url, { auth: { protocol: { 'wirepact-chat': '^1.0.0', polls: '^3.0.0' } } });
  opened.push(client);
  const { capabilities } = await client.next('connection_established');
  expect(capabilities).toEqual([...Object.keys(protocol.clientToServer), 'close_poll']);
  expect(await refusal(open(url, { auth: { protocol: { polls: '^2.0.0' } } }))).toMatchObject({
    message: 'This server speaks polls 3.1.0; the client asks for ^2.0.0.',
  });
});
