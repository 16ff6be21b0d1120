import { createMemoryStore, type Store } from '@wirepact/server';
import { describe, expect, test } from 'vitest';
import { hello, newChannel, TRANSPORTS, useChat } from './chat-fixture';
import { positionOf, post, postAll, seen, visit } from './journal';
import { dataOf, type Fields } from './seed-client';

const named = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `m${from + index}`);

describe.each(TRANSPORTS)('over $name', ({ transport }) => {
  const chat = useChat({}, transport);

  test('[RESUME-1] resume is a position', async () => {
    const channelId = newChannel();
    const client = await chat.joined(channelId);
    const join = (resume: unknown) => client.ask('join_channel', { channelId, resume });
    for (const epoch of ['e', 'x'.repeat(64)]) {
      expect(await join({ epoch, seq: 0 })).toMatchObject({ ok: true });
    }
    for (const resume of [7, 'e', {}, { epoch: 'e' }, { seq: 1 }]) {
      expect(await join(resume)).toMatchObject({ error: { code: 'INVALID_PAYLOAD' } });
    }
    for (const epoch of ['', 'x'.repeat(65), 7]) {
      const issues = [{ path: '/resume/epoch' }];
      expect(await join({ epoch, seq: 1 })).toMatchObject({ error: { code: 'INVALID_PAYLOAD', issues } });
    }
    for (const seq of [-1, 1.5, '1']) {
      const issues = [{ path: '/resume/seq' }];
      expect(await join({ epoch: 'e', seq })).toMatchObject({ error: { code: 'INVALID_PAYLOAD', issues } });
    }
  });

  test('[RESUME-2] every join says where the client stands', async () => {
    const channelId = newChannel();
    const client = await chat.connect();
    const first = positionOf(await client.ask('join_channel', { channelId }));
    expect(first).toEqual({ epoch: expect.any(String), seq: 0 });
    await postAll(chat, channelId, ['one', 'two']);
    const { epoch } = first;
    expect(positionOf(await client.ask('join_channel', { channelId }))).toEqual({ epoch, seq: 2 });
    expect(positionOf(await client.ask('join_channel', { channelId, resume: first }))).toEqual({
      epoch,
      seq: 2,
    });
  });

  test('[RESUME-3] all that was missed comes in order, after the join’s answers and before its acknowledgement', async () => {
    const channelId = newChannel();
    const [member, position] = [await chat.joined(channelId), await visit(chat, channelId)];
    const { channels, messages } = chat.server;
    const { message } = await post(chat, channelId, 'one');
    await member.ask('send_message', hello(channelId, { text: 'two', entityName: 'Ann' }));
    await channels.update(channelId, { name: 'Support' });
    await channels.clear(channelId);
    await postAll(chat, channelId, ['five', 'six']);
    await messages.delete(channelId, (await messages.list(channelId, { limit: 1 }))[0]?.id ?? '');
    await member.caughtUp();

    const client = await chat.connect();
    client.forget();
    const joined = await client.ask('join_channel', { channelId, resume: position });
    expect(joined).toEqual({
      ok: true,
      data: { channelId, epoch: position.epoch, seq: 7, recovered: true, properties: { name: 'Support' } },
    });
    const missed = ['channelUpdated', 'channelCleared', 'messageBroadcast', 'messageDeleted'];
    expect(client.timeline).toEqual(['channel_joined', 'room_joined', ...missed, 'ack join_channel']);
    const gone = [
      message.id,
      member.all('messageBroadcast')[1]?.id,
      member.all('messageDeleted')[0]?.messageId,
    ];
    const kept = member.everything().filter(({ event, payload }) => {
      return event !== 'messageAck' && 'seq' in payload && !gone.includes(payload.id);
    });
    expect(client.everything().slice(2)).toEqual(kept);
    await member.caughtUp();
    expect(member.all('channel_joined')).toEqual([]);
  });

  test('[RESUME-3] [RESUME-4] however many there are, or none', async () => {
    const channelId = newChannel();
    const position = await visit(chat, channelId);
    await postAll(chat, channelId, named(1, 700));
    const client = await chat.connect();
    const joined = await client.ask('join_channel', { channelId, resume: position });
    expect(joined).toMatchObject({ data: { recovered: true, seq: 700 } });
    await post(chat, channelId, 'm701');
    await client.caughtUp();
    expect(seen(client)).toEqual(named(1, 701).map((text, index) => `${index + 1} ${text}`));

    const late = await chat.connect();
    const resume = { ...position, seq: 701 };
    const nothing = await late.ask('join_channel', { channelId, resume });
    expect(nothing).toMatchObject({ data: { recovered: true, seq: 701 } });
    await post(chat, channelId, 'live');
    await late.caughtUp();
    expect(seen(late)).toEqual(['702 live']);
  });

  test('[RESUME-5] of messages that are gone only the deletion is told', async () => {
    const channelId = newChannel();
    const position = await visit(chat, channelId);
    const { message } = await post(chat, channelId, 'secret');
    await post(chat, channelId, 'kept');
    await chat.server.messages.delete(channelId, message.id);
    const client = await chat.connect();
    await client.ask('join_channel', { channelId, resume: position });
    expect(seen(client)).toEqual(['2 kept', '3 messageDeleted']);
    expect(client.all('messageDeleted')).toMatchObject([{ messageId: message.id }]);
    await chat.server.channels.clear(channelId);
    const later = await chat.connect();
    const joined = await later.ask('join_channel', { channelId, resume: position });
    expect(joined).toMatchObject({ data: { recovered: true, seq: 4 } });
    expect(seen(later)).toEqual(['3 messageDeleted', '4 channelCleared']);
    expect(JSON.stringify([client.transcript, later.transcript])).not.toContain('secret');
  });

  test('[RESUME-6] the clientMessageId comes again to who sent the message, and to nobody else', async () => {
    const channelId = newChannel();
    const client = await chat.joined(channelId);
    await client.ask('send_message', hello(channelId, { messageId: 'm-1' }));
    const [message] = client.all('messageBroadcast');
    const { epoch, clientMessageId, ...rest } = message ?? {};
    expect(clientMessageId).toBe('m-1');
    const resumeAs = async (fields: Fields) => {
      const late = await chat.connect();
      await late.ask('join_channel', { channelId, resume: { epoch, seq: 0 }, ...fields });
      return late.all('messageBroadcast');
    };
    expect(await resumeAs({ entityId: rest.senderId })).toEqual([message]);
    expect(await resumeAs({ entityId: 'user-456' })).toEqual([{ epoch, ...rest }]);
    expect(await resumeAs({})).toEqual([{ epoch, ...rest }]);
  });

  test('[RESUME-9] without resume nothing from before comes', async () => {
    const channelId = newChannel();
    await visit(chat, channelId);
    await post(chat, channelId, 'before');
    const client = await chat.connect();
    const joined = await client.ask('join_channel', { channelId });
    await post(chat, channelId, 'after');
    await client.caughtUp();
    expect(dataOf(joined)).not.toHaveProperty('recovered');
    expect(joined).toMatchObject({ data: { seq: 1 } });
    expect(seen(client)).toEqual(['2 after']);
  });

  test('[RESUME-10] a channel that is gone is CHANNEL_NOT_FOUND, and stays gone', async () => {
    const channelId = newChannel();
    const resume = await visit(chat, channelId);
    await chat.server.channels.delete(channelId);
    const client = await chat.connect();
    const { ok, error } = await client.ask('join_channel', { channelId, resume });
    expect({ ok, error }).toMatchObject({
      ok: false,
      error: { code: 'CHANNEL_NOT_FOUND', retryable: false },
    });
    expect(client.timeline).toEqual(['connection_established', 'messageError', 'ack join_channel']);
    expect(await chat.server.channels.get(channelId)).toBeUndefined();
  });

  describe('a store that forgets', () => {
    const memory = createMemoryStore();
    /** What happens before the journal is read, and how much of it is read at once. */
    const reading = { before: async () => {}, limit: 500 };
    const readJournal: Store['readJournal'] = async (channelId, after, bounds) => {
      await reading.before();
      const maxEntries = Math.min(bounds.maxEntries, reading.limit);
      return memory.readJournal(channelId, after, { ...bounds, maxEntries });
    };
    const forgetful = useChat({ store: { ...memory, readJournal } }, transport);

    test('[RESUME-7] what cannot be told whole is not told, and the client is a member all the same', async () => {
      const channelId = newChannel();
      const { epoch } = await visit(forgetful, channelId);
      await postAll(forgetful, channelId, named(1, 4));
      await memory.prune({ maxCount: 2 });
      const tooOld = { epoch, seq: 1 };
      const unknown = { epoch: 'another', seq: 4 };
      const notYet = { epoch, seq: 99 };
      for (const resume of [tooOld, unknown, notYet]) {
        const client = await forgetful.connect();
        const joined = await client.ask('join_channel', { channelId, resume });
        expect(joined).toEqual({
          ok: true,
          data: { channelId, epoch, seq: expect.any(Number), recovered: false, properties: {} },
        });
        expect(seen(client)).toEqual([]);
        const next = Number(dataOf(joined).seq) + 1;
        await post(forgetful, channelId, 'live');
        await client.caughtUp();
        expect(seen(client)).toEqual([`${next} live`]);
        await memory.prune({ maxCount: 2 });
      }
      const client = await forgetful.connect();
      const joined = await client.ask('join_channel', { channelId, resume: { epoch, seq: 5 } });
      expect(joined).toMatchObject({ data: { recovered: true, seq: 7 } });
      expect(seen(client)).toEqual(['6 live', '7 live']);
    });

    test('[RESUME-8] a part is not passed off as the whole', async () => {
      const channelId = newChannel();
      const resume = await visit(forgetful, channelId);
      await postAll(forgetful, channelId, named(1, 6));
      const client = await forgetful.connect();
      const forgets = [async () => {}, () => memory.prune({ maxCount: 1 })];
      Object.assign(reading, { limit: 2, before: async () => forgets.shift()?.() });
      const joined = await client.ask('join_channel', { channelId, resume });
      expect(joined).toMatchObject({ ok: true, data: { epoch: resume.epoch, seq: 6, recovered: false } });
      await post(forgetful, channelId, 'live');
      await client.caughtUp();
      expect(seen(client)).toEqual(['1 m1', '2 m2', '7 live']);
      for (const event of ['channel_joined', 'room_joined']) expect(client.all(event)).toHaveLength(1);
    });
  });
});
