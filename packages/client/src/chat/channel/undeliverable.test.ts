import { protocol } from '@wirepact/protocol';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { rejectionOf, untilState, useChatFixture } from '../../../test/chat-fixture';
import { createMemoryOutboxStorage } from '../../../test/memory-outbox-storage';
import { CHANNEL, failure, MESSAGE, OTHER_CHANNEL, success } from '../../../test/socket-server';
import type { Channel, SendOptions } from '../../index';

/** Messages that would take the connection down: what they are keeps them from being sent, or they fail alone. */

const fixture = useChatFixture();

const circle: Record<string, unknown> = {};
circle.self = circle;

const deep = (levels: number): object => (levels === 0 ? {} : { inner: deep(levels - 1) });

/** What no compiler keeps from being passed. */
const anything = (options: object) => options as SendOptions;

describe('a message that is too large, or not JSON', () => {
  test.each<[string, string, SendOptions]>([
    ['metadata of 5 MB', 'PAYLOAD_TOO_LARGE', { metadata: { text: 'x'.repeat(5_000_000) } }],
    ['deep metadata', 'PAYLOAD_TOO_LARGE', { metadata: { deep: deep(100) } }],
    ['wide metadata', 'PAYLOAD_TOO_LARGE', { metadata: Object.fromEntries(Array(1_000).fill(0).entries()) }],
    ['a Blob in an attachment', 'INVALID_PAYLOAD', { attachments: [attachmentWith(new Blob(['file']))] }],
    ['binary in an attachment', 'INVALID_PAYLOAD', { attachments: [attachmentWith(new Uint8Array(3))] }],
    ['a date', 'INVALID_PAYLOAD', { metadata: { at: new Date() } }],
    ['a number that is none', 'INVALID_PAYLOAD', { metadata: { score: Number.NaN } }],
    ['a number without an end', 'INVALID_PAYLOAD', { metadata: { score: Number.POSITIVE_INFINITY } }],
    ['a bigint', 'INVALID_PAYLOAD', { metadata: { id: 1n } }],
    ['a circle', 'INVALID_PAYLOAD', { metadata: circle }],
    ['a function', 'INVALID_PAYLOAD', { metadata: { toJSON: () => 'x' } }],
    ['a Map', 'INVALID_PAYLOAD', anything({ metadata: new Map() })],
  ])('[B5] as one with %s, is refused before anything is sent or shown: %s', async (_, code, options) => {
    const storage = createMemoryOutboxStorage();
    const chat = fixture.client({ outbox: { storage } });
    const channel = await chat.join(CHANNEL);
    expect(await rejectionOf(channel.send('Hello!', options))).toMatchObject({ code, retryable: false });
    const request = { channelId: CHANNEL, serverId: CHANNEL, entityId: 'me', text: 'Hello!', ...options };
    expect(await rejectionOf(chat.request('send_message', request))).toMatchObject({ code });
    expect(channel.view.get().messages).toEqual([]);
    expect(storage.kept.size).toBe(0);
    await channel.send('Still here.');
    expect(fixture.server.events).toEqual(['join_channel', 'send_message']);
    expect(fixture.server.sockets).toHaveLength(1);
  });

  test('[B5] is found out for every event, a join as well', async () => {
    const chat = fixture.client();
    const metadata = { text: 'x'.repeat(5_000_000) };
    expect(await rejectionOf(chat.join(CHANNEL, { metadata }))).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    const channel = await chat.join(CHANNEL);
    const topic = { topic: 'x', more: metadata };
    expect(await rejectionOf(channel.update(topic))).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    expect(fixture.server.events).toEqual(['join_channel']);
  });

  test('[B5] from the storage, where an earlier version put it, is shown as failed and never sent', async () => {
    const payload = {
      channelId: CHANNEL,
      serverId: CHANNEL,
      entityId: 'user-123',
      text: 'Hello!',
      messageId: 'mine',
    };
    const id = JSON.stringify([CHANNEL, 'user-123', 'mine']);
    const large = { ...payload, metadata: { text: 'x'.repeat(5_000_000) } };
    const storage = createMemoryOutboxStorage([[id, { version: 1, id, order: 1, payload: large }]]);
    const channel = await fixture.client({ outbox: { storage } }).join(CHANNEL);
    expect(channel.view.get().messages).toMatchObject([
      { text: 'Hello!', status: 'failed', error: { code: 'PAYLOAD_TOO_LARGE' } },
    ]);
    await channel.send('Another.');
    expect(fixture.server.events).toEqual(['join_channel', 'send_message']);
  });
});

test('[B5] a message is checked once, however often it is sent', async () => {
  const check = vi.spyOn(protocol.clientToServer.send_message.payload, 'check');
  onTestFinished(() => check.mockRestore());
  const { answers } = fixture.server;
  answers.send_message = () =>
    fixture.server.payloadsOf('send_message').length < 4
      ? failure('STORE_UNAVAILABLE', { retryable: true })
      : success({ messageId: MESSAGE, createdAt: 1 });
  const channel = await fixture.client().join(CHANNEL);
  await channel.send('Hello!');
  expect(fixture.server.payloadsOf('send_message')).toHaveLength(4);
  expect(check).toHaveBeenCalledOnce();
});

test('[B5] what is changed after it was sent is sent as it was', async () => {
  const chat = fixture.client();
  const channel = await chat.join(CHANNEL);
  chat.disconnect();
  const metadata: Record<string, unknown> = { count: 1 };
  const sending = channel.send('Hello!', { metadata });
  metadata.count = new Blob(['later']);
  const filter: { category?: string } = { category: 'one' };
  await chat.connect();
  const requesting = chat.request('set_log_filter', filter);
  filter.category = 'two';
  await Promise.all([sending, requesting]);
  expect(fixture.server.payloadsOf('send_message')).toMatchObject([{ metadata: { count: 1 } }]);
  expect(fixture.server.payloadsOf('set_log_filter')).toEqual([{ category: 'one' }]);
});

describe('a message that ends every connection', () => {
  /** The server, or a proxy before it, cuts the connection off on which a poisoned message comes. */
  const poison = () => {
    fixture.server.answers.send_message = ({ text }, socket) => {
      if (text !== 'poison') return success({ messageId: MESSAGE, createdAt: 1 });
      socket.conn.close();
      return undefined;
    };
  };
  const poisoned = () => fixture.server.payloadsOf('send_message').filter(({ text }) => text === 'poison');
  const statuses = (channel: Channel) =>
    channel.view.get().messages.map(({ text, status }) => `${text} ${status}`);

  test('[B5] fails alone after some of them, and everything else goes on', async () => {
    poison();
    const chat = fixture.client();
    const [channel, other] = await Promise.all([chat.join(CHANNEL), chat.join(OTHER_CHANNEL)]);
    const sending = rejectionOf(channel.send('poison'));
    const behind = channel.send('behind');
    await other.send('in another channel');
    expect(await sending).toMatchObject({ code: 'UNDELIVERABLE', retryable: false });
    await behind;
    expect(poisoned()).toHaveLength(5);
    expect(statuses(channel)).toEqual(['behind sent', 'poison failed']);
    const { sockets } = fixture.server;
    await chat.request('heartbeat');
    expect(sockets).toHaveLength(6);
  });

  test('[B5] fails alone, whatever else is lost with it on every connection', async () => {
    const { answers } = fixture.server;
    /** An answer that does not come before the next packet has. */
    const later = (data: object) => new Promise((resolve) => setImmediate(() => resolve(success(data))));
    answers.list_messages = () => later({ messages: [], hasMore: false, epoch: 'one', seq: 0 });
    answers.send_message = ({ text }, socket) => {
      if (text !== 'poison') return later({ messageId: MESSAGE, createdAt: 1 });
      socket.conn.close();
      return undefined;
    };
    const chat = fixture.client();
    const ids = [0, 1, 2, 3].map((digit) => CHANNEL.replace(/.$/, String(digit)));
    const [first, ...others] = await Promise.all(ids.map((id) => chat.join(id)));
    chat.disconnect();
    const innocent = others.map((channel) => channel.send('innocent'));
    const sending = first?.send('poison').catch((error: unknown) => error);
    const connecting = chat.connect();
    innocent.push(...others.map((channel) => channel.send('innocent')));
    const loading = others.map((channel) => channel.loadOlder());
    await connecting;
    expect(await sending).toMatchObject({ code: 'UNDELIVERABLE' });
    expect(await Promise.all(innocent)).toHaveLength(6);
    await Promise.all(loading);
    expect(poisoned()).toHaveLength(5);
  });

  test('[B5] is counted over reloads of the page, and keeps its place', async () => {
    poison();
    const storage = createMemoryOutboxStorage();
    const first = fixture.client({ outbox: { storage } });
    const before = await first.join(CHANNEL);
    for (const text of ['poison', 'behind']) before.send(text).catch(() => {});
    await fixture.server.until(() => poisoned().length === 3);
    await untilState(first.connection, ({ status }) => status !== 'connected');
    await untilState(first.connection, ({ status }) => status === 'connected');
    first.close();
    const sentBefore = poisoned().length;
    expect([...storage.kept.values()]).toMatchObject([
      { losses: expect.any(Number), payload: { text: 'poison' } },
      { payload: { text: 'behind' } },
    ]);
    const channel = await fixture.client({ outbox: { storage } }).join(CHANNEL);
    await untilState(channel.view, ({ messages }) => messages.every(({ status }) => status !== 'pending'));
    expect(statuses(channel)).toEqual(['behind sent', 'poison failed']);
    expect(poisoned().length).toBeLessThanOrEqual(6);
    expect(sentBefore).toBeGreaterThanOrEqual(3);
    await expect.poll(() => [...storage.kept.values()]).toMatchObject([{ error: { code: 'UNDELIVERABLE' } }]);
  });

  test('[B5] as a join, or a request for history, is given up as well', async () => {
    const { answers } = fixture.server;
    const cut: (typeof answers)[string] = (_payload, socket) => {
      socket.conn.close();
      return undefined;
    };
    const chat = fixture.client();
    const channel = await chat.join(CHANNEL);
    answers.list_messages = cut;
    expect(await rejectionOf(channel.loadOlder())).toMatchObject({ code: 'UNDELIVERABLE' });
    answers.join_channel = (payload, socket) =>
      payload.channelId === CHANNEL ? success({ channelId: CHANNEL }) : cut(payload, socket);
    expect(await rejectionOf(chat.join(OTHER_CHANNEL))).toMatchObject({ code: 'UNDELIVERABLE' });
    expect(fixture.server.payloadsOf('list_messages')).toHaveLength(5);
    await channel.send('Still here.');
  });
});

/** An attachment with something in it that JSON does not have. */
function attachmentWith(file: unknown) {
  return { url: 'https://example.org/a.png', type: 'image/png', file };
}
