import type { ContractEvent } from '@wirepact/contract/runtime';
import { type ErrorCode, errors } from '@wirepact/protocol';
import { protocol as definition } from '@wirepact/protocol/definition';
import { createMemoryStore } from '@wirepact/server';
import { beforeAll, describe, expect, test } from 'vitest';
import { badInputsOf, SAMPLES } from './bad-inputs';
import { createAgent, hello, newChannel, useChat } from './chat-fixture';
import type { Answer, SeedClient } from './seed-client';
import { watchChanges } from './watched-store';

/** Stands for whatever a host’s code may have in its errors. */
const MARKER = 'SELECT password FROM users';

const knownCodes = new Map<unknown, (typeof errors)[ErrorCode]>(Object.entries(errors));

/** The last messageError and the acknowledgement say the same, and the connection is alive. */
async function expectFailure(client: SeedClient, { ok, error }: Answer): Promise<string> {
  const told = client.all('messageError').at(-1);
  expect(ok).toBe(false);
  expect(error?.message).toMatch(/\w/);
  expect(told?.error).toBe(error?.message);
  expect(told?.code).toBe(error?.code);
  const definition = knownCodes.get(error?.code);
  expect(definition, `${error?.code} in the registry`).toBeDefined();
  expect(error?.retryable).toBe(definition?.retryable);
  expect(await client.ask('heartbeat')).toMatchObject({ ok: true });
  return String(error?.code);
}

/** Names of all fields of a schema, however it is put together. */
const fieldsOf = (schema: unknown): string[] => {
  const { properties = {}, allOf = [] } = Object(schema);
  return [...new Set([...Object.keys(properties), ...allOf.flatMap(fieldsOf)])];
};

describe('samples', () => {
  const definitions: [string, ContractEvent][] = Object.entries(definition.clientToServer);
  const withPayload = definitions.filter(([, { payload }]) => payload);

  test.each(withPayload)('there are some for every field of %s', (event, { payload }) => {
    expect(Object.keys(SAMPLES[event]?.wrong ?? {}).sort()).toEqual(
      fieldsOf(payload?.declaration?.json).sort(),
    );
  });
});

describe('a payload that is wrong', () => {
  /** What the store was given to keep or to change. */
  const stored: unknown[] = [];
  const store = watchChanges(createMemoryStore(), (change) => stored.push(change));
  const chat = useChat({ store, authorize: () => true });
  let client: SeedClient;
  beforeAll(async () => {
    client = await chat.connect();
  });

  const inputs = Object.entries(SAMPLES).flatMap(([event, sample]) =>
    badInputsOf(sample).map(({ name, ...input }) => [event, name, input] as const),
  );

  test.each(inputs)('[ERR-10] [ERR-16] [ERR-18] %s: %s', async (event, _name, { payload, refusal }) => {
    const code = await expectFailure(client, await client.ask(event, payload));
    expect(code).toMatch(refusal);
    expect(stored).toEqual([]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test.each(Object.keys(SAMPLES))('[ERR-10] %s: no payload', async (event) => {
    expect(await expectFailure(client, await client.ask(event))).toBe('INVALID_PAYLOAD');
    client.emit(event);
    await client.caughtUp();
    expect(client.all('messageError').at(-1)).toMatchObject({ event, code: 'INVALID_PAYLOAD' });
    expect(stored).toEqual([]);
  });

  test.each(['error', '__proto__', 'constructor', 'toString', 'valueOf', '0', 'no_such_event'])(
    '[ERR-10] [ERR-11] an unknown event is acknowledged: %s',
    async (event) => {
      const settled: unknown = await Promise.race([
        client.socket.emitWithAck(event, { messageId: 'm-1' }),
        client.caughtUp().then(() => 'nothing, though a later event was answered'),
      ]);
      expect(settled).toMatchObject({ ok: false, error: { code: 'UNKNOWN_EVENT' } });
    },
  );

  test('[ACK-10] an acknowledgement that is not a function is not called', async () => {
    client.emit('subscribe_logs', 'no function', { nor: 'this' });
    await client.caughtUp();
    expect(client.timeline).toContain('log_subscription_confirmed');
  });

  test('[ERR-16] after all this the same connection joins and sends', async () => {
    const channelId = newChannel();
    expect(await client.join(channelId)).toMatchObject({ channelId });
    expect(await client.ask('send_message', hello(channelId))).toMatchObject({ ok: true });
    expect(stored).toHaveLength(2);
  });
});

/** Ways in which a store fails, by name. */
const FAILURES: Record<string, () => Promise<never>> = {
  rejects: () => Promise.reject(new Error(MARKER)),
  throws: () => {
    throw new Error(MARKER);
  },
  'rejects with what is no error': () => Promise.reject(MARKER),
  'has an error of many parts': () =>
    Promise.reject(
      Object.assign(new AggregateError([new Error(MARKER)], MARKER), { code: MARKER, sql: MARKER }),
    ),
};

/** No part of what the client was ever sent has the marker, or a stack. */
function expectNoSecrets({ transcript, answers }: SeedClient): void {
  const told = JSON.stringify([transcript, answers]);
  expect(told).not.toContain(MARKER);
  expect(told).not.toMatch(/\.[jt]s:\d+/);
}

describe.each(Object.entries(FAILURES))('a store that %s', (_name, fail) => {
  const broken = { append: false, create: false };
  const memory = createMemoryStore();
  const chat = useChat({
    store: {
      ...memory,
      createChannel: (channel) => (broken.create ? fail() : memory.createChannel(channel)),
      appendMessage: (message) => (broken.append ? fail() : memory.appendMessage(message)),
    },
  });

  test('[ERR-15] [ERR-10] is INTERNAL to the sender, who learns nothing of it', async () => {
    const channelId = newChannel();
    const [client, member] = await Promise.all([chat.joined(channelId), chat.joined(channelId)]);
    Object.assign(broken, { append: true, create: true });
    const sent = await client.ask('send_message', hello(channelId, { messageId: 'm-1' }));
    expect(await expectFailure(client, sent)).toBe('INTERNAL');
    expect(client.all('messageError')[0]).toMatchObject({ clientMessageId: 'm-1', retryable: true });
    const joined = await client.ask('join_channel', { channelId: newChannel() });
    expect(await expectFailure(client, joined)).toBe('INTERNAL');
    await member.caughtUp();
    expect(member.timeline).toEqual(['ack heartbeat']);
    expect(client.timeline).not.toContain('channel_joined');
    expect((await memory.listMessages(channelId, { limit: 9 })).messages).toEqual([]);
    expectNoSecrets(client);
    Object.assign(broken, { append: false, create: false });
    const retried = await client.ask('send_message', hello(channelId, { messageId: 'm-1' }));
    expect(retried).toMatchObject({ ok: true });
  });
});

describe('other code of the host that throws', () => {
  const agent = createAgent('Broken', () => {
    throw new Error(MARKER);
  });
  const chat = useChat({
    agents: [agent],
    authorize: ({ event }) => {
      if (event === 'set_log_filter') throw new Error(MARKER);
      return true;
    },
  });

  test('[ERR-15] [AGENT-7] an agent', async () => {
    const channelId = newChannel();
    const client = await chat.joined(channelId);
    client.emit('send_message', hello(channelId));
    await client.next('messageComplete');
    expect(client.all('messageError')).toMatchObject([{ code: 'AGENT_FAILED' }]);
    expectNoSecrets(client);
  });

  test('[ERR-23] [ERR-15] authorize', async () => {
    const client = await chat.connect();
    expect(await expectFailure(client, await client.ask('set_log_filter', {}))).toBe('UNAVAILABLE');
    expectNoSecrets(client);
  });
});

describe('a packet that Socket.IO refuses', () => {
  const chat = useChat();
  const nested = `${'['.repeat(20_000)}{"_placeholder":true,"num":0}${']'.repeat(20_000)}`;

  test.each([
    ['reserved names', ['2["disconnect",{}]']],
    ['no name', ['2[]']],
    ['no array', ['2{"channelId":1}']],
    ['no JSON', ['2["join_channel",{']],
    ['no type', ['9["join_channel",{}]']],
    ['an attachment that is not there', ['51-["join_channel",{"_placeholder":true,"num":7}]', Buffer.of(1)]],
    ['binary, very deep', [`51-["join_channel",${nested}]`, Buffer.of(1)]],
    ['binary out of nowhere', [Buffer.of(1)]],
  ])('[ERR-20] ends its connection, and no other: %s', async (_name, packets) => {
    const channelId = newChannel();
    const [bad, good] = await Promise.all([chat.joined(channelId), chat.joined(channelId)]);
    const ended = new Promise((resolve) => bad.socket.once('disconnect', resolve));
    for (const packet of packets) bad.socket.io.engine.write(packet);
    expect(await ended).toBeTypeOf('string');
    expect(await good.ask('send_message', hello(channelId))).toMatchObject({ ok: true });
    expect(bad.timeline).toEqual(['connection_ended']);
  });
});
