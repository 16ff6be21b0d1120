import { createServer } from 'node:http';
import { defineEvent, extendContract } from '@wirepact/contract';
import { protocol } from '@wirepact/protocol';
import express from 'express';
import fastify from 'fastify';
import { Server } from 'socket.io';
import * as Type from 'typebox';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { attachChatServer, type ChatServerOptions, createChatServer, createMemoryStore } from '../index';
import { createKeptLog } from '../runtime/test-log';
import { silent, startChat } from './test-chat';

const AGENT_ID = '00000000-0000-4000-8000-000000000001';
const respond = async function* () {
  yield 'hello';
};

afterEach(() => vi.unstubAllEnvs());

const polls = extendContract(protocol, {
  name: 'polls',
  version: '1.0.0',
  clientToServer: { cast_vote: defineEvent({ description: 'Vote.' }) },
  serverToClient: {
    pollSeen: defineEvent({
      description: 'Somebody looks at a poll.',
      payload: Type.Object({ pollId: Type.String() }),
      room: { name: 'poll', property: 'pollId' },
    }),
  },
  presence: { poll: Type.Object({}) },
});

/** What is thrown for options that a host in JavaScript may pass. */
function refusalOf(options: unknown): unknown {
  try {
    // JavaScript has no types that would refuse it.
    createChatServer(options as ChatServerOptions);
  } catch (error) {
    return error;
  }
  return undefined;
}

test.each([
  ['cors', 'There is no option `cors`: did you mean `corsOrigin`?'],
  ['origins', 'There is no option `origins`: did you mean `corsOrigin`?'],
  ['corsOrigins', 'There is no option `corsOrigins`: did you mean `corsOrigin`?'],
  ['authentication', 'There is no option `authentication`: did you mean `authenticate`?'],
  ['authorise', 'There is no option `authorise`: did you mean `authorize`?'],
  ['ratelimit', 'There is no option `ratelimit`: did you mean `rateLimit`?'],
  ['agent', 'There is no option `agent`: did you mean `agents`?'],
  ['port', 'There is no option `port`: give it to `listen(port, host)`.'],
  ['constructor', 'There is no option `constructor`: the options are agents, '],
  ['connectionStateRecovery', 'There is no option `connectionStateRecovery`: the options are agents, '],
])('[H1] what is no option is refused by name, with what was probably meant: %s', (name, message) => {
  expect(refusalOf({ logger: silent, [name]: {} })).toMatchObject({
    code: 'INVALID_OPTIONS',
    message: expect.stringContaining(message),
  });
});

test.each<[string, unknown, string]>([
  ['no object', 'chat', 'The options must be an object, not "chat".'],
  ['null', null, 'The options must be an object, not null.'],
  ['an authenticate', { authenticate: 'jwt' }, '`authenticate` must be a function, not "jwt".'],
  ['an authorize', { authorize: true }, '`authorize` must be a function, not true.'],
  ['a time', { hookTimeoutMs: '5s' }, '`hookTimeoutMs` must be a number over 0, not "5s".'],
  ['no turn at once', { maxAgentTurns: 0 }, '`maxAgentTurns` must be a whole number over 0, not 0.'],
  ['half a turn', { maxWaitingTurns: 0.5 }, '`maxWaitingTurns` must be a whole number over 0, not 0.5.'],
  ['a permission that is none', { mayReadThoughts: true }, '`mayReadThoughts` must be a function, not true.'],
  ['a time of 0', { agentTimeoutMs: 0 }, '`agentTimeoutMs` must be a number over 0, not 0.'],
  ['a time below 0', { drainTimeoutMs: -1 }, '`drainTimeoutMs` must be a number of 0 or more, not -1.'],
  [
    'a time that no timer waits',
    { hookTimeoutMs: 2 ** 31 },
    '`hookTimeoutMs` must be at most 2147483647, the longest that a timer waits, not 2147483648.',
  ],
  [
    'such an answer',
    { agentTimeoutMs: Number.MAX_SAFE_INTEGER },
    '`agentTimeoutMs` must be at most 2147483647',
  ],
  ['such an end', { drainTimeoutMs: 1e10 }, '`drainTimeoutMs` must be at most 2147483647'],
  [
    'such a window',
    { rateLimit: { durationSeconds: 2_592_000 } },
    '`rateLimit` must be an object whose `durationSeconds` is at most 2147483, the longest',
  ],
  [
    'such a presence',
    { presence: { stateTtlMs: 1e10 } },
    '`presence` must be an object whose `stateTtlMs` is at most 2147483647, the longest',
  ],
  ['NaN', { maxRefusals: Number.NaN }, '`maxRefusals` must be a whole number over 0, not NaN.'],
  [
    'Infinity',
    { maxPendingSize: Number.POSITIVE_INFINITY },
    '`maxPendingSize` must be a whole number over 0',
  ],
  ['half of one', { maxChannels: 1.5 }, '`maxChannels` must be a whole number over 0, not 1.5.'],
  ['a word', { channelCreation: 'never' }, '`channelCreation` must be "on-join" or "explicit", not "never".'],
  ['an origin', { corsOrigin: 7 }, '`corsOrigin` must be'],
  ['a list of origins', { corsOrigin: [7] }, '`corsOrigin` must be'],
  ['a path', { path: 'chat' }, '`path` must be a text that starts with "/", not "chat".'],
  ...['/chat?room=1', '/chat#1', '/my chat', '/plaudern/für/alle', '/a/../chat'].map(
    (path): [string, object, string] => [
      'a path that no request asks for',
      { path },
      `\`path\` must be a path as it is written in a URL, without query and fragment, not ${JSON.stringify(path)}.`,
    ],
  ),
  [
    'a limit',
    { rateLimit: 60 },
    '`rateLimit` must be an object of points, durationSeconds, addressPoints, not 60.',
  ],
  [
    'a limit of nothing',
    { rateLimit: { points: 0 } },
    '`rateLimit` must be an object whose `points` is a whole number over 0.',
  ],
  [
    'a limit’s name',
    { rateLimit: { max: 60 } },
    '`rateLimit` must be an object of points, durationSeconds, addressPoints; there is no `max`.',
  ],
  [
    'a retention',
    { retention: { maxAge: 1 } },
    '`retention` must be an object of maxAgeMs, maxCount; there is no `maxAge`.',
  ],
  [
    'a store without turns',
    { store: { ...createMemoryStore(), turns: undefined } },
    '`store` must be a store, such as `createSqliteStore',
  ],
  ['a store', { store: { get: () => undefined } }, '`store` must be a store, such as `createSqliteStore'],
  ['a logger', { logger: { log: () => undefined } }, '`logger` must be a logger of pino’s'],
  [
    'a logger without levels',
    { logger: { ...console, fatal: console.error, child: () => console } },
    '`logger` must be a logger of pino’s, or one that has its methods (debug, info, warn, error, fatal, child, isLevelEnabled)',
  ],
  ['a log stream', { logStream: process.stdout }, '`logStream` must be what `createLogStream()` returns.'],
  ['an extension', { extension: { handlers: {} } }, '`extension` must be an object with a `contract`'],
  [
    'an extension of nothing',
    { extension: { contract: { clientToServer: {}, serverToClient: {} }, handlers: {} } },
    '`extension` must be an object with a `contract` made by `extendContract(protocol, …)`',
  ],
  ['no handler', { extension: { contract: polls, handlers: {} } }, 'No handler for cast_vote of polls.'],
  [
    'a handler that is none',
    { extension: { contract: polls, handlers: { cast_vote: 5 } } },
    'The handler of `cast_vote` must be a function, not 5.',
  ],
  [
    'a handler of the chat’s',
    { extension: { contract: polls, handlers: { cast_vote: respond, send_message: respond } } },
    'polls has no event `send_message` for a handler: its events are cast_vote.',
  ],
  [
    'connects',
    { connectLimit: true },
    '`connectLimit` must be an object of points, durationSeconds, not true.',
  ],
  [
    'proxies',
    { trustProxy: -1 },
    '`trustProxy` must be true, false, a number of proxies, or their addresses, not -1.',
  ],
  ['agents', { agents: { id: AGENT_ID } }, '`agents` must be an array of agents.'],
  ['no agent', { agents: [null] }, 'agents[0] must be an object with `id`, `name` and `respond`.'],
  [
    'no respond',
    { agents: [{ id: AGENT_ID, name: 'Eliza' }] },
    'agents[0] ("Eliza"): it must have a function `respond`',
  ],
  ['no name', { agents: [{ id: AGENT_ID, respond }] }, 'agents[0] must have a `name`, not undefined.'],
  [
    'no UUID',
    { agents: [{ id: 'eliza', name: 'Eliza', respond }] },
    'agents[0] ("Eliza"): its `id` must be a UUID',
  ],
])('[H8] what an option cannot be is refused with a sentence: %s', (_what, options, message) => {
  const error = refusalOf(
    typeof options === 'object' && options
      ? { store: createMemoryStore(), logger: silent, ...options }
      : options,
  );
  expect(error).toMatchObject({ code: 'INVALID_OPTIONS', message: expect.stringContaining(message) });
});

test('options that are undefined are left out', async () => {
  const names = ['agents', 'authenticate', 'corsOrigin', 'hookTimeoutMs', 'retention', 'trustProxy'] as const;
  const { chat } = await startChat(Object.fromEntries(names.map((name) => [name, undefined])));
  expect(chat.httpServer.listening).toBe(true);
});

test.each([
  ['nothing', () => undefined, 'pass an http or https server, or a Socket.IO server'],
  ['null', () => null, 'pass an http or https server'],
  ['options', () => ({ agents: [] }), 'pass an http or https server'],
  ['a port', () => 3000, 'call createChatServer(options).listen(port)'],
  ['an Express app', () => express(), 'of an Express app pass what app.listen() returns'],
  ['a Fastify app', () => fastify(), 'of a Fastify app pass app.server'],
  ['a promise', async () => createServer(), 'this is a promise of something: await it first'],
])('[H8] what is no server is refused with what to pass instead: %s', (_what, create, advice) => {
  // JavaScript has no types that would refuse it.
  const host = create() as unknown as Parameters<typeof attachChatServer>[0];
  expect(() => attachChatServer(host, { logger: silent })).toThrow(
    expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.stringContaining(advice) }),
  );
});

test('[H8] an option that does nothing on this kind of server is refused', () => {
  const httpServer = createServer();
  const io = new Server();
  const options = { logger: silent, store: createMemoryStore() };
  expect(() => attachChatServer(httpServer, { ...options, namespace: '/chat' })).toThrow(
    /`namespace` does nothing/,
  );
  expect(() => attachChatServer(io, { ...options, path: '/chat' })).toThrow(/`path` does nothing here/);
});

test.each([
  [
    'WIREPACT_RATE_LIMIT_POINTS',
    'many',
    /WIREPACT_RATE_LIMIT_POINTS must be a whole number over 0, not "many"/,
  ],
  ['WIREPACT_RATE_LIMIT_SECONDS', '2592000', /_SECONDS must be a whole number over 0, and at most 2147483,/],
  ['WIREPACT_RATE_LIMIT_SECONDS', '-1', /WIREPACT_RATE_LIMIT_SECONDS must be a whole number over 0/],
])('[H8] what the environment cannot say is refused: %s', (name, value, message) => {
  vi.stubEnv(name, value);
  expect(() => createChatServer({ logger: silent, store: createMemoryStore() })).toThrow(message);
});

test('[H8] a server is looked at whole before it is attached', () => {
  const httpServer = createServer();
  const extension = { contract: polls, handlers: { cast_vote: () => null } };
  expect(() => attachChatServer(httpServer, { logger: silent, extension })).toThrow(
    'polls has presence in poll, a room that nobody can join: none of its events is `durable`.',
  );
  expect(httpServer.listenerCount('upgrade')).toBe(0);
});

test('[H8] a host to listen on that is none is refused', async () => {
  const chat = createChatServer({ logger: silent, store: createMemoryStore() });
  onTestFinished(() => chat.close());
  await expect(chat.listen(0, 5 as never)).rejects.toThrow('listen: `host` must be a text, not 5.');
});

test('[H8] a port that is none is refused, from the environment too', async () => {
  const chat = createChatServer({ logger: silent, store: createMemoryStore() });
  onTestFinished(() => chat.close());
  await expect(chat.listen(65_536)).rejects.toThrow('The port must be a number from 0 to 65535, not 65536.');
  vi.stubEnv('PORT', 'eighty');
  await expect(chat.listen()).rejects.toThrow('PORT must be a number from 0 to 65535, not "eighty".');
});

test('[H12] listening is in the log, with the URL to connect to', async () => {
  const { logger, lines } = createKeptLog('info');
  const { url } = await startChat({ logger });
  expect(lines.map(({ msg }) => msg)).toContain(`listening on ${url}`);
});

test('[H12] the URL of an IPv6 address can be connected to', async () => {
  const chat = createChatServer({ logger: silent, store: createMemoryStore() });
  onTestFinished(() => chat.close());
  const { url } = await chat.listen(0, '::1');
  expect((await fetch(url)).status).toBe(404);
});
