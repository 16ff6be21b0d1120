import { defineEvent, extendContract } from '@wirepact/contract';
import { protocol } from '@wirepact/protocol';
import { createChatServer, createMemoryStore } from '@wirepact/server';
import * as Type from 'typebox';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { rejectionOf, untilState, useChatFixture } from '../../test/chat-fixture';
import { CHANNEL } from '../../test/socket-server';
import { createChatClient } from '../index';

/** Two versions of one contract that really differ: 1.1 adds an event each way, and fields to what is there. */

const channelId = Type.String({ format: 'uuid' });

const pollsV1 = extendContract(protocol, {
  name: 'polls',
  version: '1.0.0',
  clientToServer: {
    cast_vote: defineEvent({
      description: 'Vote.',
      payload: Type.Object({ channelId, choice: Type.Integer() }),
      reply: Type.Object({ votes: Type.Integer() }),
    }),
  },
  serverToClient: {
    voteCast: defineEvent({ description: 'A vote.', payload: Type.Object({ votes: Type.Integer() }) }),
  },
});

const pollsV1_1 = extendContract(protocol, {
  name: 'polls',
  version: '1.1.0',
  clientToServer: {
    cast_vote: defineEvent({
      description: 'Vote.',
      payload: Type.Object({ channelId, choice: Type.Integer(), comment: Type.Optional(Type.String()) }),
      reply: Type.Object({ votes: Type.Integer(), share: Type.Optional(Type.Number()) }),
    }),
    close_poll: defineEvent({ description: 'Close.', payload: Type.Object({ channelId }), since: '1.1' }),
  },
  serverToClient: {
    voteCast: defineEvent({
      description: 'A vote.',
      payload: Type.Object({ votes: Type.Integer(), choice: Type.Optional(Type.Integer()) }),
    }),
    pollClosed: defineEvent({ description: 'Closed.', payload: Type.Object({ channelId }), since: '1.1' }),
  },
});

const pollsV2 = extendContract(protocol, { name: 'polls', version: '2.0.0' });

beforeEach(() => {
  vi.stubEnv('LOG_LEVEL', 'silent');
  return () => vi.unstubAllEnvs();
});

const serverOptions = () => ({ rateLimit: false as const, store: createMemoryStore() });

async function startV1() {
  const server = createChatServer({
    ...serverOptions(),
    extension: {
      contract: pollsV1,
      handlers: {
        cast_vote: (_context, payload) => {
          server.to(payload.channelId).emit('voteCast', { votes: 1 });
          return { votes: 1 };
        },
      },
    },
  });
  onTestFinished(() => server.close());
  return (await server.listen(0, '127.0.0.1')).url;
}

async function startV1_1() {
  const server = createChatServer({
    ...serverOptions(),
    extension: {
      contract: pollsV1_1,
      handlers: {
        cast_vote: (_context, payload) => {
          server.to(payload.channelId).emit('pollClosed', { channelId: payload.channelId });
          server.to(payload.channelId).emit('voteCast', { votes: 1, choice: payload.choice });
          return { votes: 1, share: 1 };
        },
        close_poll: () => null,
      },
    },
  });
  onTestFinished(() => server.close());
  return (await server.listen(0, '127.0.0.1')).url;
}

describe('a client of 1.0 on a server of 1.1', () => {
  test('works, and what it does not know breaks nothing', async () => {
    const violations: unknown[] = [];
    const chat = createChatClient(await startV1_1(), {
      contract: pollsV1,
      onContractViolation: (violation) => void violations.push(violation),
    });
    onTestFinished(() => chat.close());
    await chat.join(CHANNEL);
    const cast = new Promise((resolve) => chat.on('voteCast', resolve));
    expect(await chat.request('cast_vote', { channelId: CHANNEL, choice: 2 })).toEqual({
      votes: 1,
      share: 1,
    });
    expect(await cast).toEqual({ votes: 1, choice: 2 });
    expect(violations).toEqual([]);
  });
});

describe('a client of 1.1 on a server of 1.0', () => {
  test('works, and can tell what the server does not know', async () => {
    const chat = createChatClient(await startV1(), { contract: pollsV1_1 });
    onTestFinished(() => chat.close());
    await chat.join(CHANNEL);
    const vote = { channelId: CHANNEL, choice: 2, comment: 'new field' };
    expect(await chat.request('cast_vote', vote)).toEqual({ votes: 1 });
    expect(chat.supports('cast_vote')).toBe(true);
    expect(chat.supports('close_poll')).toBe(false);
    expect(await rejectionOf(chat.request('close_poll', { channelId: CHANNEL }))).toMatchObject({
      code: 'UNKNOWN_EVENT',
    });
    expect(chat.protocolVersion).toBe(protocol.version);
  });
});

/** A server of polls in a version of its own, with no events. */
async function startPolls(version: string) {
  const contract = extendContract(protocol, { name: 'polls', version });
  const server = createChatServer({ ...serverOptions(), extension: { contract, handlers: {} } });
  onTestFinished(() => server.close());
  return { contract, url: (await server.listen(0, '127.0.0.1')).url };
}

test.each(['2.0.0-beta.1', '0.1.0-rc.2', '1.0.0-alpha+build.7'])(
  '[E2] a client of the pre-release %s is served by a server of the same',
  async (version) => {
    const { url, contract } = await startPolls(version);
    const chat = createChatClient(url, { contract });
    onTestFinished(() => chat.close());
    await chat.connect();
    expect(chat.connection.get().status).toBe('connected');
  },
);

test.each([
  [
    '[E2] a client of one pre-release on a server of the next',
    async () => (await startPolls('2.0.0-beta.2')).url,
    extendContract(protocol, { name: 'polls', version: '2.0.0-beta.1' }),
  ],
  [
    '[E2] a client of a release on a server of its pre-release',
    async () => (await startPolls('2.0.0-beta.1')).url,
    pollsV2,
  ],
  ['a client of 2.0 on a server of 1.1', startV1_1, pollsV2],
  [
    'a client of polls on a server without',
    async () => {
      const server = createChatServer(serverOptions());
      onTestFinished(() => server.close());
      return (await server.listen(0, '127.0.0.1')).url;
    },
    pollsV1,
  ],
])('%s is refused clearly, and gives up', async (_what, start, contract) => {
  const chat = createChatClient(await start(), { contract });
  onTestFinished(() => chat.close());
  const { error } = await untilState(
    chat.connection,
    ({ status }) => status === 'disconnected' || status === 'connected',
  );
  expect(error).toMatchObject({ code: 'VERSION_UNSUPPORTED', retryable: false });
  expect(await rejectionOf(chat.join(CHANNEL))).toMatchObject({ code: 'VERSION_UNSUPPORTED' });
});

test.each(['1.0.0-alpha', '2.0.0-beta.1', '0.3.0-rc.2'])(
  '[E2] a contract of version %s accepts the client made for it',
  async (version) => {
    const contract = extendContract(protocol, { name: 'polls', version });
    const server = createChatServer({ ...serverOptions(), extension: { contract, handlers: {} } });
    onTestFinished(() => server.close());
    const { url } = await server.listen(0, '127.0.0.1');
    const chat = createChatClient(url, { contract });
    onTestFinished(() => chat.close());
    await chat.connect();
    expect(chat.connection.get().status).toBe('connected');
  },
);

describe('the handshake', () => {
  const fixture = useChatFixture();

  test('says which versions the client works with, beside its credentials', async () => {
    await fixture.client({ auth: { token: 'mine' } }).connect();
    expect(fixture.server.socket.handshake.auth).toEqual({
      protocol: { 'wirepact-chat': '^1.0.0' },
      token: 'mine',
    });
  });

  test('leaves the last word to the application', async () => {
    await fixture.client({ auth: () => ({ protocol: '^1.1.0' }) }).connect();
    expect(fixture.server.socket.handshake.auth).toEqual({ protocol: '^1.1.0' });
  });

  test('takes an old server, which says nothing of itself, for one that may know everything', async () => {
    const chat = fixture.client();
    await chat.connect();
    expect(chat.protocolVersion).toBeUndefined();
    expect(chat.supports('list_messages')).toBe(true);
  });
});

describe('deprecated events and fields', () => {
  const fixture = useChatFixture();
  const warn = vi.spyOn(console, 'warn');
  beforeEach(() => {
    warn.mockReset().mockImplementation(() => {});
    return () => warn.mockReset();
  });
  const use = async () => {
    const chat = fixture.client();
    chat.on('room_joined', () => {});
    chat.on('room_joined', () => {});
    for (let time = 0; time < 2; time += 1)
      await chat.request('join_channel', { roomId: CHANNEL, channelId: CHANNEL });
  };

  test('warn once in development, with what to use', async () => {
    await use();
    expect(warn.mock.calls.flat()).toEqual([
      'wirepact: the event "room_joined" is deprecated: Use `channel_joined`.',
      expect.stringMatching(/^wirepact: \/roomId of the event "join_channel" is deprecated: Use `channelId`/),
    ]);
  });

  test('are silent in production', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    await use();
    expect(warn).not.toHaveBeenCalled();
  });
});
