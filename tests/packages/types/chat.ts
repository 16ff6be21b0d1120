import { buildContract } from '@wirepact/cli';
import { createChatClient, WirepactError } from '@wirepact/client';
import { createIndexedDbOutboxStorage } from '@wirepact/client/indexeddb';
import { defineContract, defineEvent, extendContract } from '@wirepact/contract';
import { type BroadcastMessage, PROTOCOL_VERSION, protocol } from '@wirepact/protocol';
import { protocol as definition } from '@wirepact/protocol/definition';
import { type Agent, createChatServer, createMemoryStore } from '@wirepact/server';
import * as Type from 'typebox';

const echo: Agent = {
  id: '987fcdeb-51a2-43f1-b012-123456789abc',
  name: 'Echo',
  async *respond({ text }) {
    yield text.toUpperCase();
    // @ts-expect-error A text has no such method.
    text.push('');
  },
};

const voting = extendContract(protocol, {
  name: 'voting',
  version: '1.0.0',
  clientToServer: {
    cast_vote: defineEvent({
      description: 'Vote.',
      payload: Type.Object({ choice: Type.Integer() }),
      reply: Type.Object({ votes: Type.Integer() }),
    }),
  },
});

/** Our server with an agent and an event of one's own. */
export const server = createChatServer({
  agents: [echo],
  store: createMemoryStore(),
  extension: { contract: voting, handlers: { cast_vote: (_context, { choice }) => ({ votes: choice }) } },
});

/** Our client with what it listens to. */
export async function talk(show: (message: BroadcastMessage) => void): Promise<number> {
  const chat = createChatClient('http://localhost:3000', {
    contract: voting,
    outbox: { storage: createIndexedDbOutboxStorage() },
  });
  chat.on('messageBroadcast', show);
  // @ts-expect-error There is no such event.
  chat.on('messageLost', show);
  // @ts-expect-error The choice is a number.
  await chat.request('cast_vote', { choice: 'blue' });
  const { votes } = await chat.request('cast_vote', { choice: 1 });
  return votes;
}

/** What authors and tools do with a contract. */
export const author = {
  files: buildContract(defineContract({ ...definition, version: PROTOCOL_VERSION }), 'protocol'),
  isRetryable: (error: unknown): boolean => error instanceof WirepactError && error.retryable,
};
