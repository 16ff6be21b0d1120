import { randomUUID } from 'node:crypto';
import { createMemoryStore, type Store } from '@wirepact/server';
import { describe, expect, test } from 'vitest';
import { SAFE_LINKS, UNSAFE_LINKS } from './bad-inputs';
import { hello, newChannel, TRANSPORTS, useChat } from './chat-fixture';
import { createGate } from './gate';
import type { Fields } from './seed-client';

const attachment = { url: 'https://example.org/a.png', type: 'image/png', width: 640 };

/** What each field takes and refuses, with the code of the refusal. */
const FIELD_RULES: [string, { required?: boolean; valid: unknown[]; invalid: unknown[]; code?: string }][] = [
  ['[SEND-2] channelId', { required: true, valid: [], invalid: ['lobby', ''], code: 'INVALID_UUID' }],
  ['[SEND-2] channelId', { valid: [], invalid: [null, 7, {}] }],
  [
    '[SEND-3] serverId',
    { required: true, valid: [randomUUID()], invalid: ['main', ''], code: 'INVALID_UUID' },
  ],
  ['[SEND-3] serverId', { valid: [], invalid: [null, 7, []] }],
  ['[SEND-4] text', { required: true, valid: ['Hello!', '  ', '\u0000'], invalid: [null, 7, ['a'], {}] }],
  ['[SEND-5] text', { valid: ['x', 'x'.repeat(65_536)], invalid: ['', 'x'.repeat(65_537)] }],
  [
    '[SEND-6] entityId',
    {
      required: true,
      valid: ['user-123', randomUUID(), '愛'.repeat(256)],
      invalid: ['', 'x'.repeat(257), null, 7],
    },
  ],
  ['[SEND-7] entityName', { valid: ['John Doe', 'x'.repeat(256)], invalid: ['', 'x'.repeat(257), null, {}] }],
  ['[SEND-8] messageId', { valid: ['m-1', 'x'.repeat(256)], invalid: ['', 'x'.repeat(257), null, 7] }],
  ['[SEND-9] inReplyToMessageId', { valid: ['m-0', randomUUID()], invalid: ['', 'x'.repeat(257), 7] }],
  [
    '[SEND-10] attachments',
    { valid: [[], [attachment]], invalid: [attachment, [{ url: 'u' }], [{ type: 't' }], ['u'], [null]] },
  ],
  [
    '[SEND-17] attachments [A10]: links that run code: it',
    {
      valid: SAFE_LINKS.map((url) => [{ url, type: 't' }]),
      invalid: UNSAFE_LINKS.map((url) => [{ url, type: 't' }]),
    },
  ],
  [
    '[SEND-11] attachments',
    {
      valid: [Array(32).fill(attachment), [{ url: 'u'.repeat(8192), type: 't'.repeat(256) }]],
      invalid: [
        Array(33).fill(attachment),
        [{ url: 'u'.repeat(8193), type: 't' }],
        [{ url: 'u', type: 't'.repeat(257) }],
        [{ url: '', type: 't' }],
      ],
    },
  ],
  ['[SEND-12] metadata', { valid: [{}, { a: { b: [1, null] } }], invalid: [null, 'a', 7, []] }],
];

describe.each(TRANSPORTS)('over $name', ({ transport }) => {
  const chat = useChat({}, transport);
  const stored = (channelId: string) => chat.server.messages.list(channelId, { limit: 100 });

  test('[SEND-1] a message is stored and broadcast', async () => {
    const channelId = newChannel();
    const client = await chat.joined(channelId);
    client.emit('send_message', hello(channelId));
    const { id } = await client.next('messageBroadcast');
    expect(await stored(channelId)).toMatchObject([
      { id, channelId, text: 'Hello, how can I help you?', senderId: 'user-123' },
    ]);
  });

  test.each(FIELD_RULES)('%s takes what it should, and nothing else', async (title, rule) => {
    const field = title.split(' ')[1] ?? '';
    const channelId = newChannel();
    const client = await chat.joined(channelId);
    for (const value of rule.valid) {
      expect(await client.ask('send_message', hello(channelId, { [field]: value }))).toMatchObject({
        ok: true,
      });
    }
    for (const value of rule.invalid) {
      const { error } = await client.ask('send_message', hello(channelId, { [field]: value }));
      expect(error, JSON.stringify(value)).toMatchObject({ code: rule.code ?? 'INVALID_PAYLOAD' });
      expect(error?.message).toContain(`/${field}`);
    }
    if (rule.required) {
      const { [field]: _missing, ...rest } = hello(channelId);
      const { error } = await client.ask('send_message', rest);
      expect(error).toMatchObject({ code: 'INVALID_PAYLOAD', issues: [{ path: `/${field}` }] });
    }
    expect(await stored(channelId)).toHaveLength(rule.valid.length);
  });

  test('[SEND-9] [SEND-10] [SEND-12] everything a message says is kept', async () => {
    const channelId = newChannel();
    const client = await chat.joined(channelId);
    const content: Fields = {
      inReplyToMessageId: 'm-0',
      attachments: [attachment],
      metadata: { mood: 'good', tags: ['a'] },
    };
    await client.ask('send_message', hello(channelId, content));
    expect(await stored(channelId)).toMatchObject([content]);
  });

  test('[SEND-13] sending needs no join, but the channel must exist', async () => {
    const channelId = newChannel();
    const [sender, member] = await Promise.all([chat.connect(), chat.connect()]);
    sender.emit('send_message', hello(channelId));
    expect(await sender.next('messageError')).toMatchObject({ code: 'CHANNEL_NOT_FOUND' });
    await member.join(channelId);
    sender.emit('send_message', hello(channelId));
    expect(await sender.next('messageAck')).toMatchObject({ status: 'success' });
    expect(await member.next('messageBroadcast')).toMatchObject({ roomId: channelId });
  });

  test('[SEND-14] a resend gets the first result, and nothing is stored or broadcast anew', async () => {
    const channelId = newChannel();
    const [sender, member, elsewhere] = await Promise.all([
      chat.connect(),
      chat.joined(channelId),
      chat.connect(),
    ]);
    const message = hello(channelId, { messageId: 'm-1' });
    const first = await sender.ask('send_message', message);
    const again = await sender.ask('send_message', { ...message, text: 'Changed.' });
    const fromElsewhere = await elsewhere.ask('send_message', message);
    expect(first).toMatchObject({ ok: true, data: { messageId: expect.any(String) } });
    expect([again, fromElsewhere]).toEqual([first, first]);
    const acks = sender.all('messageAck');
    expect(acks).toHaveLength(2);
    expect(acks[1]).toEqual(acks[0]);
    await Promise.all([member.caughtUp(), elsewhere.caughtUp()]);
    expect(sender.all('messageBroadcast')).toHaveLength(1);
    expect(member.all('messageBroadcast')).toHaveLength(1);
    expect(elsewhere.all('messageBroadcast')).toEqual([]);
    expect(await stored(channelId)).toHaveLength(1);
  });

  test('[SEND-14] resends that are under way together are one message', async () => {
    const channelId = newChannel();
    const sender = await chat.joined(channelId);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => sender.ask('send_message', hello(channelId, { messageId: 'm-1' }))),
    );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(sender.all('messageBroadcast')).toHaveLength(1);
    expect(await stored(channelId)).toHaveLength(1);
  });

  test('[SEND-15] another channel, another entity or no messageId make another message', async () => {
    const [channelId, other] = [newChannel(), newChannel()];
    const sender = await chat.joined(channelId);
    await sender.join(other);
    const messages = [
      hello(channelId, { messageId: 'm-1' }),
      hello(other, { messageId: 'm-1' }),
      hello(channelId, { messageId: 'm-1', entityId: 'user-456' }),
      hello(channelId),
      hello(channelId),
    ];
    for (const message of messages) await sender.ask('send_message', message);
    const ids = sender.all('messageBroadcast').map(({ id }) => id);
    expect(new Set(ids).size).toBe(messages.length);
  });

  test('[SEND-16] messages of one connection keep their order', async () => {
    const channelId = newChannel();
    const [sender, member] = await Promise.all([chat.connect(), chat.joined(channelId)]);
    const texts = Array.from({ length: 50 }, (_, index) => `${index}`);
    for (const text of texts) sender.emit('send_message', hello(channelId, { text }));
    for (const _ of texts) await member.next('messageBroadcast');
    await sender.caughtUp();
    expect(member.all('messageBroadcast').map(({ text }) => text)).toEqual(texts);
    expect(sender.all('messageBroadcast').map(({ text }) => text)).toEqual(texts);
  });

  describe('a store that is slow with one message', () => {
    const memory = createMemoryStore();
    const held = createGate();
    const taking: Promise<void>[] = [held.opened];
    // The store numbers in the order of the calls, and its promises settle in that order.
    let last: Promise<unknown> = Promise.resolve();
    const appendMessage: Store['appendMessage'] = async (message) => {
      const before = last;
      const appended = memory.appendMessage(message);
      last = Promise.all([before, taking.shift()]);
      await last;
      return appended;
    };
    const slow = useChat({ store: { ...memory, appendMessage } }, transport);

    test('[SEND-16] messages keep their order, however long the store takes for each', async () => {
      const channelId = newChannel();
      const client = await slow.joined(channelId);
      for (const text of ['one', 'two']) client.emit('send_message', hello(channelId, { text }));
      await client.caughtUp();
      expect(client.timeline).toEqual(['ack heartbeat']);
      held.open();
      for (let count = 0; count < 2; count += 1) await client.next('messageAck');
      expect(client.all('messageBroadcast').map(({ text }) => text)).toEqual(['one', 'two']);
    });
  });

  test('[COMPAT-7] roomId does not stand in for channelId', async () => {
    const channelId = newChannel();
    const client = await chat.joined(channelId);
    const { channelId: roomId, ...rest } = hello(channelId);
    client.emit('send_message', { ...rest, roomId });
    expect(await client.next('messageError')).toMatchObject({ code: 'INVALID_PAYLOAD' });
    expect(await stored(channelId)).toEqual([]);
  });

  test('[COMPAT-8] fields that nobody knows are ignored', async () => {
    const channelId = newChannel();
    const client = await chat.joined(channelId);
    client.emit('send_message', hello(channelId, { future: { field: [1] }, id: 'mine', source: 'me' }));
    expect(await client.next('messageBroadcast')).toMatchObject({ source: 'socketio_client' });
    expect(await client.join(newChannel(), { future: 1 })).not.toHaveProperty('future');
    const filtered = await client.ask('set_log_filter', { level: 'warn', future: 1 });
    expect(filtered).toEqual({ ok: true, data: { level: 'warn' } });
  });
});
