import { defineEvent, extendContract } from '@wirepact/contract';
import { protocol } from '@wirepact/protocol';
import { type ChatServerOptions, createChatServer, createMemoryStore } from '@wirepact/server';
import pino from 'pino';
import * as Type from 'typebox';
import { onTestFinished } from 'vitest';
import { type ChatClientOptions, channels, createChatClient } from '../src/index';

const inChannel = { name: 'channel', property: 'channelId' } as const;
const inPoll = { name: 'poll', property: 'pollId' } as const;
const Poll = Type.Object({ channelId: Type.String({ format: 'uuid' }), question: Type.String() });
const Vote = Type.Object({
  pollId: Type.String(),
  choice: Type.Integer(),
  /** The channel it is asked in: no channel's event for that. */
  channelId: Type.Optional(Type.String()),
  voteId: Type.Optional(Type.String()),
});

/** The chat with polls, which are told in channels and have rooms of their own for the votes. */
export const polls = extendContract(protocol, {
  name: 'polls',
  version: '1.0.0',
  presence: { poll: Type.Object({ leaning: Type.Optional(Type.Integer()) }) },
  clientToServer: {
    create_poll: defineEvent({ description: 'Begins a poll.', payload: Poll, room: inChannel }),
    cast_vote: defineEvent({ description: 'Votes.', payload: Vote, key: 'voteId', room: inPoll }),
  },
  serverToClient: {
    pollCreated: defineEvent({
      description: 'Somebody began a poll.',
      payload: Poll,
      durable: true,
      room: inChannel,
    }),
    voteCast: defineEvent({
      description: 'Somebody voted.',
      payload: Vote,
      durable: true,
      key: 'voteId',
      room: inPoll,
    }),
  },
});
export type Polls = typeof polls;

/** A chat with polls, on a store that may be that of another. */
export async function startPolls(port = 0, options: Omit<ChatServerOptions<Polls>, 'extension'> = {}) {
  const server = createChatServer<Polls>({
    store: createMemoryStore(),
    rateLimit: false,
    logger: pino({ level: 'silent' }),
    authenticate: ({ auth }) => ({ entityId: String(auth.as) }),
    ...options,
    extension: {
      contract: polls,
      handlers: {
        async create_poll({ channel }, poll) {
          await channel('channel', poll.channelId).publish('pollCreated', poll);
          return null;
        },
        async cast_vote({ channel }, vote) {
          await channel('poll', vote.pollId).publish('voteCast', vote);
          return null;
        },
      },
    },
  });
  onTestFinished(() => server.close());
  const { url } = await server.listen(port, '127.0.0.1');
  return { server, url };
}

/** A client of such a chat, which reconnects within milliseconds. */
export function connectToPolls(url: string, as: string, options: ChatClientOptions<Polls> = {}) {
  const chat = createChatClient(url, {
    contract: polls,
    auth: { as },
    reconnectionDelay: 5,
    reconnectionDelayMax: 20,
    ...options,
    channels,
  });
  onTestFinished(() => chat.close());
  return chat;
}
