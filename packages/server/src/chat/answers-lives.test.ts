import { expect, onTestFinished, test, vi } from 'vitest';
import { createMemoryStore, type Store } from '../index';
import { scriptAgent } from './test-agent';
import { CHANNEL, hello, join, SERVER, startChat } from './test-chat';

const ID = '0192f0c1-7b1e-7c3a-9d55-8f2f3a1b4c5d';
const ASKED = '0192f0c1-7b1d-7c3a-9d55-8f2f3a1b4c5d';
const NEW_CHANNEL = { id: CHANNEL, serverId: SERVER, properties: {}, agentIds: [], createdAt: 1 };

/** A turn of another process, in which this was said, in the life that the channel has now. */
async function beginElsewhere(store: Store, text: string) {
  const { epoch } = await store.createChannel(NEW_CHANNEL);
  const agent = { agentId: scriptAgent().agent.id, senderName: 'Scripted' };
  const subject = { channelId: CHANNEL, epoch, serverId: SERVER, messageId: ID, inReplyToMessageId: ASKED };
  const answer = { text, tools: [], actions: [], attachments: [] };
  await store.turns.begin({ ...subject, ...agent, answer }, 'another process');
}

test('[STREAMING-6] a join of a channel that was made anew names no answer of the one before, also where its process has not let go of it', async () => {
  const store = createMemoryStore();
  await beginElsewhere(store, 'half of ');
  const { chat, url } = await startChat({ store, agents: [scriptAgent().agent] });
  const client = await join(url);
  const enter = () => client.ask('join_channel', { channelId: CHANNEL });
  await expect.poll(enter).toMatchObject({ data: { streams: [{ messageId: ID, text: 'half of ' }] } });
  await chat.channels.delete(CHANNEL);
  await client.waitFor('channelDeleted');
  const { data } = Object(await enter());
  expect(data).toMatchObject({ channelId: CHANNEL, seq: 0 });
  expect(data.streams).toBeUndefined();
});

test('[TURN-7] an answer whose process is gone, and whose channel was made anew, is forgotten and not told', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const store = createMemoryStore();
  await beginElsewhere(store, '');
  await store.deleteChannel(CHANNEL);
  await store.createChannel(NEW_CHANNEL);
  const { chat, url } = await startChat({ store, agents: [scriptAgent().agent] });
  const client = await join(url);
  await store.turns.renew([{ channelId: CHANNEL, messageId: ID, owner: 'another process', next: '' }]);
  vi.advanceTimersByTime(2_000);
  await expect.poll(() => store.turns.get(CHANNEL, ID)).toBeUndefined();
  await client.ask('heartbeat');
  expect(await chat.messages.list(CHANNEL, { limit: 9 })).toEqual([]);
  expect(client.payloads('messageStreamError')).toEqual([]);
  expect(client.payloads('messageComplete')).toEqual([]);
});

test('[TURN-7] an answer that ends while its channel is made anew is not kept there', async () => {
  const memory = createMemoryStore();
  let isAsked = false;
  const appendMessage: Store['appendMessage'] = async (message, epoch) => {
    if (isAsked) {
      await chat.channels.delete(CHANNEL);
      await memory.createChannel(NEW_CHANNEL);
    }
    isAsked = true;
    return memory.appendMessage(message, epoch);
  };
  const { agent, next } = scriptAgent();
  const { chat, url } = await startChat({ store: { ...memory, appendMessage }, agents: [agent] });
  const client = await join(url);
  await client.ask('send_message', hello());
  const turn = await next();
  turn.say('the whole of it');
  turn.finish();
  await client.waitFor('channelDeleted');
  await client.ask('join_channel', { channelId: CHANNEL });
  await expect.poll(() => memory.turns.listOthers('', 9)).toEqual([]);
  await client.ask('heartbeat');
  expect(await chat.messages.list(CHANNEL, { limit: 9 })).toEqual([]);
  expect(client.payloads('messageComplete')).toEqual([]);
});

test('[STREAMING-6] an answer to somebody who has left goes on no more once its channel was made anew elsewhere', async () => {
  const store = createMemoryStore();
  const { agent, next } = scriptAgent();
  const { url } = await startChat({ store, agents: [agent] });
  const client = await join(url);
  await client.ask('send_message', hello());
  const turn = await next();
  turn.say('half of ');
  await client.waitFor('messageStreamChunk');
  await client.ask('leave_channel', { channelId: CHANNEL });
  await store.deleteChannel(CHANNEL);
  await store.createChannel(NEW_CHANNEL);
  const other = await join(url);
  expect(turn.signal.aborted).toBe(true);
  turn.say('the whole of it');
  turn.finish();
  await expect.poll(() => store.turns.listOthers('', 9)).toEqual([]);
  await other.ask('heartbeat');
  expect(other.payloads('messageStreamChunk')).toEqual([]);
  expect(other.payloads('messageComplete')).toEqual([]);
});
