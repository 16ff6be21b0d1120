import { defineEvent, extendContract } from '@wirepact/contract';
import { protocol } from '@wirepact/protocol';
import * as Type from 'typebox';
import { createChatServer } from '../index';

const polls = extendContract(protocol, {
  name: 'polls',
  version: '1.0.0',
  clientToServer: {
    cast_vote: defineEvent({
      description: 'Vote.',
      payload: Type.Object({ choice: Type.Integer() }),
      reply: Type.Object({ votes: Type.Integer() }),
    }),
  },
  serverToClient: {
    voteCast: defineEvent({
      description: 'Somebody voted.',
      payload: Type.Object({ votes: Type.Integer() }),
    }),
    pollClosed: defineEvent({ description: 'No more votes.' }),
    pollCreated: defineEvent({
      description: 'A poll began.',
      payload: Type.Object({ channelId: Type.String(), question: Type.String() }),
      durable: true,
      room: { name: 'channel', property: 'channelId' } as const,
    }),
  },
});

const chat = createChatServer({
  extension: {
    contract: polls,
    handlers: {
      cast_vote: ({ connection, channel }, { choice }) => {
        const poll = { channelId: 'c1', question: 'Tea?' };
        channel('channel', poll.channelId)
          .publish('pollCreated', poll)
          .catch(() => {});
        // @ts-expect-error there are no such rooms
        channel('poll', 'p1');
        // @ts-expect-error it is published
        connection.emit('pollCreated', poll);
        connection.emit('voteCast', { votes: choice });
        // @ts-expect-error there is no such event
        connection.emit('votesCast', { votes: choice });
        return { votes: choice };
      },
    },
  },
});

chat.to('channel').emit('voteCast', { votes: 1 });
chat.to('channel').emit('pollClosed');
chat.to('channel').emit('channelCleared', { channelId: 'channel' });
// @ts-expect-error the payload is not what the contract says
chat.to('channel').emit('voteCast', { votes: 'one' });
// @ts-expect-error this event carries nothing
chat.to('channel').emit('pollClosed', { votes: 1 });

chat
  .channel('channel', 'c1')
  .publish('pollCreated', { channelId: 'c1', question: 'Tea?' })
  .catch(() => {});
// @ts-expect-error it has no question
chat.channel('channel', 'c1').publish('pollCreated', { channelId: 'c1' });
// @ts-expect-error it is not kept
chat.channel('channel', 'c1').publish('voteCast', { votes: 1 });
// @ts-expect-error the chat publishes its own by itself
chat.channel('channel', 'c1').publish('channelCleared', { channelId: 'c1' });

// @ts-expect-error the handler of `cast_vote` is missing
createChatServer({ extension: { contract: polls, handlers: {} } });
// @ts-expect-error the reply is not what the contract says
createChatServer({ extension: { contract: polls, handlers: { cast_vote: () => ({ votes: 'one' }) } } });
// @ts-expect-error an agent without a name
createChatServer({ agents: [{ id: '0', async *respond() {} }] });
