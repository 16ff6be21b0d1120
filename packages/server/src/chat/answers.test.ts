import type { MessageStreamChunk } from '@wirepact/protocol';
import pino from 'pino';
import { describe, expect, test } from 'vitest';
import type { Agent, AgentPart, ChatServerOptions } from '../index';
import { type AgentScript, scriptAgent } from './test-agent';
import { CHANNEL, connect, hello, join, type Recorder, SERVER, startChat } from './test-chat';

const chunksOf = (client: Recorder) => client.payloads('messageStreamChunk') as MessageStreamChunk[];
const textOf = (client: Recorder) =>
  chunksOf(client)
    .map(({ chunk }) => chunk)
    .join('');
const namesOf = (client: Recorder) => client.received.map(({ event }) => event);

/** A chat with one agent that says what the test tells it to, and a question it was asked. */
async function startTurn(options: ChatServerOptions = {}) {
  const { agent, next } = scriptAgent();
  const { chat, url } = await startChat({ agents: [agent], ...options });
  const client = await join(url);
  const asked = Object(await client.ask('send_message', hello({ messageId: 'question' })));
  const turn: AgentScript = await next();
  return { chat, url, agent, client, turn, questionId: String(asked.data.messageId), nextTurn: next };
}

/** Says a text, and waits until the client has it. */
async function say(client: Recorder, turn: AgentScript, ...parts: AgentPart[]) {
  const before = chunksOf(client).length;
  for (const part of parts) turn.say(part);
  await client.waitFor('messageStreamChunk', before + 1);
}

test('[STREAMING-1] [STREAMING-2] [STREAMING-3] an answer comes in chunks that name it, count from 0 and say where they begin', async () => {
  const { client, turn, agent, questionId } = await startTurn();
  await client.waitFor('messageStreamChunk');
  await say(client, turn, 'How do ');
  await say(client, turn, 'you ');
  turn.say('do?');
  turn.finish();
  await client.waitFor('messageComplete');
  const chunks = chunksOf(client);
  const [{ messageId } = { messageId: '' }] = chunks;
  const same = {
    ...{ messageId, channelId: CHANNEL, agentId: agent.id, senderName: agent.name },
    inReplyToMessageId: questionId,
  };
  expect(chunks).toEqual([
    { ...same, index: 0, offset: 0, chunk: '' },
    { ...same, index: 1, offset: 0, chunk: 'How do ' },
    { ...same, index: 2, offset: 7, chunk: 'you ' },
    { ...same, index: 3, offset: 11, chunk: 'do?' },
  ]);
  expect(client.received.slice(-2)).toMatchObject([
    {
      event: 'messageBroadcast',
      payload: { id: messageId, text: 'How do you do?', inReplyToMessageId: questionId },
    },
    {
      event: 'messageComplete',
      payload: { channelId: CHANNEL, serverId: SERVER, messageId, inReplyToMessageId: questionId },
    },
  ]);
});

test('[STREAMING-4] what is said in one turn of the event loop travels together', async () => {
  const { client, turn } = await startTurn();
  await client.waitFor('messageStreamChunk');
  await say(client, turn, ...Array.from({ length: 50 }, (_, index) => `${index} `));
  expect(chunksOf(client)).toHaveLength(2);
  expect(textOf(client)).toMatch(/^0 1 2 .* 49 $/);
  turn.finish();
});

test('[STREAMING-4] an answer that is there at once has no chunks', async () => {
  const agent: Agent = {
    id: scriptAgent().agent.id,
    name: 'Quick',
    async *respond() {
      yield 'at ';
      yield 'once';
    },
  };
  const { url } = await startChat({ agents: [agent] });
  const client = await join(url);
  await client.ask('send_message', hello());
  await client.waitFor('messageComplete');
  expect(chunksOf(client)).toEqual([]);
  expect(client.payloads('messageBroadcast')).toMatchObject([{}, { text: 'at once' }]);
});

test('[STREAMING-5] a tool is told when it is called and when it has answered, and is kept in the actions once', async () => {
  const { client, turn } = await startTurn();
  await client.waitFor('messageStreamChunk');
  await say(client, turn, 'Let me see. ');
  await say(client, turn, { tool: { id: 'call-1', name: 'weather', input: { city: 'Graz' } } });
  await say(client, turn, { tool: { id: 'call-1', name: 'weather', output: { degrees: 21 } } });
  await say(client, turn, { tool: { id: 'call-2', name: 'news', error: 'no network' } });
  turn.say({ text: '21 degrees.', action: { type: 'WAVE' } });
  turn.finish();
  await client.waitFor('messageComplete');
  expect(
    chunksOf(client).flatMap(({ tool, chunk, offset }) => (tool ? { tool, chunk, offset } : [])),
  ).toEqual([
    { chunk: '', offset: 12, tool: { id: 'call-1', name: 'weather', input: { city: 'Graz' } } },
    { chunk: '', offset: 12, tool: { id: 'call-1', name: 'weather', output: { degrees: 21 } } },
    { chunk: '', offset: 12, tool: { id: 'call-2', name: 'news', error: 'no network' } },
  ]);
  expect(client.payloads('messageBroadcast')[1]).toMatchObject({
    actions: [
      { tool: { id: 'call-1', name: 'weather', input: { city: 'Graz' }, output: { degrees: 21 } } },
      { tool: { id: 'call-2', name: 'news', error: 'no network' } },
      { type: 'WAVE' },
    ],
  });
});

describe('an answer that is not whole', () => {
  const expectEnd = (client: Recorder, code: string, incomplete: string, questionId: string) => {
    const [{ messageId } = { messageId: '' }] = chunksOf(client);
    expect(client.payloads('messageStreamError')).toEqual([
      {
        ...{ messageId, channelId: CHANNEL, agentId: expect.any(String), inReplyToMessageId: questionId },
        ...{ code, error: expect.stringMatching(/Scripted/), partialText: 'half of ' },
      },
    ]);
    const names = namesOf(client).filter(
      (name) => !/Chunk|Ack|joined|Error$/.test(name) || name === 'messageStreamError',
    );
    expect(names.slice(-3)).toEqual(['messageStreamError', 'messageBroadcast', 'messageComplete']);
    expect(client.payloads('messageBroadcast')[1]).toMatchObject({
      id: messageId,
      text: 'half of ',
      incomplete,
    });
    expect(client.payloads('messageComplete')).toMatchObject([{ messageId, inReplyToMessageId: questionId }]);
  };

  test('[TURN-2] [TURN-3] an agent that fails: the channel is told, what was said is kept, the sender is told as ever', async () => {
    const { chat, url, client, turn, questionId } = await startTurn();
    const bystander = await join(url);
    await say(client, turn, 'half of ');
    turn.fail(new Error('key sk-123 was refused'));
    await Promise.all([client.waitFor('messageComplete'), bystander.waitFor('messageComplete')]);
    expectEnd(client, 'AGENT_FAILED', 'failed', questionId);
    expect(bystander.payloads('messageStreamError')).toHaveLength(1);
    expect(client.payloads('messageError')).toMatchObject([
      { code: 'AGENT_FAILED', clientMessageId: 'question' },
    ]);
    expect(bystander.payloads('messageError')).toEqual([]);
    expect(JSON.stringify(client.received)).not.toContain('sk-123');
    expect(await chat.messages.list(CHANNEL, { limit: 9 })).toMatchObject([
      { text: 'hello' },
      { text: 'half of ', incomplete: 'failed' },
    ]);
  });

  test('[TURN-3] an agent that takes too long', async () => {
    const { client, turn, questionId } = await startTurn({ agentTimeoutMs: 2_000 });
    await say(client, turn, 'half of ');
    await client.waitFor('messageComplete');
    expectEnd(client, 'AGENT_TIMEOUT', 'timeout', questionId);
    expect(turn.signal.aborted).toBe(true);
    expect(client.payloads('messageError')).toMatchObject([{ code: 'AGENT_FAILED' }]);
  });

  test('[TURN-4] one that is cancelled by any member: everybody hears it, what was said is kept, and it is cancelled once', async () => {
    const { url, client, turn, questionId, nextTurn } = await startTurn();
    const bystander = await join(url);
    await say(client, turn, 'half of ');
    const [{ messageId } = { messageId: '' }] = chunksOf(client);
    const cancel = { channelId: CHANNEL, messageId };
    expect(await bystander.ask('cancel_response', cancel)).toEqual({ ok: true, data: { cancelled: true } });
    expect(await bystander.ask('cancel_response', cancel)).toEqual({ ok: true, data: { cancelled: false } });
    await Promise.all([client.waitFor('messageComplete'), bystander.waitFor('messageComplete')]);
    expectEnd(client, 'RESPONSE_CANCELLED', 'cancelled', questionId);
    expect(turn.signal.aborted).toBe(true);
    expect(client.payloads('messageError')).toEqual([]);
    turn.say('too late');
    expect(await client.ask('cancel_response', cancel)).toEqual({ ok: true, data: { cancelled: false } });
    await client.ask('send_message', hello({ text: 'again' }));
    (await nextTurn()).finish();
    await client.waitFor('messageComplete', 2);
    expect(textOf(client)).toBe('half of ');
  });

  test('[TURN-2] the log has the reason, the agent and the question', async () => {
    const lines: Record<string, unknown>[] = [];
    const logger = pino({ level: 'error' }, { write: (line) => void lines.push(JSON.parse(line)) });
    const { client, turn, agent, questionId } = await startTurn({ logger });
    turn.fail(new Error('key sk-123 was refused'));
    await client.waitFor('messageComplete');
    expect(lines).toMatchObject([
      {
        ...{ category: 'agent', agentId: agent.id, channelId: CHANNEL, messageId: questionId },
        ...{ msg: 'the agent could not answer', err: { message: 'key sk-123 was refused' } },
      },
    ]);
  });

  test('[TURN-2] one in which nothing was said leaves no message', async () => {
    const { client, turn } = await startTurn();
    await client.waitFor('messageStreamChunk');
    turn.fail(new Error('no'));
    const complete = await client.waitFor('messageComplete');
    const [{ messageId } = { messageId: '' }] = chunksOf(client);
    expect(complete).toMatchObject({ messageId });
    expect(client.payloads('messageStreamError')).toMatchObject([{ messageId, code: 'AGENT_FAILED' }]);
    expect(client.payloads('messageStreamError')[0]).not.toHaveProperty('partialText');
    expect(client.payloads('messageBroadcast')).toHaveLength(1);
  });

  test('[TURN-4] only members may cancel, and only who is allowed to', async () => {
    const authorize: ChatServerOptions['authorize'] = ({ event, payload }) =>
      event !== 'cancel_response' || Object(payload).messageId !== Object(payload).channelId;
    const { url, client, turn } = await startTurn({ authorize });
    const stranger = await join(url);
    await stranger.ask('leave_channel', { channelId: CHANNEL });
    await say(client, turn, 'on');
    const [{ messageId } = { messageId: '' }] = chunksOf(client);
    const forbidden = { ok: false, error: { code: 'FORBIDDEN' } };
    expect(await stranger.ask('cancel_response', { channelId: CHANNEL, messageId })).toMatchObject(forbidden);
    expect(await client.ask('cancel_response', { channelId: CHANNEL, messageId: CHANNEL })).toMatchObject(
      forbidden,
    );
    expect(turn.signal.aborted).toBe(false);
    turn.finish();
    await client.waitFor('messageComplete');
  });
});

describe('[STREAMING-9] an answer that is larger than one may be ends as failed, with what fits', () => {
  const parts: [string, AgentPart[], string][] = [
    ['text', [`${'x'.repeat(65_535)}😀`], 'x'.repeat(65_535)],
    ['thought', ['said', { thought: 'x'.repeat(65_537) }], 'said'],
    ['parts', ['said', ...Array.from({ length: 257 }, (_, index) => ({ action: index }))], 'said'],
    ['JSON', ['said', { action: 'x'.repeat(131_073) }], 'said'],
    ['depth', ['said', { tool: { id: 't', name: 't', input: nested(20) } }], 'said'],
    ['names', ['said', { tool: { id: 't', name: 'x'.repeat(257) } }], 'said'],
  ];
  test.each(parts)('%s', async (_what, said, kept) => {
    const { client, turn } = await startTurn();
    for (const part of said) turn.say(part);
    await client.waitFor('messageComplete');
    expect(client.payloads('messageBroadcast')[1]).toMatchObject({ text: kept, incomplete: 'failed' });
    expect(client.payloads('messageStreamError')).toMatchObject([{ code: 'AGENT_FAILED' }]);
  });

  function nested(depth: number): unknown {
    return depth === 0 ? 1 : { inner: nested(depth - 1) };
  }
});

describe('who joins in the middle', () => {
  test('[STREAMING-6] gets the answer so far as one snapshot, and the chunks from there', async () => {
    const { url, client, turn, questionId, agent } = await startTurn();
    await say(client, turn, 'one ', { tool: { id: 't', name: 'look' } });
    await say(client, turn, { thought: 'hm' });
    await say(client, turn, 'two ');
    const late = await join(url);
    const { data } = Object(await late.ask('join_channel', { channelId: CHANNEL }));
    const [{ messageId } = { messageId: '' }] = chunksOf(client);
    expect(data.streams).toEqual([
      {
        ...{ messageId, agentId: agent.id, senderName: agent.name, inReplyToMessageId: questionId },
        ...{ text: 'one two ', thought: 'hm', tools: [{ id: 't', name: 'look' }] },
        nextIndex: chunksOf(client).length,
      },
    ]);
    turn.say('three');
    await late.waitFor('messageStreamChunk');
    expect(chunksOf(late)).toMatchObject([{ index: data.streams[0].nextIndex, offset: 8, chunk: 'three' }]);
    turn.finish();
    await late.waitFor('messageComplete');
    const { data: after } = Object(await late.ask('join_channel', { channelId: CHANNEL }));
    expect(after).not.toHaveProperty('streams');
  });

  test('[STREAMING-6] loses no character and gets none twice, whenever it joins', async () => {
    const { url, client, turn } = await startTurn();
    await client.waitFor('messageStreamChunk');
    const words = Array.from({ length: 200 }, (_, index) => `${index} `);
    const whole = words.join('');
    const joiners: Promise<Recorder>[] = [];
    for (const [index, word] of words.entries()) {
      turn.say(word);
      if (index % 20 === 10) joiners.push(joinLate(url));
      await new Promise((resolve) => setImmediate(resolve));
    }
    turn.finish();
    for (const late of await Promise.all(joiners)) {
      await late.waitFor('messageComplete');
      expect(late.payloads('messageBroadcast')).toMatchObject([{ text: whole }]);
    }
  });

  /** Joins, and checks that the snapshot and the chunks after it are the text, each where the one before ends. */
  async function joinLate(url: string) {
    const late = await connect(url);
    const { data } = Object(await late.ask('join_channel', { channelId: CHANNEL }));
    const known = chunksOf(late).length;
    let text: string = data.streams?.[0].text ?? '';
    await late.waitFor('messageComplete');
    for (const { offset, chunk } of chunksOf(late).slice(known)) {
      expect(offset).toBe(text.length);
      text += chunk;
    }
    const [message] = late.payloads('messageBroadcast');
    expect(text).toBe(Object(message).text);
    return late;
  }
});

describe('[STREAMING-7] what an agent thinks', () => {
  test('is told to every member where the host does not say who may read it', async () => {
    const { url, client, turn } = await startTurn();
    const other = await join(url);
    await say(client, turn, { thought: 'hm' }, 'said');
    turn.finish();
    for (const member of [client, other]) {
      await member.waitFor('messageComplete');
      expect(chunksOf(member).flatMap(({ thought }) => thought ?? [])).toEqual(['hm']);
      expect(member.payloads('messageBroadcast').at(-1)).toMatchObject({ thought: 'hm' });
    }
  });

  test('is told only to those who may read it, which is asked once a join: in chunks, snapshots, broadcasts and history', async () => {
    const asked: string[] = [];
    const { agent, next } = scriptAgent();
    const { url } = await startChat({
      agents: [agent],
      authenticate: ({ auth }) => ({ entityId: String(auth.name) }),
      mayReadThoughts: async (identity, channelId) => {
        asked.push(`${identity?.entityId} ${channelId}`);
        return identity?.entityId === 'boss';
      },
    });
    const boss = await join(url, { auth: { name: 'boss' } });
    const guest = await join(url, { auth: { name: 'guest' } });
    await guest.ask('send_message', hello({ entityId: 'guest' }));
    const turn = await next();
    await say(boss, turn, { thought: 'hm ' });
    await say(boss, turn, { thought: 'well' });
    await say(boss, turn, 'said');
    await guest.waitFor('messageStreamChunk', 2);
    expect(asked).toEqual([`boss ${CHANNEL}`, `guest ${CHANNEL}`]);
    const streamsFor = async (client: Recorder) =>
      Object(await client.ask('join_channel', { channelId: CHANNEL })).data.streams;
    expect(await streamsFor(boss)).toMatchObject([{ thought: 'hm well', text: 'said' }]);
    expect((await streamsFor(guest))[0]).not.toHaveProperty('thought');
    turn.finish();
    await Promise.all([boss.waitFor('messageComplete'), guest.waitFor('messageComplete')]);
    expect(boss.payloads('messageBroadcast')).toMatchObject([{}, { thought: 'hm well', text: 'said' }]);
    expect(guest.payloads('messageBroadcast')).toMatchObject([{}, { text: 'said' }]);
    const listed = Object(await guest.ask('list_messages', { channelId: CHANNEL }));
    expect(listed.data.messages).toHaveLength(2);
    expect(JSON.stringify([guest.received, listed])).not.toContain('well');
    const history = Object(await boss.ask('list_messages', { channelId: CHANNEL }));
    expect(history.data.messages[1]).toMatchObject({ thought: 'hm well' });
    const resumed = await guest.ask('join_channel', {
      channelId: CHANNEL,
      resume: { epoch: history.data.epoch, seq: 0 },
    });
    expect(resumed).toMatchObject({ ok: true, data: { recovered: true } });
    expect(JSON.stringify(guest.received)).not.toContain('well');
  });

  test('a join is answered with UNAVAILABLE where the host cannot say it', async () => {
    const { url } = await startChat({
      mayReadThoughts: () => {
        throw new Error('secret');
      },
    });
    const client = await join(url);
    const answer = await client.ask('join_channel', { channelId: CHANNEL });
    expect(answer).toMatchObject({ ok: false, error: { code: 'UNAVAILABLE', retryable: true } });
    expect(JSON.stringify(client.received)).not.toContain('secret');
  });
});

test('[TURN-5] an agent answers so many messages at once as it may, and fails for those that are too many to wait', async () => {
  const { agent, next } = scriptAgent();
  const { url } = await startChat({ agents: [agent], maxAgentTurns: 2, maxWaitingTurns: 1 });
  const client = await join(url);
  for (const text of ['one', 'two', 'three', 'four'])
    await client.ask('send_message', hello({ text, messageId: text }));
  const [first, second] = [await next(), await next()];
  await client.waitFor('messageError');
  expect(client.payloads('messageError')).toMatchObject([{ code: 'AGENT_FAILED', clientMessageId: 'four' }]);
  second.say('2');
  second.finish();
  const third = await next();
  third.say('3');
  third.finish();
  first.say('1');
  first.finish();
  await client.waitFor('messageComplete', 3);
  const answers = client.payloads('messageBroadcast').slice(4);
  expect(answers.map((payload) => Object(payload).text)).toEqual(['2', '3', '1']);
});

test('[TURN-6] a message that is sent again starts no second turn', async () => {
  const { client, turn } = await startTurn();
  const again = await client.ask('send_message', hello({ messageId: 'question' }));
  expect(again).toMatchObject({ ok: true });
  turn.say('once');
  turn.finish();
  await client.waitFor('messageComplete');
  await client.ask('send_message', hello({ messageId: 'question' }));
  await client.ask('heartbeat');
  expect(client.payloads('messageComplete')).toHaveLength(1);
  expect(client.payloads('messageBroadcast')).toHaveLength(2);
});
