import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hello, newChannel, TRANSPORTS, useChat } from './chat-fixture';
import { post, seen } from './journal';
import { dataOf, type Fields } from './seed-client';

/** What each event names beside its channel, and what the members are told. */
const CHANGES: [string, { more: Fields; event: string }][] = [
  ['delete_message', { more: { messageId: randomUUID() }, event: 'messageDeleted' }],
  ['clear_channel', { more: {}, event: 'channelCleared' }],
  ['update_channel', { more: { updates: { name: 'Support' } }, event: 'channelUpdated' }],
  ['delete_channel', { more: {}, event: 'channelDeleted' }],
];

describe.each(TRANSPORTS)('over $name', ({ transport }) => {
  const chat = useChat({ authorize: () => true }, transport);

  /** A channel with one message, and two members. */
  async function createScene() {
    const channelId = newChannel();
    const [client, member] = await Promise.all([chat.joined(channelId), chat.joined(channelId)]);
    const sent = dataOf(await member.ask('send_message', hello(channelId)));
    await client.caughtUp();
    for (const everybody of [client, member]) everybody.forget();
    return { channelId, messageId: sent.messageId, epoch: sent.epoch, client, member };
  }

  test.each(CHANGES)('[CHANGE-1] %s does what the host does', async (change, { more, event }) => {
    const { channelId, messageId, epoch, client, member } = await createScene();
    const payload = { channelId, ...more, ...(change === 'delete_message' && { messageId }) };
    const named = change === 'delete_message' ? { messageId } : { channelId };
    const position = { epoch, seq: 2 };
    expect(await client.ask(change, payload)).toEqual({ ok: true, data: { ...named, ...position } });
    await member.caughtUp();
    expect(client.timeline).toEqual([event, `ack ${change}`]);
    expect(member.timeline).toEqual([event, 'ack heartbeat']);
    for (const told of [client, member]) expect(told.all(event)).toEqual([{ ...payload, ...position }]);
  });

  test.each(CHANGES)('[CHANGE-3] %s by somebody outside the channel', async (change, { more, event }) => {
    const { channelId, messageId, member } = await createScene();
    const outsider = await chat.connect();
    outsider.forget();
    const payload = { channelId, ...more, ...(change === 'delete_message' && { messageId }) };
    expect(await outsider.ask(change, payload)).toMatchObject({ ok: true, data: { seq: 2 } });
    await Promise.all([outsider.caughtUp(), member.caughtUp()]);
    expect(outsider.timeline).toEqual([`ack ${change}`, 'ack heartbeat']);
    expect(member.timeline).toEqual([event, 'ack heartbeat']);
  });

  test.each(CHANGES)('[CHANGE-4] %s names its channel', async (change, { more }) => {
    const client = await chat.connect();
    const codeOf = async (fields: Fields) => (await client.ask(change, { ...more, ...fields })).error?.code;
    expect(await codeOf({ channelId: newChannel() })).toBe('CHANNEL_NOT_FOUND');
    expect(await codeOf({ channelId: 'lobby' })).toBe('INVALID_UUID');
    expect(await codeOf({ roomId: newChannel() })).toBe('INVALID_PAYLOAD');
    expect(client.all('messageError')).toMatchObject(Array(3).fill({ event: change }));
  });

  test('[CHANGE-5] delete_message deletes the message it names, whoever sent it', async () => {
    const { channelId, messageId, client } = await createScene();
    const remove = (id: unknown) => client.ask('delete_message', { channelId, messageId: id });
    const other = await post(chat, channelId, 'stays');
    expect(await remove(messageId)).toMatchObject({ ok: true });
    expect(await chat.server.messages.list(channelId, { limit: 9 })).toMatchObject([{ text: 'stays' }]);
    expect((await remove(messageId)).error).toMatchObject({ code: 'MESSAGE_NOT_FOUND', retryable: false });
    expect((await remove(randomUUID())).error?.code).toBe('MESSAGE_NOT_FOUND');
    expect((await remove('m-1')).error?.code).toBe('INVALID_UUID');
    expect((await remove(undefined)).error?.code).toBe('INVALID_PAYLOAD');
    const elsewhere = newChannel();
    await client.join(elsewhere);
    const foreign = { channelId: elsewhere, messageId: other.message.id };
    expect((await client.ask('delete_message', foreign)).error?.code).toBe('MESSAGE_NOT_FOUND');
  });

  test('[CHANGE-6] clear_channel deletes the messages and nothing else', async () => {
    const { channelId, epoch, client, member } = await createScene();
    await chat.server.channels.update(channelId, { name: 'Support' });
    await client.ask('clear_channel', { channelId });
    await post(chat, channelId, 'next');
    await member.caughtUp();
    expect(seen(member)).toEqual(['2 channelUpdated', '3 channelCleared', '4 next']);
    expect(member.all('messageBroadcast')).toMatchObject([{ epoch }]);
    expect(await chat.server.messages.list(channelId, { limit: 9 })).toMatchObject([{ text: 'next' }]);
    expect(await chat.server.channels.get(channelId)).toMatchObject({
      epoch,
      properties: { name: 'Support' },
    });
  });

  test('[CHANGE-7] update_channel sets what it names and leaves the rest', async () => {
    const { channelId, client } = await createScene();
    const update = (updates: unknown) => client.ask('update_channel', { channelId, updates });
    await update({ name: 'x'.repeat(256), topic: 'y'.repeat(4_096), metadata: { a: 1 }, colour: 'red' });
    await update({ topic: 'Help', metadata: { b: 2 } });
    const properties = { name: 'x'.repeat(256), topic: 'Help', metadata: { b: 2 }, colour: 'red' };
    expect((await chat.server.channels.get(channelId))?.properties).toEqual(properties);
    const wrong = [{ name: 'x'.repeat(257) }, { topic: 'x'.repeat(4_097) }, { name: 7 }, { topic: null }];
    for (const updates of [...wrong, undefined, null, 'name', []]) {
      expect((await update(updates)).error).toMatchObject({ code: 'INVALID_PAYLOAD' });
    }
    expect((await chat.server.channels.get(channelId))?.properties).toEqual(properties);
  });

  test('[CHANGE-8] after delete_channel the channel is gone, and nobody is in it', async () => {
    const { channelId, client, member } = await createScene();
    await client.ask('delete_channel', { channelId });
    const sent = await member.ask('send_message', hello(channelId));
    expect(sent).toMatchObject({ error: { code: 'CHANNEL_NOT_FOUND' } });
    await client.join(channelId);
    await post(chat, channelId, 'new life');
    await Promise.all([client.caughtUp(), member.caughtUp()]);
    expect(seen(client)).toEqual(['2 channelDeleted', '1 new life']);
    expect(seen(member)).toEqual(['2 channelDeleted']);
  });

  describe('where nobody has said who may', () => {
    const open = useChat({}, transport);
    const signedIn = useChat({ authenticate: () => ({ entityId: 'ann' }) }, transport);
    const strict = useChat({ authorize: ({ event }) => event !== 'delete_channel' }, transport);

    test.each(CHANGES)('[CHANGE-2] %s is FORBIDDEN', async (change, { more }) => {
      for (const fixture of [open, signedIn]) {
        const channelId = newChannel();
        const client = await fixture.joined(channelId);
        const { ok, error } = await client.ask(change, { channelId, ...more });
        expect({ ok, error }).toMatchObject({ ok: false, error: { code: 'FORBIDDEN', retryable: false } });
        expect(await fixture.server.channels.get(channelId)).toMatchObject({ seq: 0 });
        expect(client.timeline).toEqual(['messageError', `ack ${change}`]);
      }
    });

    test('[CHANGE-2] authorize allows what it allows', async () => {
      const channelId = newChannel();
      const client = await strict.joined(channelId);
      expect(await client.ask('clear_channel', { channelId })).toMatchObject({ ok: true });
      const refused = await client.ask('delete_channel', { channelId });
      expect(refused).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
      expect(await strict.server.channels.get(channelId)).toMatchObject({ seq: 1 });
    });
  });
});
