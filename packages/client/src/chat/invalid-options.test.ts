import { WirepactError } from '@wirepact/contract/runtime';
import { describe, expect, test } from 'vitest';
import { rejectionOf, useChatFixture } from '../../test/chat-fixture';
import { CHANNEL } from '../../test/socket-server';
import { type ChatClientOptions, createChatClient } from '../index';

/** What somebody passes who writes JavaScript, where no compiler says that it cannot be meant. */

const fixture = useChatFixture();

/** What is passed on, whatever it is. */
// The point of these tests is what the compiler would not let through.
const anything = (value: unknown) => value as never;

/** What `call` throws, or rejects with. */
async function refusalOf(call: () => unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    expect(error).toBeInstanceOf(WirepactError);
    return error;
  }
  throw new Error('It was taken.');
}

test.each([
  ['nothing', undefined, 'undefined'],
  ['no text', 3000, '3000'],
  ['an empty text', '', '""'],
  ['a path', '/', '"/"'],
  ['another protocol', 'ftp://example.org', '"ftp://example.org"'],
  ['no protocol', 'localhost:3000', '"localhost:3000"'],
  ['no host', 'http://', '"http://"'],
  ['no valid host', 'http://exa mple', '"http://exa mple"'],
])('[H7] a URL that is %s is refused at once', (_, url, shown) => {
  expect(() => createChatClient(anything(url))).toThrow(
    expect.objectContaining({
      code: 'INVALID_OPTIONS',
      message: `createChatClient: the URL must be that of a server, such as "http://localhost:3000", but got ${shown}.`,
    }),
  );
});

test.each(['http://localhost:3000', 'https://example.org/', 'ws://127.0.0.1', 'wss://example.org/name?a=b'])(
  '[H7] %s is the URL of a server',
  (url) => createChatClient(url, { autoConnect: false }).close(),
);

test.each<[object, string]>([
  [{ entityID: 'ada' }, 'createChatClient: there is no option "entityID". Did you mean "entityId"?'],
  [
    { heartbeatInterval: 5 },
    'createChatClient: there is no option "heartbeatInterval". Did you mean "heartbeatIntervalMs"?',
  ],
  [
    { request_timeout_ms: 5 },
    'createChatClient: there is no option "request_timeout_ms". Did you mean "requestTimeoutMs"?',
  ],
  [{ toString: 5 }, expect.stringMatching(/no option "toString". There are auth, path, /)],
  [{ requestTimeoutMs: '5' }, 'createChatClient: "requestTimeoutMs" must be a number, but got string.'],
  [{ requestTimeoutMs: Number.NaN }, 'createChatClient: "requestTimeoutMs" must be a number, but got NaN.'],
  [
    { dialect: 'eliza' },
    'createChatClient: "dialect" must be one of auto, wirepact, document, elizaos, but got "eliza".',
  ],
  [{ sendTimeoutMs: -1 }, 'createChatClient: "sendTimeoutMs" must be a number, but got -1.'],
  [{ entityId: null }, 'createChatClient: "entityId" must be a string, but got null.'],
  [{ auth: 'token' }, 'createChatClient: "auth" must be an object or function, but got string.'],
  [{ path: 'chat' }, 'createChatClient: "path" must begin with "/", but got "chat".'],
  [
    { view: { maxMessages: 1.5 } },
    'createChatClient: view: "maxMessages" must be a whole number, but got 1.5.',
  ],
  [{ outbox: { max: 1 } }, expect.stringMatching(/^createChatClient: outbox: there is no option "max"\. /)],
  [
    { outbox: { storage: { load: () => [] } } },
    'createChatClient: "storage" of the outbox must have the methods load, save and remove.',
  ],
  [
    { contract: { clientToServer: {}, serverToClient: {} } },
    'createChatClient: "contract" must be `protocol`, or what `extendContract(protocol, …)` made of it.',
  ],
  [{ transports: 'websocket' }, 'createChatClient: "transports" must be an object, but got string.'],
  [{ outbox: true }, 'createChatClient: "outbox" must be an object, but got boolean.'],
])('[H8] options such as %j are refused at once, with what was meant', (options, message) => {
  expect(() => createChatClient('http://localhost', options)).toThrow(
    expect.objectContaining({ code: 'INVALID_OPTIONS', message }),
  );
});

test('[H8] options that are no object are refused', () => {
  const text = 'createChatClient: the options must be an object, but got ';
  for (const [options, what] of [
    ['x', 'string.'],
    [null, 'null.'],
  ])
    expect(() => createChatClient('http://localhost', anything(options))).toThrow(`${text}${what}`);
});

test('[H8] an option that is undefined is one that is missing', () => {
  const options: ChatClientOptions = {
    entityId: undefined,
    outbox: undefined,
    view: { maxMessages: undefined },
  };
  createChatClient('http://localhost', { ...options, autoConnect: false }).close();
});

describe('of a client', () => {
  test('[H8] listeners to what no server sends are refused, with what was meant', () => {
    const chat = fixture.client();
    for (const [event, text] of [
      ['typo', 'wirepact-chat has no event "typo" that a server sends. There are connection_established, '],
      ['messageBrodcast', 'Did you mean "messageBroadcast"?'],
      ['message_broadcast', 'Did you mean "messageBroadcast"?'],
      ['toString', 'has no event "toString"'],
    ])
      expect(() => chat.on(anything(event), () => {})).toThrow(
        expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.stringContaining(text ?? '') }),
      );
    for (const listen of [chat.on, chat.once])
      expect(() => listen('messageAck', anything(undefined))).toThrow(
        'on("messageAck", …): the listener must be a function, but got undefined.',
      );
  });

  test.each<[string, (chat: ReturnType<typeof fixture.client>) => unknown, string]>([
    [
      'request',
      (chat) => chat.request('heartbeat', undefined, anything({ timeout: 5 })),
      'Did you mean "timeoutMs"?',
    ],
    ['request', (chat) => chat.request('heartbeat', undefined, anything({ restoring: true })), '"restoring"'],
    [
      'connect',
      (chat) => chat.connect(anything({ timeoutMs: '5' })),
      '"timeoutMs" must be a number, but got string.',
    ],
    ['join', (chat) => chat.join(CHANNEL, anything({ hsitory: 5 })), 'Did you mean "history"?'],
    ['join', (chat) => chat.join(CHANNEL, { history: 500 }), '"history" must be at most 200, but got 500.'],
    ['join', (chat) => chat.join(CHANNEL, anything('x')), 'the options must be an object, but got string.'],
    [
      'join',
      (chat) => chat.join(CHANNEL, anything({ signal: new AbortController() })),
      '"signal" must be an AbortSignal, but got object.',
    ],
    ['logs', (chat) => chat.logs({}, anything({ maxQueue: 5 })).next(), 'Did you mean "maxQueued"?'],
    [
      'subscribeLogs',
      (chat) => chat.subscribeLogs({}, anything({ timeuotMs: 5 })),
      'Did you mean "timeoutMs"?',
    ],
  ])('[H8] options of %s are looked at', async (_, call, text) => {
    const chat = fixture.client();
    expect(await refusalOf(() => call(chat))).toMatchObject({
      code: 'INVALID_OPTIONS',
      message: expect.stringContaining(text),
    });
  });

  test('[H8] an event that no client sends is refused, with what was meant', async () => {
    const chat = fixture.client();
    expect(await rejectionOf(chat.request(anything('send_mesage'), anything({})))).toMatchObject({
      code: 'UNKNOWN_EVENT',
      message: 'wirepact-chat has no event "send_mesage" that a client sends. Did you mean "send_message"?',
    });
  });

  test.each([undefined, null, 5, {}])('[H12] join(%j) is refused by what is wrong with it', async (id) => {
    const error = await rejectionOf(fixture.client().join(anything(id)));
    expect(error).toMatchObject({
      code: 'INVALID_OPTIONS',
      message: `join: the id of a channel must be a UUID, but got ${typeof id}.`,
    });
    expect(fixture.server.events).toEqual([]);
  });
});

describe('of a channel', () => {
  test('[H8] listeners to what belongs to no channel are refused', async () => {
    const channel = await fixture.client().join(CHANNEL);
    expect(() => channel.on(anything('messageBrodcast'), () => {})).toThrow(
      'Did you mean "messageBroadcast"?',
    );
    expect(() => channel.on(anything('messageError'), () => {})).toThrow(
      'on("messageError", …): this event belongs to no channel. Use `on` of the client.',
    );
    expect(() => channel.on('channel_left', () => {})).not.toThrow();
  });

  test('[H8] options are looked at, and nothing is sent', async () => {
    const channel = await fixture.client().join(CHANNEL);
    const calls: [() => Promise<unknown>, string][] = [
      [() => channel.send('Hello!', anything({ metdata: {} })), 'Did you mean "metadata"?'],
      [() => channel.send('Hello!', anything({ messageId: 5 })), '"messageId" must be a string, but got 5.'],
      [() => channel.retry('mine', anything({ retries: 5 })), 'There are signal, timeoutMs.'],
      [() => channel.loadOlder(50, anything({ limit: 5 })), 'no option "limit"'],
      [() => channel.leave(anything({ timeout: 5 })), 'Did you mean "timeoutMs"?'],
      [() => channel.clear(anything({ timeout: 5 })), 'Did you mean "timeoutMs"?'],
    ];
    for (const [call, text] of calls)
      expect(await refusalOf(call)).toMatchObject({
        code: 'INVALID_OPTIONS',
        message: expect.stringContaining(text),
      });
    expect(fixture.server.events).toEqual(['join_channel']);
    expect(channel.view.get().messages).toEqual([]);
  });
});
