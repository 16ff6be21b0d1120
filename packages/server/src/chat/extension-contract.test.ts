import { defineEvent, extendContract } from '@wirepact/contract';
import { protocol } from '@wirepact/protocol';
import * as Type from 'typebox';
import { expect, onTestFinished, test } from 'vitest';
import { type ChatExtension, createChatServer } from '../index';
import { CHANNEL, connect, hello, join, silent } from './test-chat';

const channelId = Type.String({ format: 'uuid' });
const polls = extendContract(protocol, {
  name: 'polls',
  version: '1.0.0',
  errors: {
    ALREADY_VOTED: {
      description: 'Once is enough.',
      retryable: false,
      action: 'Wait for the next poll.',
      data: Type.Object({ choice: Type.Integer() }),
    },
  },
  clientToServer: {
    cast_vote: defineEvent({
      description: 'Vote.',
      payload: Type.Object({ channelId, choice: Type.Integer() }),
      errors: ['ALREADY_VOTED'],
    }),
    list_votes: defineEvent({
      description: 'All votes, one after the other.',
      payload: Type.Object({ channelId }),
      stream: Type.Object({ choice: Type.Integer() }),
    }),
  },
  serverToClient: {
    voteCast: defineEvent({
      description: 'Somebody voted.',
      payload: Type.Object({ choice: Type.Integer() }),
    }),
    confirm_vote: defineEvent({ description: 'Asks again.', reply: Type.Object({ isSure: Type.Boolean() }) }),
  },
});

type Polls = ChatExtension<typeof polls>;

/** A chat with polls beside it. */
async function startPolls(handlers: Partial<Polls['handlers']>, use: Polls['use'] = []) {
  const idle: Polls['handlers'] = { cast_vote: () => null, async *list_votes() {} };
  const extension = { contract: polls, handlers: { ...idle, ...handlers }, use };
  const chat = createChatServer({ logger: silent, rateLimit: false, extension });
  onTestFinished(() => chat.close());
  return { chat, url: (await chat.listen(0, '127.0.0.1')).url };
}

test('the handlers of an extension have what those of any contract have, and the chat’s services', async () => {
  const { url } = await startPolls({
    async cast_vote({ connection, services, to, fail, event }, vote) {
      if (vote.choice === 7) fail('ALREADY_VOTED', { choice: 3 }, `No second ${event}.`);
      const { isSure } = await connection.request('confirm_vote', undefined);
      const { id } = await services.channels.require(vote.channelId);
      if (isSure) to(id).except(connection).emit('voteCast', { choice: vote.choice });
      return null;
    },
    async *list_votes(_context, { channelId: id }) {
      yield { choice: id.length };
    },
  });
  const [voter, member] = [await join(url), await join(url)];
  voter.socket.on('confirm_vote', (answer) => answer({ ok: true, data: { isSure: true } }));
  expect(await voter.ask('cast_vote', { channelId: CHANNEL, choice: 7 })).toMatchObject({
    error: { code: 'ALREADY_VOTED', message: 'No second cast_vote.', data: { choice: 3 } },
  });
  expect(await voter.ask('cast_vote', { channelId: CHANNEL, choice: 1 })).toEqual({ ok: true, data: null });
  expect(await member.waitFor('voteCast')).toEqual({ choice: 1 });
  expect(voter.payloads('voteCast')).toEqual([]);
  const listed = (await voter.ask('list_votes', { channelId: CHANNEL })) as { data: { stream: string } };
  expect(await voter.waitFor('wirepact:stream_end')).toEqual(listed.data);
  expect(await voter.waitFor('wirepact:stream_items')).toEqual({ ...listed.data, items: [{ choice: 36 }] });
});

test('[E10] an extension reaches a channel however a client spells its id', async () => {
  const { url } = await startPolls({
    cast_vote({ to }, { channelId: id, choice }) {
      to(id).emit('voteCast', { choice });
      return null;
    },
  });
  const member = await join(url);
  await member.ask('cast_vote', { channelId: CHANNEL.toUpperCase(), choice: 1 });
  expect(await member.waitFor('voteCast')).toEqual({ choice: 1 });
});

test('what an extension emits is checked, and what the chat does goes on', async () => {
  const { chat, url } = await startPolls({});
  const member = await join(url);
  expect(() => chat.to(CHANNEL).emit('voteCast', { choice: 'one' } as never)).toThrow(
    expect.objectContaining({ code: 'INVALID_EMIT' }),
  );
  await member.ask('send_message', hello());
  expect(member.payloads('voteCast')).toEqual([]);
  expect(member.payloads('messageBroadcast')).toHaveLength(1);
});

test('middleware runs around the handlers of the extension, and no others', async () => {
  const told: string[] = [];
  const { url } = await startPolls({}, [
    async ({ event, services }, next) => {
      told.push(`${event} with ${services.agents.length} agents`);
      await next();
    },
  ]);
  const client = await connect(url);
  await client.ask('cast_vote', { channelId: CHANNEL, choice: 1 });
  await client.ask('join_channel', { channelId: CHANNEL });
  expect(told).toEqual(['cast_vote with 0 agents']);
});
