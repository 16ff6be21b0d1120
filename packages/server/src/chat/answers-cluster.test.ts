import type { MessageStreamChunk } from '@wirepact/protocol';
import { expect, onTestFinished, test, vi } from 'vitest';
import {
  type Agent,
  attachChatServer,
  type ChatServerOptions,
  createMemoryStore,
  type Store,
} from '../index';
import { createTestCluster } from '../runtime/test-cluster';
import { openPolling } from '../runtime/transport/test-wire';
import { scriptAgent } from './test-agent';
import { CHANNEL, hello, join, type Recorder, silent } from './test-chat';

/** Two chat servers on one store, whose Socket.IO servers have an adapter; the first one has the agent. */
async function startTwo(
  agent: Agent,
  { store = createMemoryStore(), ...options }: ChatServerOptions = {},
  others: readonly Agent[] = [],
) {
  const cluster = createTestCluster();
  const start = async (agents: readonly Agent[]) => {
    const node = await cluster.addNode();
    const chat = attachChatServer(node.io, { logger: silent, rateLimit: false, store, agents, ...options });
    onTestFinished(() => chat.close());
    return { ...node, chat };
  };
  return { one: await start([agent]), other: await start(others) };
}

const chunksOf = (client: Recorder) => client.payloads('messageStreamChunk') as MessageStreamChunk[];

/** Chunks among packets of polling. */
const readChunks = (packets: string): MessageStreamChunk[] =>
  packets
    .split('\u001e')
    .filter((packet) => packet.startsWith('42["messageStreamChunk"'))
    .map((packet) => JSON.parse(packet.slice(2))[1]);

const textOf = (chunks: readonly MessageStreamChunk[]) => chunks.map(({ chunk }) => chunk).join('');

test('[STREAMING-2] chunks reach members in another process, all of them in order, before the end of the answer', async () => {
  const { agent, next } = scriptAgent();
  const { one, other } = await startTwo(agent);
  const [here, there] = [await join(one.url), await join(other.url)];
  await here.ask('send_message', hello());
  const turn = await next();
  for (let number = 0; number < 50; number += 1) {
    turn.say(`word ${number} `);
    await there.waitFor('messageStreamChunk', number + 2);
  }
  turn.finish();
  await there.waitFor('messageComplete');
  const chunks = chunksOf(there);
  expect(chunks.map(({ index }) => index)).toEqual(Array.from({ length: 51 }, (_, index) => index));
  expect(chunks).toEqual(chunksOf(here));
  const names = there.received.map(({ event }) => event);
  expect(names.lastIndexOf('messageStreamChunk')).toBeLessThan(names.indexOf('messageComplete'));
});

test('[STREAMING-8] a member in another process that does not read gets what it missed as one', async () => {
  const { agent, next } = scriptAgent();
  const { one, other } = await startTwo(agent);
  const [here, there] = [await join(one.url), await join(other.url)];
  const hidden = await openPolling(other.url);
  await hidden.post('40');
  await hidden.poll();
  await hidden.post(`42["join_channel",{"channelId":"${CHANNEL}"}]`);
  await hidden.poll();
  await here.ask('send_message', hello());
  const turn = await next();
  await there.waitFor('messageStreamChunk');
  for (let number = 0; number < 300; number += 1) {
    turn.say(`word ${number} `);
    await there.waitFor('messageStreamChunk', number + 2);
  }
  const waited = readChunks(await hidden.poll());
  expect(waited.length).toBeLessThan(70);
  const caughtUp = readChunks(await hidden.poll());
  expect(caughtUp).toHaveLength(1);
  expect(textOf([...waited, ...caughtUp])).toBe(textOf(chunksOf(there)));
  expect(caughtUp[0]?.offset).toBe(textOf(waited).length);
  turn.finish();
  await there.waitFor('messageComplete');
});

test('[STREAMING-7] thoughts reach those in another process who may read them', async () => {
  const { agent, next } = scriptAgent();
  const { one, other } = await startTwo(agent, {
    authenticate: ({ auth }) => ({ entityId: String(auth.as) }),
    mayReadThoughts: (identity) => identity?.entityId === 'ada',
  });
  const here = await join(one.url, { auth: { as: 'eve' } });
  const [ada, bob] = [
    await join(other.url, { auth: { as: 'ada' } }),
    await join(other.url, { auth: { as: 'bob' } }),
  ];
  await here.ask('send_message', hello({ entityId: 'eve' }));
  const turn = await next();
  turn.say({ thought: 'hm' });
  turn.say('so');
  await expect.poll(() => chunksOf(ada).at(-1)?.chunk).toBe('so');
  await expect.poll(() => chunksOf(bob).at(-1)?.chunk).toBe('so');
  expect(chunksOf(ada).map(({ thought }) => thought)).toContain('hm');
  expect(chunksOf(bob).some((chunk) => 'thought' in chunk)).toBe(false);
  turn.finish();
  await here.waitFor('messageComplete');
});

test('[TURN-7] an end that is told again by the process that takes a turn over is heard once', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const memory = createMemoryStore();
  let isHeld = true;
  const end: Store['turns']['end'] = async (...turn) => {
    if (isHeld) throw new Error('the disk is full');
    await memory.turns.end(...turn);
  };
  const { agent, next } = scriptAgent();
  const nobody: Agent = { id: '00000000-0000-4000-8000-000000000008', name: 'Nobody', async *respond() {} };
  const store = { ...memory, turns: { ...memory.turns, end } };
  const { one, other } = await startTwo(agent, { store, drainTimeoutMs: 0 }, [nobody]);
  const [here, there] = [await join(one.url), await join(other.url)];
  await here.ask('send_message', hello());
  (await next()).fail(new Error('quiet'));
  await there.waitFor('messageComplete');
  await one.chat.close();
  isHeld = false;
  await expect
    .poll(async () => {
      await vi.advanceTimersByTimeAsync(2_000);
      return memory.turns.listOthers('', 9);
    })
    .toEqual([]);
  await there.ask('heartbeat');
  expect(there.payloads('messageStreamError')).toHaveLength(1);
  expect(there.payloads('messageComplete')).toHaveLength(1);
});

test('[STREAMING-6] a join does not name an answer whose end was told, though the store has not forgotten its turn yet', async () => {
  const memory = createMemoryStore();
  const end: Store['turns']['end'] = async () => {
    throw new Error('the disk is full');
  };
  const { agent, next } = scriptAgent();
  const nobody: Agent = { id: '00000000-0000-4000-8000-000000000008', name: 'Nobody', async *respond() {} };
  const store = { ...memory, turns: { ...memory.turns, end } };
  const { one, other } = await startTwo(agent, { store, drainTimeoutMs: 0 }, [nobody]);
  const [here, there] = [await join(one.url), await join(other.url)];
  const streamsOfJoin = async () => {
    const { data } = Object(await there.ask('join_channel', { channelId: CHANNEL }));
    return data.streams;
  };
  await here.ask('send_message', hello());
  const turn = await next();
  turn.say('half');
  // Kept now and then, and then heard of elsewhere.
  await expect.poll(streamsOfJoin).toHaveLength(1);
  turn.finish();
  await there.waitFor('messageComplete');
  expect(await memory.turns.listOthers('', 9)).toHaveLength(1);
  expect(await streamsOfJoin()).toBeUndefined();
});

test('[STREAMING-2] an answer in a channel that was deleted is not heard of in the one made anew, whichever process gives it', async () => {
  const store = createMemoryStore();
  const { agent, next } = scriptAgent();
  const { one, other } = await startTwo(agent, { store });
  const here = await join(one.url);
  await here.ask('send_message', hello());
  const turn = await next();
  await here.waitFor('messageStreamChunk');
  await store.deleteChannel(CHANNEL);
  await other.chat.channels.create({ id: CHANNEL });
  const there = await join(other.url);
  // The process that gives it has not heard of the deletion.
  turn.say('half of ');
  await here.waitFor('messageStreamChunk', 2);
  turn.finish();
  await expect.poll(() => store.turns.listOthers('', 9)).toEqual([]);
  await there.ask('send_message', hello({ text: 'after it' }));
  await there.waitFor('messageBroadcast');
  expect(chunksOf(there)).toEqual([]);
  expect(there.payloads('messageComplete')).toEqual([]);
});
