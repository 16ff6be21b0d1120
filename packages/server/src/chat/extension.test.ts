import { defineEvent, extendContract } from '@wirepact/contract';
import { protocol } from '@wirepact/protocol';
import * as Type from 'typebox';
import { expect, onTestFinished, test } from 'vitest';
import { createChatServer } from '../index';
import { CHANNEL, connect, hello, join, silent } from './test-chat';

const polls = extendContract(protocol, {
  name: 'polls',
  version: '1.0.0',
  clientToServer: {
    cast_vote: defineEvent({
      description: 'Vote.',
      payload: Type.Object({
        channelId: Type.String({ format: 'uuid' }),
        choice: Type.Integer({ minimum: 0, maximum: 9 }),
      }),
      reply: Type.Object({ votes: Type.Integer() }),
    }),
  },
  serverToClient: {
    voteCast: defineEvent({
      description: 'Somebody voted.',
      payload: Type.Object({ votes: Type.Integer() }),
    }),
  },
});

/** A chat with polls beside it. */
async function startPolls() {
  let votes = 0;
  const chat = createChatServer({
    logger: silent,
    rateLimit: false,
    extension: {
      contract: polls,
      handlers: {
        cast_vote: async ({ connection, services }, { channelId, choice }) => {
          if (choice === 7) {
            const text = `${choice}`;
            const sender = { senderId: 'poll', senderName: 'Poll', source: 'poll' };
            await services.messages.post({ channelId, serverId: 'main', text, ...sender }, connection);
          }
          if (choice === 9) throw new Error('the ballot box is broken');
          votes += 1;
          chat.to(channelId).emit('voteCast', { votes });
          return { votes: choice === 8 ? Number.NaN : votes };
        },
      },
    },
  });
  onTestFinished(() => chat.close());
  const { url } = await chat.listen(0, '127.0.0.1');
  return { chat, url };
}

test('a team’s own events share the connection, the checks and the channels', async () => {
  const { url } = await startPolls();
  const voter = await connect(url);
  const member = await join(url);
  expect(await voter.ask('cast_vote', { channelId: CHANNEL, choice: 1 })).toEqual({
    ok: true,
    data: { votes: 1 },
  });
  expect(await member.waitFor('voteCast')).toEqual({ votes: 1 });
  expect(await voter.ask('cast_vote', { channelId: CHANNEL, choice: 10 })).toMatchObject({
    ok: false,
    error: { code: 'INVALID_PAYLOAD', issues: [{ path: '/choice', keyword: 'maximum' }] },
  });
  expect(await voter.ask('send_message', hello())).toMatchObject({ ok: true });
});

test('[C6] what a handler posts for its client is held to the contract, too', async () => {
  const { url, chat } = await startPolls();
  const voter = await join(url);
  expect(await voter.ask('cast_vote', { channelId: CHANNEL, choice: 7 })).toMatchObject({
    error: { code: 'INVALID_UUID' },
  });
  expect(await chat.messages.list(CHANNEL, { limit: 1 })).toEqual([]);
});

test.each([
  ['throws', 9],
  ['replies with what its contract forbids', 8],
])('a handler that %s is an INTERNAL error, told without its details', async (_what, choice) => {
  const client = await connect((await startPolls()).url);
  const answer = await client.ask('cast_vote', { channelId: CHANNEL, choice });
  expect(answer).toMatchObject({ ok: false, error: { code: 'INTERNAL', retryable: true } });
  expect(JSON.stringify([answer, client.received])).not.toMatch(/ballot|forbids/);
});
