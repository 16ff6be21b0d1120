import { beforeAll, describe, expect, test } from 'vitest';
import { hello, newChannel, TRANSPORTS, useChat } from './chat-fixture';
import { positionOf, post, postAll } from './journal';
import { type Answer, dataOf, type Fields, type SeedClient } from './seed-client';

const messagesOf = (answer: Answer): Fields[] => {
  const { messages } = dataOf(answer);
  return Array.isArray(messages) ? messages : [];
};
const textsOf = (answer: Answer) => messagesOf(answer).map(({ text }) => text);

/** `m1` to the one with this number. */
const named = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `m${from + index}`);

describe.each(TRANSPORTS)('over $name', ({ transport }) => {
  const chat = useChat({ authorize: () => true }, transport);

  describe('a channel of seven messages', () => {
    const channelId = newChannel();
    let client: SeedClient;
    beforeAll(async () => {
      client = await chat.connect();
      await client.join(channelId);
      await postAll(chat, channelId, named(1, 7));
    });
    const list = (page: Fields = {}) => client.ask('list_messages', { channelId, ...page });

    test.each([
      ['the newest', { limit: 3 }, named(5, 7), true],
      ['all there are', {}, named(1, 7), false],
      ['exactly all there are', { limit: 7 }, named(1, 7), false],
      ['those before a number', { limit: 3, before: 5 }, named(2, 4), true],
      ['the first', { limit: 3, before: 4 }, named(1, 3), false],
      ['nothing before the first', { before: 1 }, [], false],
      ['those after a number', { limit: 3, after: 1 }, named(2, 4), true],
      ['the last', { limit: 3, after: 4 }, named(5, 7), false],
      ['nothing after the last', { after: 7 }, [], false],
      ['those from the very first', { limit: 2, after: 0 }, named(1, 2), true],
      ['those before what is to come', { limit: 2, before: 1_000 }, named(6, 7), true],
    ])('[HIST-2] [HIST-5] [HIST-6] %s', async (_name, page, texts, hasMore) => {
      const answer = await list(page);
      expect(answer).toMatchObject({ ok: true, data: { hasMore, seq: 7 } });
      expect(textsOf(answer)).toEqual(texts);
    });

    test('[HIST-3] before and after together are INVALID_PAYLOAD', async () => {
      const { error } = await list({ before: 5, after: 1 });
      expect(error).toMatchObject({ code: 'INVALID_PAYLOAD', issues: [{ path: '/after' }] });
    });

    test.each([0, 201, -1, 1.5, '3', null])('[HIST-4] limit cannot be %j', async (limit) => {
      const { error } = await list({ limit });
      expect(error).toMatchObject({ code: 'INVALID_PAYLOAD', issues: [{ path: '/limit' }] });
    });

    test.each(['before', 'after'])('[HIST-2] %s is a whole number from 0 on', async (name) => {
      expect(await list({ [name]: 0 })).toMatchObject({ ok: true });
      for (const seq of [-1, 1.5, '1', null]) {
        const { error } = await list({ [name]: seq });
        expect(error).toMatchObject({ code: 'INVALID_PAYLOAD', issues: [{ path: `/${name}` }] });
      }
    });
  });

  test('[HIST-1] what is listed is what was broadcast, and comes in the acknowledgement only', async () => {
    const channelId = newChannel();
    const [sender, member] = await Promise.all([chat.joined(channelId), chat.joined(channelId)]);
    const attachments = [{ url: 'https://example.org/a.png', type: 'image/png' }];
    const said = { messageId: 'm-1', inReplyToMessageId: 'm-0', attachments, metadata: { mood: 'good' } };
    await sender.ask('send_message', hello(channelId, said));
    await sender.ask('send_message', hello(channelId, { text: 'bare' }));
    await member.caughtUp();
    sender.forget();
    expect(messagesOf(await sender.ask('list_messages', { channelId }))).toEqual(
      member.all('messageBroadcast'),
    );
    expect(sender.timeline).toEqual(['ack list_messages']);
  });

  test('[HIST-9] own messages have their clientMessageId, for whoever says who asks', async () => {
    const channelId = newChannel();
    const client = await chat.joined(channelId);
    await client.ask('send_message', hello(channelId, { entityId: 'ada', messageId: 'hers' }));
    await client.ask('send_message', hello(channelId, { entityId: 'bob', messageId: 'his' }));
    const idsFor = async (asker: Fields) =>
      messagesOf(await client.ask('list_messages', { channelId, ...asker })).map(
        ({ clientMessageId }) => clientMessageId,
      );
    expect(await idsFor({ entityId: 'ada' })).toEqual(['hers', undefined]);
    expect(await idsFor({ entityId: 'bob' })).toEqual([undefined, 'his']);
    expect(await idsFor({ entityId: 'eve' })).toEqual([undefined, undefined]);
    expect(await idsFor({})).toEqual([undefined, undefined]);
    for (const entityId of ['', 1, null]) {
      const { error } = await client.ask('list_messages', { channelId, entityId });
      expect(error).toMatchObject({ code: 'INVALID_PAYLOAD', issues: [{ path: '/entityId' }] });
    }
  });

  test('[HIST-4] 50 messages where no limit is given, and up to 200', async () => {
    const channelId = newChannel();
    const client = await chat.joined(channelId);
    await postAll(chat, channelId, named(1, 201));
    expect(textsOf(await client.ask('list_messages', { channelId }))).toEqual(named(152, 201));
    const many = await client.ask('list_messages', { channelId, limit: 200 });
    expect(textsOf(many)).toEqual(named(2, 201));
    expect(many).toMatchObject({ data: { hasMore: true } });
  });

  test('[HIST-6] the position is the channel’s, from which live events follow', async () => {
    const channelId = newChannel();
    const client = await chat.connect();
    const joined = await client.ask('join_channel', { channelId });
    const empty = await client.ask('list_messages', { channelId });
    expect(empty).toEqual({ ok: true, data: { messages: [], hasMore: false, ...positionOf(joined) } });
    await post(chat, channelId, 'one');
    await chat.server.channels.update(channelId, { topic: 'Help' });
    const { epoch } = positionOf(joined);
    expect(positionOf(await client.ask('list_messages', { channelId }))).toEqual({ epoch, seq: 2 });
  });

  test('[HIST-7] deleted and cleared messages are not listed', async () => {
    const channelId = newChannel();
    const client = await chat.joined(channelId);
    const { message } = await post(chat, channelId, 'one');
    await postAll(chat, channelId, ['two', 'three']);
    await chat.server.messages.delete(channelId, message.id);
    const page = { channelId, limit: 2 };
    expect(await client.ask('list_messages', page)).toMatchObject({
      data: { messages: [{ text: 'two' }, { text: 'three' }], hasMore: false },
    });
    await chat.server.channels.clear(channelId);
    expect(textsOf(await client.ask('list_messages', page))).toEqual([]);
  });

  test('[HIST-8] listing needs no join, but the channel must exist', async () => {
    const channelId = newChannel();
    const client = await chat.connect();
    const missing = await client.ask('list_messages', { channelId });
    expect(missing).toMatchObject({ ok: false, error: { code: 'CHANNEL_NOT_FOUND', retryable: false } });
    await chat.server.channels.create({ id: channelId });
    await post(chat, channelId, 'one');
    expect(textsOf(await client.ask('list_messages', { channelId }))).toEqual(['one']);
    await post(chat, channelId, 'two');
    await client.caughtUp();
    expect(client.timeline).not.toContain('messageBroadcast');
  });
});
