import { expect, onTestFinished, test, vi } from 'vitest';
import { type ChatServerOptions, createMemoryStore } from '../index';
import { scriptAgent } from './test-agent';
import { CHANNEL, hello, join, type Recorder, startChat } from './test-chat';

const AGENT = '00000000-0000-4000-8000-00000000000a';

const accounts = {
  agent: { entityId: AGENT, entityName: 'Eliza', claims: { isAgent: true } },
  other: { entityId: 'other-agent', claims: { isAgent: true } },
  ada: { entityId: 'ada' },
};

/** Only who has the claim may answer. */
const HOST: ChatServerOptions = {
  drainTimeoutMs: 0,
  authenticate: ({ auth }) => Object.entries(accounts).find(([name]) => name === auth.token)?.[1] ?? null,
  authorize: ({ event, identity }) => !event.endsWith('_answer') || identity?.claims?.isAgent === true,
};

const joinAs = (url: string, token: keyof typeof accounts) => join(url, { auth: { token } });

/** A person who has asked something in a channel with an agent that is a client. */
async function startQuestion(options: ChatServerOptions = {}) {
  const { chat, url } = await startChat({ ...HOST, ...options });
  const [person, agent] = [await joinAs(url, 'ada'), await joinAs(url, 'agent')];
  const sent = Object(await person.ask('send_message', hello({ entityId: 'ada', messageId: 'mine' })));
  const { messageId: inReplyToMessageId, seq } = sent.data;
  const question = { channelId: CHANNEL, inReplyToMessageId, seq, entityId: AGENT, entityName: 'Eliza' };
  return { chat, url, person, agent, question };
}

/** The same, once the agent has begun to answer. */
async function startAnswer(options: ChatServerOptions = {}) {
  const started = await startQuestion(options);
  const begun = Object(await started.agent.ask('begin_answer', started.question));
  const messageId = String(begun.data.messageId);
  const go = (index: number, parts: object[], fields: object = {}, whose: Recorder = started.agent) =>
    whose.ask('continue_answer', { channelId: CHANNEL, messageId, entityId: AGENT, index, parts, ...fields });
  return { ...started, messageId, go };
}

const failure = (code: string) => ({ ok: false, error: { code } });

test('[REMOTE-1] [REMOTE-3] members see the answer of an agent that is a client as that of any agent', async () => {
  const { person, messageId, go, question, chat } = await startAnswer();
  expect(await go(0, [{ text: 'How do ' }, { thought: 'A greeting.' }])).toEqual({ ok: true, data: {} });
  await person.waitFor('messageStreamChunk');
  const tool = { id: 'a', name: 'clock', output: 'noon' };
  expect(
    await go(1, [{ text: 'you do?' }, { tool }, { action: { type: 'WAVE' } }], { end: 'done' }),
  ).toMatchObject({
    ok: true,
  });
  await person.waitFor('messageComplete');
  const { inReplyToMessageId } = question;
  const chunks = person.payloads('messageStreamChunk').map(Object);
  expect(chunks.map(({ chunk }) => chunk).join('')).toBe('How do you do?');
  for (const chunk of chunks)
    expect(chunk).toMatchObject({ messageId, agentId: AGENT, senderName: 'Eliza', inReplyToMessageId });
  expect(person.received.slice(-2)).toMatchObject([
    {
      event: 'messageBroadcast',
      payload: {
        id: messageId,
        senderId: AGENT,
        source: 'agent_response',
        text: 'How do you do?',
        inReplyToMessageId,
      },
    },
    { event: 'messageComplete', payload: { channelId: CHANNEL, messageId, inReplyToMessageId } },
  ]);
  expect(await chat.messages.list(CHANNEL, { limit: 1 })).toMatchObject([
    { id: messageId, thought: 'A greeting.', actions: [{ tool }, { type: 'WAVE' }] },
  ]);
});

test('[REMOTE-1] nobody answers whom the host does not let, and nobody at all where it has not said who may', async () => {
  const { url, person, question } = await startQuestion();
  expect(await person.ask('begin_answer', { ...question, entityId: 'ada' })).toMatchObject(
    failure('FORBIDDEN'),
  );
  const other = await joinAs(url, 'other');
  expect(await other.ask('begin_answer', question)).toMatchObject(failure('FORBIDDEN'));
  const open = await startChat();
  const client = await join(open.url);
  const { data } = Object(await client.ask('send_message', hello()));
  expect(
    await client.ask('begin_answer', { ...question, inReplyToMessageId: data.messageId, seq: data.seq }),
  ).toMatchObject(failure('FORBIDDEN'));
});

test('[REMOTE-2] only messages of people are answered, by the number they have', async () => {
  const { agent, question, go, messageId, chat } = await startAnswer();
  expect(await agent.ask('begin_answer', { ...question, seq: question.seq + 1 })).toMatchObject(
    failure('MESSAGE_NOT_FOUND'),
  );
  expect(await agent.ask('begin_answer', { ...question, inReplyToMessageId: messageId })).toMatchObject(
    failure('MESSAGE_NOT_FOUND'),
  );
  await go(0, [{ text: 'Hello.' }], { end: 'done' });
  await agent.waitFor('messageComplete');
  const [{ id = '', seq = 0 } = {}] = await chat.messages.list(CHANNEL, { limit: 1 });
  expect(await agent.ask('begin_answer', { ...question, inReplyToMessageId: id, seq })).toMatchObject(
    failure('FORBIDDEN'),
  );
});

test('[REMOTE-2] an answer that is begun twice is one', async () => {
  const { agent, question, messageId, go, person } = await startAnswer();
  expect(await agent.ask('begin_answer', question)).toEqual({ ok: true, data: { messageId } });
  await go(0, [{ text: 'Hello.' }], { end: 'done' });
  await person.waitFor('messageComplete');
  expect(person.payloads('messageBroadcast')).toHaveLength(2);
});

test('[REMOTE-3] it answers beside the agents of the server, also where a join has named another', async () => {
  const { agent: local, next } = scriptAgent();
  const { person, agent, question } = await startQuestion({ agents: [local] });
  const turn = await next();
  await person.ask('join_channel', { channelId: CHANNEL, agentId: local.id });
  const { data } = Object(await agent.ask('begin_answer', question));
  turn.say('I am here.');
  turn.finish();
  await person.waitFor('messageComplete');
  const whose = { channelId: CHANNEL, messageId: data.messageId, entityId: AGENT };
  await agent.ask('continue_answer', { ...whose, index: 0, parts: [{ text: 'So am I.' }], end: 'done' });
  await person.waitFor('messageComplete', 2);
  expect(person.payloads('messageBroadcast')).toMatchObject([
    {},
    { text: 'I am here.' },
    { text: 'So am I.' },
  ]);
});

test.each<[string, object[], object]>([
  ['says that it has failed', [{ text: 'I am' }], { end: 'failed' }],
  ['says what no answer can have', [{ text: 'I am' }, { action: 'x'.repeat(140_000) }], {}],
])('[REMOTE-4] an agent that %s has failed, and what it said is kept', async (_how, parts, end) => {
  const { person, messageId, go } = await startAnswer();
  await go(0, parts, end);
  await person.waitFor('messageComplete');
  expect(person.payloads('messageStreamError')).toMatchObject([
    { messageId, code: 'AGENT_FAILED', partialText: 'I am' },
  ]);
  expect(person.payloads('messageBroadcast').at(-1)).toMatchObject({ id: messageId, incomplete: 'failed' });
  expect(person.payloads('messageError')).toEqual([]);
});

test('[REMOTE-4] [REMOTE-6] an answer that is cancelled goes on no more', async () => {
  const { person, messageId, go } = await startAnswer();
  await go(0, [{ text: 'I am' }]);
  await person.waitFor('messageStreamChunk');
  expect(await person.ask('cancel_response', { channelId: CHANNEL, messageId })).toMatchObject({
    data: { cancelled: true },
  });
  await person.waitFor('messageComplete');
  expect(person.payloads('messageStreamError')).toMatchObject([
    { code: 'RESPONSE_CANCELLED', partialText: 'I am' },
  ]);
  expect(await go(1, [{ text: ' late' }])).toMatchObject(failure('MESSAGE_NOT_FOUND'));
});

test('[REMOTE-4] [REMOTE-6] an agent that takes too long is told that its answer has ended', async () => {
  const { person, go } = await startAnswer({ agentTimeoutMs: 50 });
  await person.waitFor('messageComplete');
  expect(person.payloads('messageStreamError')).toMatchObject([{ code: 'AGENT_TIMEOUT' }]);
  expect(await go(0, [{ text: 'late' }])).toMatchObject(failure('MESSAGE_NOT_FOUND'));
});

test('[REMOTE-5] an event that is sent again is taken once; one that is missing is told', async () => {
  const { person, go } = await startAnswer();
  for (const text of ['one', 'uno']) expect(await go(0, [{ text }])).toMatchObject({ ok: true });
  expect(await go(2, [{ text: 'three' }])).toMatchObject(failure('INVALID_PAYLOAD'));
  await go(1, [{ text: ' two' }], { end: 'done' });
  await person.waitFor('messageComplete');
  expect(person.payloads('messageBroadcast').at(-1)).toMatchObject({ text: 'one two' });
});

test('[REMOTE-6] nobody goes on with the answer of another agent', async () => {
  const { url, go, messageId } = await startAnswer();
  const other = await joinAs(url, 'other');
  expect(await go(0, [], { end: 'done', entityId: 'other-agent' }, other)).toMatchObject(
    failure('MESSAGE_NOT_FOUND'),
  );
  expect(await go(0, [], { end: 'done' }, other)).toMatchObject(failure('FORBIDDEN'));
  expect(await go(0, [], { messageId: messageId.toUpperCase() })).toMatchObject({ ok: true });
  expect(await go(1, [], { channelId: '123e4567-e89b-12d3-a456-426614174999' })).toMatchObject(
    failure('MESSAGE_NOT_FOUND'),
  );
});

test('an answer that waits for its turn is not kept without end', async () => {
  const { agent, person, question, go } = await startAnswer();
  const { data: asked } = Object(await person.ask('send_message', hello({ entityId: 'ada' })));
  const next = { ...question, inReplyToMessageId: asked.messageId, seq: asked.seq };
  const { data: begun } = Object(await agent.ask('begin_answer', next));
  const parts = Array.from({ length: 30 }, () => ({ text: 'x'.repeat(4_000) }));
  const replies = [];
  for (let index = 0; index < 5; index += 1)
    replies.push(await go(index, parts, { messageId: begun.messageId }));
  expect(replies.map((reply) => Object(reply).ok)).toEqual([true, true, true, true, false]);
  expect(replies.at(-1)).toMatchObject(failure('PAYLOAD_TOO_LARGE'));
});

test('pieces of an answer cost a fraction of a message, and those of others do not', async () => {
  const { go, agent } = await startAnswer({ rateLimit: { points: 10, durationSeconds: 600 } });
  for (let index = 0; index < 40; index += 1) expect(await go(index, [])).toMatchObject({ ok: true });
  const none = { channelId: CHANNEL, messageId: CHANNEL, entityId: AGENT, index: 0, parts: [] };
  const replies = [];
  for (let time = 0; time < 5; time += 1) replies.push(await agent.ask('continue_answer', none));
  expect(replies).toContainEqual(
    expect.objectContaining({ error: expect.objectContaining({ code: 'RATE_LIMITED' }) }),
  );
});

test('more answers than may wait are refused for now', async () => {
  const { agent, person, question } = await startAnswer({ maxWaitingTurns: 1 });
  const replies = [];
  for (let time = 0; time < 2; time += 1) {
    const { data } = Object(await person.ask('send_message', hello({ entityId: 'ada' })));
    const next = { ...question, inReplyToMessageId: data.messageId, seq: data.seq };
    replies.push(await agent.ask('begin_answer', next));
  }
  expect(replies).toMatchObject([
    { ok: true },
    { ok: false, error: { code: 'AGENT_FAILED', retryable: true } },
  ]);
});

test('[REMOTE-7] the answer of an agent whose connection has ended fails, unless it is back ten seconds later', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { url, person, agent, messageId, go } = await startAnswer({ presence: { intervalMs: 20 } });
  await person.ask('watch_presence', { channelId: CHANNEL, watching: true });
  const lose = async ({ socket }: Recorder) => {
    socket.disconnect();
    const told = async () => {
      await vi.advanceTimersByTimeAsync(20);
      return person.payloads('presence_changed').at(-1);
    };
    await expect.poll(told).toMatchObject({ left: [AGENT] });
  };
  await go(0, [{ text: 'How ' }]);
  await lose(agent);
  const again = await joinAs(url, 'agent');
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await go(1, [{ text: 'do ' }], {}, again)).toEqual({ ok: true, data: {} });
  await lose(again);
  const last = await joinAs(url, 'agent');
  await vi.advanceTimersByTimeAsync(10_000);
  await lose(last);
  await vi.advanceTimersByTimeAsync(9_000);
  await person.ask('heartbeat');
  expect(person.payloads('messageStreamError')).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await person.waitFor('messageStreamError')).toMatchObject({
    messageId,
    code: 'AGENT_FAILED',
    partialText: 'How do ',
  });
});

test('[TURN-7] the answer of an agent that is a client is ended by the next server on the store, which has no agents of its own', async () => {
  const store = createMemoryStore();
  const { chat, go, person, messageId } = await startAnswer({ store });
  await go(0, [{ text: 'How ' }]);
  await person.waitFor('messageStreamChunk');
  await chat.close();
  const next = await startChat({ ...HOST, store });
  await expect
    .poll(() => next.chat.messages.list(CHANNEL, { limit: 1 }))
    .toMatchObject([{ id: messageId, text: 'How ', incomplete: 'failed' }]);
});

test('[ERR-17] [REMOTE-3] an agent that is a client may finish its answer while the server closes, as any agent may', async () => {
  const { chat, go, agent, person, question } = await startAnswer({ drainTimeoutMs: 60_000 });
  await go(0, [{ text: 'How ' }]);
  const closed = chat.close();
  expect(await agent.ask('begin_answer', question)).toMatchObject(failure('UNAVAILABLE'));
  expect(await go(1, [{ text: 'do you do?' }], { end: 'done' })).toEqual({ ok: true, data: {} });
  expect(await person.waitFor('messageComplete')).toMatchObject({ channelId: CHANNEL });
  await closed;
  expect(person.payloads('messageBroadcast').at(-1)).toMatchObject({ text: 'How do you do?' });
});
