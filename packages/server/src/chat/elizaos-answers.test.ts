import { WirepactError } from '@wirepact/contract/runtime';
import { expect, test } from 'vitest';
import { createMemoryStore } from '../index';
import { scriptAgent } from './test-agent';
import { CHANNEL, hello, join, SERVER } from './test-chat';
import { connectWeb, joinWeb, startBoth, USER, webMessage } from './test-elizaos';

test('[ELIZA-10] an answer comes as chunks, then as the message with their id', async () => {
  const { agent, next } = scriptAgent();
  const { url } = await startBoth({ store: createMemoryStore(), agents: [agent] });
  const web = await connectWeb(url);
  await joinWeb(web);
  const member = await join(url);
  web.socket.emit('message', webMessage());
  const turn = await next();
  turn.say('How ');
  await web.waitFor('messageStreamChunk');
  const late = await connectWeb(url);
  await joinWeb(late);
  turn.say({ thought: 'hm' });
  turn.say('are you?');
  turn.finish();
  await web.waitFor('messageComplete');
  await member.waitFor('messageBroadcast', 2);
  const chunks = web.payloads('messageStreamChunk').map((chunk) => Object(chunk));
  expect(chunks[0]).toEqual({
    messageId: expect.any(String),
    chunk: 'How ',
    index: 0,
    agentId: agent.id,
    channelId: CHANNEL,
  });
  expect(chunks.map(({ chunk }) => chunk).join('')).toBe('How are you?');
  expect(chunks.map(({ chunk }) => chunk)).not.toContain('');
  expect(await web.waitFor('messageBroadcast', 2)).toMatchObject({
    id: chunks[0].messageId,
    senderId: agent.id,
    senderName: 'Scripted',
    text: 'How are you?',
    thought: 'hm',
    roomId: CHANNEL,
    serverId: SERVER,
    source: 'agent_response',
  });
  expect(web.payloads('messageComplete')).toEqual([
    { channelId: CHANNEL, roomId: CHANNEL, serverId: SERVER, messageServerId: SERVER },
  ]);
  await late.waitFor('messageBroadcast');
  const seen = late.payloads('messageStreamChunk').map((chunk) => Object(chunk).chunk);
  expect(seen.join('')).toBe('How are you?');
});

test('[ELIZA-10] an answer that fails is told with what was said', async () => {
  const { agent, next } = scriptAgent();
  const { url } = await startBoth({ store: createMemoryStore(), agents: [agent] });
  const web = await connectWeb(url);
  await joinWeb(web);
  web.socket.emit('message', webMessage());
  const turn = await next();
  turn.say('How ');
  turn.fail(new Error('out of words'));
  expect(await web.waitFor('messageStreamError')).toEqual({
    messageId: expect.any(String),
    channelId: CHANNEL,
    agentId: agent.id,
    error: 'Scripted could not answer.',
    partialText: 'How ',
  });
});

/** An answer under way, of which a web client has heard the first word. */
async function beginAnswer() {
  const { agent, next } = scriptAgent();
  const store = createMemoryStore();
  const { url } = await startBoth({ store, agents: [agent] });
  const web = await connectWeb(url);
  await joinWeb(web);
  web.socket.emit('message', webMessage());
  const turn = await next();
  turn.say('How ');
  await web.waitFor('messageStreamChunk');
  return { store, url, web, turn };
}

test('[ELIZA-10] who joins is told what was said before anything that is said meanwhile, once on a connection', async () => {
  const { store, url, web, turn } = await beginAnswer();
  const late = await connectWeb(url);
  const { getChannel } = store;
  let said = 1;
  // Whatever its join reads, somebody says something meanwhile that everybody hears who is in the room by then.
  store.getChannel = async (id) => {
    turn.say(`${said} `);
    said += 1;
    await web.waitFor('messageStreamChunk', said);
    return getChannel(id);
  };
  await joinWeb(late);
  store.getChannel = getChannel;
  await late.waitFor('messageStreamChunk');
  await joinWeb(late);
  turn.say('you?');
  turn.finish();
  await Promise.all([web, late].map((client) => client.waitFor('messageComplete')));
  const heardBy = (client: typeof web) =>
    client.payloads('messageStreamChunk').map((chunk) => Object(chunk).chunk);
  expect(said).toBeGreaterThan(1);
  expect(heardBy(late).join('')).toBe(heardBy(web).join(''));
});

test('[ELIZA-10] who has joined twice at once is told what is said while the second join waits', async () => {
  const { store, url, web, turn } = await beginAnswer();
  const twice = await connectWeb(url);
  const { getChannel } = store;
  let reads = 0;
  // Each join reads the channel twice: the second waits until the first is over, and more has been said.
  store.getChannel = async (id) => {
    reads += 1;
    if (reads === 3) {
      await twice.waitFor('room_joined');
      turn.say('are ');
      await web.waitFor('messageStreamChunk', 2);
    }
    return getChannel(id);
  };
  await Promise.all([joinWeb(twice), joinWeb(twice)]);
  await twice.waitFor('room_joined', 2);
  expect(reads).toBe(4);
  turn.say('you?');
  turn.finish();
  await twice.waitFor('messageComplete');
  expect(twice.payloads('messageStreamChunk').map((chunk) => Object(chunk).chunk)).toEqual([
    'How ',
    'are ',
    'you?',
  ]);
});

test('[ELIZA-6] a join that fails at its end is told as an error alone, and whoever asked is not in the channel', async () => {
  const store = createMemoryStore();
  const { url } = await startBoth({ store });
  const web = await connectWeb(url);
  const member = await join(url);
  const { getChannel } = store;
  let reads = 0;
  store.getChannel = async (id) => {
    reads += 1;
    if (reads === 2) throw new WirepactError('STORE_UNAVAILABLE', 'The store cannot be read or written now.');
    return getChannel(id);
  };
  web.socket.emit('message', { type: 1, payload: { channelId: CHANNEL, roomId: CHANNEL, entityId: USER } });
  await web.waitFor('messageError');
  await member.socket.emitWithAck('send_message', hello());
  await member.waitFor('messageBroadcast');
  await joinWeb(web);
  await member.socket.emitWithAck('send_message', hello());
  await web.waitFor('messageBroadcast');
  expect(web.received.map(({ event }) => event).slice(2)).toEqual([
    'messageError',
    'channel_joined',
    'room_joined',
    'messageBroadcast',
  ]);
});

test('[ELIZA-6] that an agent could not answer is no failure of a message', async () => {
  const { agent, next } = scriptAgent();
  const { url } = await startBoth({ store: createMemoryStore(), agents: [agent] });
  const web = await connectWeb(url);
  await joinWeb(web);
  web.socket.emit('message', webMessage());
  (await next()).fail(new Error('out of words'));
  await web.waitFor('messageStreamError');
  web.socket.emit('message', { type: 1, payload: { channelId: 7 } });
  await web.waitFor('messageError');
  expect(web.payloads('messageError')).toHaveLength(1);
  expect(web.payloads('messageError')).not.toContainEqual({ error: 'Scripted could not answer.' });
});
