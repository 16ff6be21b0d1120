import { defineEvent, extendContract } from '@wirepact/contract';
import { protocol } from '@wirepact/protocol';
import * as Type from 'typebox';
import { expect, onTestFinished, test } from 'vitest';
import { createChatServer, createMemoryStore, type Store } from '../index';
import { createKeptLog } from '../runtime/test-log';
import { CHANNEL, connect, hello, join, record, silent, startChat } from './test-chat';

const codeOf = (answer: unknown): unknown => Object(answer).error?.code ?? 'ok';
const countCodes = (answers: unknown[]) => {
  const counts: Record<string, number> = {};
  for (const code of answers.map(codeOf)) counts[String(code)] = (counts[String(code)] ?? 0) + 1;
  return counts;
};

/** An `authorize` that lets everything wait until it is released, with what it was asked about. */
function createSlowAuthorize(event = 'send_message') {
  const texts: unknown[] = [];
  const releases: (() => void)[] = [];
  return {
    texts,
    releaseAll: () => {
      for (const release of releases.splice(0)) release();
    },
    authorize: (attempt: { event: string; payload: unknown }) => {
      if (attempt.event !== event) return true;
      texts.push(Object(attempt.payload).text);
      return new Promise<boolean>((resolve) => releases.push(() => resolve(true)));
    },
  };
}

test('[B6] what comes while `authorize` takes its time is checked and counted on arrival', async () => {
  const { authorize, texts, releaseAll } = createSlowAuthorize();
  const { url } = await startChat({ authorize, rateLimit: { points: 5 } });
  const client = await join(url);
  const first = client.ask('send_message', hello({ text: 'first' }));
  const tooLarge = client.ask('send_message', hello({ metadata: { a: 'x'.repeat(300_000) } }));
  const invalid = client.ask('send_message', hello({ text: 7 }));
  const second = client.ask('send_message', hello({ text: 'second' }));
  const over = Array.from({ length: 20 }, () => client.ask('send_message', hello({ text: 'over' })));
  // All of these are answered while the first one still waits.
  expect(codeOf(await tooLarge)).toBe('PAYLOAD_TOO_LARGE');
  expect(codeOf(await invalid)).toBe('INVALID_PAYLOAD');
  expect(countCodes(await Promise.all(over))).toEqual({ RATE_LIMITED: 20 });
  expect(texts).toEqual(['first', 'second']);
  releaseAll();
  expect([codeOf(await first), codeOf(await second)]).toEqual(['ok', 'ok']);
});

test('[ERR-21] [B6] so many events of a connection may wait, and others are told to try again', async () => {
  const { authorize, texts, releaseAll } = createSlowAuthorize();
  const { chat, url } = await startChat({ authorize, maxPendingEvents: 10 });
  const [client, other] = [await join(url), await join(url)];
  const asked = Array.from({ length: 30 }, (_, index) =>
    client.ask('send_message', hello({ text: `${index}` })),
  );
  const refused = await Promise.all(asked.slice(10));
  expect(refused[0]).toMatchObject({ error: { code: 'OVERLOADED', retryable: true } });
  expect(countCodes(refused)).toEqual({ OVERLOADED: 20 });
  expect(texts).toHaveLength(10);
  expect(await other.ask('set_log_filter', {})).toMatchObject({ ok: true });
  releaseAll();
  expect(countCodes(await Promise.all(asked.slice(0, 10)))).toEqual({ ok: 10 });
  const again = client.ask('send_message', hello({ text: 'again' }));
  await expect.poll(() => texts.length).toBe(11);
  releaseAll();
  expect(codeOf(await again)).toBe('ok');
  const kept = (await chat.messages.list(CHANNEL, { limit: 50 })).map(({ text }) => text);
  expect(kept).toEqual([...Array(10).keys(), 'again'].map(String));
});

test('[B6] so much of them may wait, however few they are; one alone is always taken', async () => {
  const { authorize, releaseAll, texts } = createSlowAuthorize();
  const { url } = await startChat({ authorize, maxPendingSize: 100_000 });
  const client = await join(url);
  const large = hello({ text: 'x'.repeat(60_000), metadata: { more: 'y'.repeat(60_000) } });
  const alone = client.ask('send_message', large);
  const small = client.ask('send_message', hello());
  expect(codeOf(await client.ask('send_message', large))).toBe('OVERLOADED');
  expect(texts).toHaveLength(2);
  releaseAll();
  expect([codeOf(await alone), codeOf(await small)]).toEqual(['ok', 'ok']);
});

test('[C0c] events that wait for the store count among them', async () => {
  const memory = createMemoryStore();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const appendMessage: Store['appendMessage'] = async (message) => {
    await held;
    return memory.appendMessage(message);
  };
  const { url } = await startChat({ store: { ...memory, appendMessage }, maxPendingEvents: 4 });
  const client = await join(url);
  const asked = Array.from({ length: 6 }, () => client.ask('send_message', hello()));
  expect(countCodes(await Promise.all(asked.slice(4)))).toEqual({ OVERLOADED: 2 });
  release();
  expect(countCodes(await Promise.all(asked.slice(0, 4)))).toEqual({ ok: 4 });
});

test('handlers start in the order of arrival, whatever `authorize` answers first', async () => {
  const releases = new Map<unknown, (isAllowed: boolean) => void>();
  const { chat, url } = await startChat({
    authorize: ({ event, payload }) =>
      event !== 'send_message' ||
      Object(payload).text === 'no wait' ||
      new Promise<boolean>((resolve) => releases.set(Object(payload).text, resolve)),
  });
  const client = await join(url);
  const texts = ['one', 'two', 'no wait', 'three'];
  const asked = texts.map((text) => client.ask('send_message', hello({ text })));
  await expect.poll(() => releases.size).toBe(3);
  for (const [text, isAllowed] of [
    ['three', true],
    ['two', false],
  ] as const)
    releases.get(text)?.(isAllowed);
  // The refusal does not wait for its turn; what is allowed does.
  expect(codeOf(await asked[1])).toBe('FORBIDDEN');
  expect(await chat.messages.list(CHANNEL, { limit: 9 })).toEqual([]);
  releases.get('one')?.(true);
  expect(countCodes(await Promise.all(asked))).toEqual({ ok: 3, FORBIDDEN: 1 });
  const kept = (await chat.messages.list(CHANNEL, { limit: 9 })).map(({ text }) => text);
  expect(kept).toEqual(['one', 'no wait', 'three']);
});

test('[ERR-23] [C0c] an `authorize` that never answers is an outage after `hookTimeoutMs`; what it says later is ignored', async () => {
  const { logger, lines } = createKeptLog();
  const late: ((isAllowed: boolean) => void)[] = [];
  const { chat, url } = await startChat({
    logger,
    hookTimeoutMs: 50,
    authorize: ({ event }) =>
      event !== 'send_message' ||
      new Promise((resolve, reject) =>
        late.push((isAllowed) => (isAllowed ? resolve(true) : reject(new Error('too late')))),
      ),
  });
  const client = await join(url);
  const answers = await Promise.all(
    [1, 2, 3].map((number) => client.ask('send_message', hello({ text: `${number}` }))),
  );
  for (const answer of answers)
    expect(answer).toMatchObject({ ok: false, error: { code: 'UNAVAILABLE', retryable: true } });
  late[0]?.(true);
  late[1]?.(false);
  expect(await client.ask('set_log_filter', {})).toMatchObject({ ok: true });
  expect(await chat.messages.list(CHANNEL, { limit: 1 })).toEqual([]);
  expect(lines.filter(({ msg }) => msg.includes('authorize failed for send_message'))).toHaveLength(3);
});

test('[C0c] an `authenticate` that never answers is an outage', async () => {
  const { logger, lines } = createKeptLog();
  const { url } = await startChat({ logger, hookTimeoutMs: 50, authenticate: () => new Promise(() => {}) });
  const refusal = await new Promise<Error & { data?: unknown }>((resolve) =>
    record(url).socket.once('connect_error', resolve),
  );
  expect(refusal.data).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
  expect(lines.map(({ msg }) => msg)).toContainEqual(expect.stringContaining('authenticate failed'));
});

const slow = extendContract(protocol, {
  name: 'slow',
  version: '1.0.0',
  clientToServer: {
    take_time: defineEvent({
      description: 'Wait.',
      payload: Type.Object({ rejects: Type.Boolean() }),
      reply: Type.Object({ done: Type.Boolean() }),
    }),
  },
});

test('[C0c] a handler of the host’s that never answers is an outage; what it says later is ignored', async () => {
  const late: (() => void)[] = [];
  const chat = createChatServer({
    logger: silent,
    rateLimit: false,
    hookTimeoutMs: 50,
    extension: {
      contract: slow,
      handlers: {
        take_time: (_context, { rejects }) =>
          new Promise((resolve, reject) =>
            late.push(() => (rejects ? reject(new Error('too late')) : resolve({ done: true }))),
          ),
      },
    },
  });
  onTestFinished(() => chat.close());
  const client = await connect((await chat.listen(0, '127.0.0.1')).url);
  const answers = await Promise.all([true, false].map((rejects) => client.ask('take_time', { rejects })));
  for (const answer of answers)
    expect(answer).toMatchObject({ ok: false, error: { code: 'UNAVAILABLE', retryable: true } });
  for (const tell of late) tell();
  expect(await client.ask('heartbeat')).toMatchObject({ ok: true });
});

test.each([
  ['invalid payloads', 'send_message', {}],
  ['unknown events', 'nothing_of_the_kind', {}],
  ['forbidden events', 'clear_channel', { channelId: CHANNEL }],
])(
  '[ERR-22] [CONN-12] [B8] after so many refusals the connection is ended, and says why: %s',
  async (_what, event, payload) => {
    const { url } = await startChat({ maxRefusals: 5 });
    const client = await connect(url);
    const ended = new Promise((resolve) => client.socket.once('disconnect', resolve));
    for (let count = 0; count < 50; count += 1) client.socket.emit(event, payload);
    await ended;
    expect(client.payloads('messageError')).toHaveLength(6);
    expect(client.payloads('connection_ended')).toEqual([
      {
        reason: 'TOO_MANY_REFUSALS',
        message: 'More than 5 requests in a minute were refused.',
        reconnect: true,
      },
    ]);
    const again = await connect(url);
    expect(await again.ask('heartbeat')).toMatchObject({ ok: true });
  },
);

test('[B8] what is refused by the rate limit counts, what succeeds or fails by itself does not', async () => {
  const { url } = await startChat({ maxRefusals: 3, rateLimit: { points: 20 } });
  const client = await connect(url);
  for (let count = 0; count < 10; count += 1)
    expect(codeOf(await client.ask('send_message', hello()))).toBe('CHANNEL_NOT_FOUND');
  for (let count = 0; count < 10; count += 1) await client.ask('set_log_filter', {});
  const ended = new Promise((resolve) => client.socket.once('disconnect', resolve));
  for (let count = 0; count < 10; count += 1) client.socket.emit('set_log_filter', {});
  await ended;
  expect(client.payloads('connection_ended')).toMatchObject([{ reason: 'TOO_MANY_REFUSALS' }]);
  expect(
    client.payloads('messageError').filter((error) => Object(error).code === 'RATE_LIMITED'),
  ).toHaveLength(4);
});
