import { describe, expect, test } from 'vitest';
import { hello, newChannel, TRANSPORTS, useChat } from './chat-fixture';

/** An event of each kind that cannot succeed. */
const FAILING: [string, unknown][] = [
  ['join_channel', {}],
  ['send_message', {}],
  ['set_log_filter', { level: 'loud' }],
  ['leave_channel', {}],
  ['list_messages', { channelId: newChannel(), limit: 0 }],
  ['delete_message', { channelId: newChannel() }],
  ['clear_channel', {}],
  ['update_channel', { channelId: newChannel() }],
  ['delete_channel', {}],
];

/** The least that an event takes, with nothing wrong. */
function minimal(event: string, channelId: string): object {
  if (event === 'send_message') return hello(channelId);
  if (event === 'set_log_filter') return {};
  return event === 'update_channel' ? { channelId, updates: {} } : { channelId };
}

/** An object with `count` properties. */
const wide = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 0]));

/** An object that is `levels` deep, itself included. */
const deep = (levels: number): object => (levels === 1 ? {} : { a: deep(levels - 1) });

describe.each(TRANSPORTS)('over $name', ({ transport }) => {
  const chat = useChat({ authorize: () => true }, transport);

  test.each(FAILING)(
    '[ERR-1] [ERR-2] where %s fails, the sender and nobody else gets messageError',
    async (event, payload) => {
      const channelId = newChannel();
      const [sender, member] = await Promise.all([chat.joined(channelId), chat.joined(channelId)]);
      sender.emit(event, payload);
      const error = await sender.next('messageError');
      expect(error.error).toMatch(/\w/);
      expect(error).toMatchObject({ event, code: 'INVALID_PAYLOAD', retryable: false });
      await member.caughtUp();
      expect(member.timeline).toEqual(['ack heartbeat']);
    },
  );

  test.each([
    ['an invalid payload', hello('lobby', { messageId: 'm-1' }), 'm-1'],
    ['no channel', hello(newChannel(), { messageId: 'm-2' }), 'm-2'],
    ['one of the longest', hello('lobby', { messageId: 'x'.repeat(256) }), 'x'.repeat(256)],
    ['one of the longest, in emoji', hello('lobby', { messageId: '😀'.repeat(256) }), '😀'.repeat(256)],
    ['none', hello('lobby'), undefined],
    ['one too long', hello('lobby', { messageId: 'x'.repeat(257) }), undefined],
    ['a number', hello('lobby', { messageId: 7 }), undefined],
    ['an array', [{ messageId: 'm-3' }], undefined],
  ])('[ERR-3] clientMessageId comes back where it can: %s', async (_name, payload, clientMessageId) => {
    const client = await chat.connect();
    client.emit('send_message', payload);
    const error = await client.next('messageError');
    expect(error.clientMessageId).toBe(clientMessageId);
    expect('clientMessageId' in error).toBe(clientMessageId !== undefined);
  });

  test('[ERR-3] [E11] the messageId of a refused delete_message is the server’s, and does not come back as the client’s', async () => {
    const client = await chat.joined(newChannel());
    await client.ask('delete_message', { channelId: newChannel(), messageId: newChannel() });
    expect(await client.next('messageError')).not.toHaveProperty('clientMessageId');
  });

  test.each(['channelId', 'serverId', 'text', 'entityId'])(
    '[ERR-4] a missing %s is INVALID_PAYLOAD, and named',
    async (field) => {
      const { [field]: _missing, ...rest } = hello(newChannel());
      const client = await chat.connect();
      client.emit('send_message', rest);
      const error = await client.next('messageError');
      expect(error).toMatchObject({ code: 'INVALID_PAYLOAD', issues: [{ path: `/${field}` }] });
      expect(error.error).toContain(field);
    },
  );

  test('[ERR-5] what is no UUID is INVALID_UUID, and INVALID_PAYLOAD where more is wrong', async () => {
    const client = await chat.connect();
    const send = (fields: object) => client.ask('send_message', { ...hello(newChannel()), ...fields });
    const both = { channelId: 'lobby', serverId: 'main' };
    expect((await send({ serverId: 'main' })).error).toMatchObject({
      code: 'INVALID_UUID',
      issues: [{ path: '/serverId' }],
    });
    const { error } = await send(both);
    expect(error).toMatchObject({ code: 'INVALID_UUID' });
    expect(error?.issues).toHaveLength(2);
    expect((await send({ ...both, text: '' })).error).toMatchObject({ code: 'INVALID_PAYLOAD' });
  });

  test.each([
    ...['sendMessage', 'JOIN_CHANNEL', 'messageBroadcast', 'connection_established', '', '7', 'error'],
    ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'join_channel ', 'x'.repeat(10_000)],
  ])('[ERR-11] an event that does not exist is UNKNOWN_EVENT: %s', async (event) => {
    const client = await chat.connect();
    client.socket.emit(event, hello(newChannel(), { messageId: 'm-1' }));
    // An event that must be answered follows, so that nothing has to be waited for in vain.
    await client.caughtUp();
    expect(client.all('messageError')).toEqual([
      {
        ...{ error: expect.stringMatching(/\w/), code: 'UNKNOWN_EVENT', retryable: false },
        ...{ event: event.slice(0, 100), clientMessageId: 'm-1' },
      },
    ]);
  });

  test.each([
    ['no object', 'text', '', 'type'],
    ['a wrong type', { ...hello(newChannel()), text: 7 }, '/text', 'type'],
    ['too long', { ...hello(newChannel()), text: 'x'.repeat(65_537) }, '/text', 'maxLength'],
    ['too short', { ...hello(newChannel()), entityId: '' }, '/entityId', 'minLength'],
    ['inside', { ...hello(newChannel()), attachments: [{ url: 'u' }] }, '/attachments/0/type', 'required'],
  ])('[ERR-12] issues say where and what is wrong: %s', async (_name, payload, path, keyword) => {
    const client = await chat.connect();
    client.emit('send_message', payload);
    const error = await client.next('messageError');
    expect(error).toMatchObject({ code: 'INVALID_PAYLOAD', issues: [{ path, keyword }] });
    expect(error.issues).toEqual([{ path, keyword, message: expect.stringMatching(/\w/) }]);
  });

  test.each([
    ['join_channel', { maxDepth: 8, maxProperties: 64, maxSize: 16_384 }],
    ['send_message', { maxDepth: 12, maxProperties: 64, maxSize: 262_144 }],
    ['set_log_filter', { maxDepth: 2, maxProperties: 16, maxSize: 2_048 }],
    ['list_messages', { maxDepth: 2, maxProperties: 16, maxSize: 1_024 }],
    ['update_channel', { maxDepth: 10, maxProperties: 64, maxSize: 32_768 }],
    ['leave_channel', { maxDepth: 16, maxProperties: 128, maxSize: 131_072 }],
    ['clear_channel', { maxDepth: 16, maxProperties: 128, maxSize: 131_072 }],
  ])('[ERR-13] %s takes payloads up to its bounds', async (event, { maxDepth, maxProperties, maxSize }) => {
    const channelId = newChannel();
    const client = await chat.joined(channelId);
    const payload = minimal(event, channelId);
    const own = Object.keys(payload).length;
    const ask = (extra: object) => client.ask(event, { ...payload, ...extra });
    expect(await ask({ x: deep(maxDepth - 1) })).toMatchObject({ ok: true });
    expect(await ask(wide(maxProperties - own))).toMatchObject({ ok: true });
    expect(await ask({ x: 'x'.repeat(maxSize - 512) })).toMatchObject({ ok: true });
    const tooLarge = [{ x: deep(maxDepth) }, wide(maxProperties - own + 1), { x: 'x'.repeat(maxSize) }];
    for (const extra of tooLarge) {
      expect(await ask(extra)).toMatchObject({ ok: false, error: { code: 'PAYLOAD_TOO_LARGE' } });
    }
  });

  test.each([
    ['__proto__ at the top', JSON.parse('{"__proto__":{"admin":true}}')],
    ['__proto__ inside', { metadata: JSON.parse('{"a":[{"__proto__":1}]}') }],
    ['constructor.prototype', { metadata: { constructor: { prototype: {} } } }],
  ])('[ERR-14] %s is INVALID_PAYLOAD', async (_name, evil) => {
    const channelId = newChannel();
    const client = await chat.joined(channelId);
    const answer = await client.ask('send_message', withOwn(hello(channelId), evil));
    expect(answer).toMatchObject({ ok: false, error: { code: 'INVALID_PAYLOAD' } });
    expect(await chat.server.messages.list(channelId, { limit: 1 })).toEqual([]);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  test.each([
    ['at the top', () => Buffer.from('x')],
    ['inside', (payload: object) => ({ ...payload, metadata: { file: Buffer.from('x') } })],
    ['in a field nobody knows', (payload: object) => ({ ...payload, future: new Uint8Array(4) })],
  ])('[ERR-14] [CONN-12] [B11] binary %s ends the connection, which is told why', async (_place, spoil) => {
    const channelId = newChannel();
    const [client, other] = await Promise.all([chat.joined(channelId), chat.joined(channelId)]);
    const ended = new Promise((resolve) => client.socket.once('disconnect', resolve));
    client.emit('send_message', spoil(hello(channelId)));
    const reason = { reason: 'INVALID_PACKET', message: expect.stringMatching(/\w/), reconnect: false };
    expect(await client.next('connection_ended')).toEqual(reason);
    await ended;
    await other.caughtUp();
    expect(other.timeline).not.toContain('messageBroadcast');
  });

  test('[ERR-16] an event that failed has changed nothing', async () => {
    const channelId = newChannel();
    const [member, client] = await Promise.all([chat.joined(channelId), chat.connect()]);
    await client.ask('join_channel', { channelId, agentId: 'eliza' });
    await client.ask('send_message', hello(channelId, { text: '' }));
    await member.ask('send_message', hello(channelId, { text: 'after' }));
    await client.caughtUp();
    expect(client.timeline).not.toContain('messageBroadcast');
    expect(member.all('messageBroadcast')).toMatchObject([{ text: 'after' }]);
    expect(await chat.server.messages.list(channelId, { limit: 9 })).toHaveLength(1);
    expect(await client.join(channelId)).toMatchObject({ channelId });
  });

  test.each([
    ['a name of 1 MB', { ['k'.repeat(1_000_000)]: 1 }],
    ['a text of 1 MB', { text: 'x'.repeat(1_000_000) }],
    [
      'a long name around what is wrong',
      { metadata: { ['k'.repeat(50_000)]: JSON.parse('{"__proto__":1}') } },
    ],
    ['many wrong attachments', { attachments: Array(32).fill(7) }],
  ])('[ERR-19] an error is short: %s', async (_name, extra) => {
    const client = await chat.connect();
    const { error } = await client.ask('send_message', hello(newChannel(), extra));
    expect(error?.code).toMatch(/^(PAYLOAD_TOO_LARGE|INVALID_PAYLOAD)$/);
    const told = JSON.stringify([error, client.all('messageError')]);
    expect(told.length).toBeLessThan(65_536);
  });
});

/** `target` with the own properties of `source`, `__proto__` as a property like any other. */
function withOwn(target: object, source: object): object {
  const merged = { ...target };
  for (const [name, value] of Object.entries(source)) {
    Object.defineProperty(merged, name, { value, enumerable: true });
  }
  return merged;
}
