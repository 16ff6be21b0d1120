import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { createMemoryStore, createSqliteStore, type Store } from '../index';
import { bundlePackage } from './store/test-child-process';
import { scriptAgent } from './test-agent';
import { CHANNEL, hello, join, SERVER, startChat } from './test-chat';

let bundle = '';
beforeAll(async () => {
  bundle = await bundlePackage('answers-processes');
});

const createFile = (): string => {
  const folder = mkdtempSync(joinPath(tmpdir(), 'wirepact-answers-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return joinPath(folder, 'chat.db');
};

const openStore = (file: string): Store => {
  const store = createSqliteStore({ file });
  onTestFinished(() => store.close());
  return store;
};

/** A server whose agent says half of its answer and hangs. */
const PROGRAM = `
  const [bundle, file, id] = process.argv.slice(1);
  const { createChatServer, createSqliteStore } = await import(bundle);
  const store = createSqliteStore({ file });
  const agent = {
    id,
    name: 'Scripted',
    async *respond({ text }) {
      if (text !== 'quiet') yield 'half of ';
      await new Promise(() => {});
    },
  };
  const chat = createChatServer({ store, agents: [agent], rateLimit: false, maxAgentTurns: 4 });
  const { url } = await chat.listen(0, '127.0.0.1');
  process.send(url);`;

/** Starts that server in a process of its own. */
async function startElsewhere(file: string, agentId: string) {
  const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', PROGRAM];
  const child = spawn(process.execPath, [...flags, bundle, file, agentId], {
    cwd: import.meta.dirname,
    env: { ...process.env, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  onTestFinished(kill);
  const [url] = await once(child, 'message');
  return { url: String(url), kill };
}

/** Intervals of this process stand still, until what is answered lets them pass twenty times as fast. */
function holdIntervals(): () => void {
  const { setInterval: every, clearInterval: stop } = globalThis;
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  let timer: NodeJS.Timeout | undefined;
  onTestFinished(() => {
    stop(timer);
    vi.useRealTimers();
  });
  return () => {
    timer = every(() => vi.advanceTimersByTime(2_000), 100);
  };
}

test('[TURN-7] turns whose process was killed are ended once by one of two others, with what was said', async () => {
  const hurry = holdIntervals();
  const file = createFile();
  const { agent } = scriptAgent();
  const { url, kill } = await startElsewhere(file, agent.id);
  const asker = await join(url);
  const ids = [];
  for (const text of ['loud', 'quiet']) {
    const { data } = Object(await asker.ask('send_message', hello({ text })));
    ids.push(data.messageId);
  }
  await asker.waitFor('messageStreamChunk', 2);
  const [{ messageId }, { messageId: quietId }] = ids.map((id) =>
    Object(asker.payloads('messageStreamChunk').find((chunk) => Object(chunk).inReplyToMessageId === id)),
  );
  const stores = [openStore(file), openStore(file)];
  const [one, other] = await Promise.all(stores.map((store) => startChat({ store, agents: [agent] })));
  await expect
    .poll(async () => (await stores[0]?.turns.get(CHANNEL, messageId))?.answer.text)
    .toBe('half of ');
  await kill();
  hurry();
  const clients = await Promise.all([join(String(one?.url)), join(String(other?.url))]);
  const { data } = Object(await clients[0].ask('join_channel', { channelId: CHANNEL }));
  expect(data.streams).toMatchObject([{ messageId, text: 'half of ' }]);
  const told = () => clients.flatMap((client) => client.payloads('messageStreamError'));
  await expect.poll(() => clients.flatMap((client) => client.payloads('messageComplete'))).toHaveLength(2);
  for (const client of clients) await client.waitFor('messageBroadcast');
  expect(told()).toHaveLength(2);
  expect(told()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ messageId, code: 'AGENT_LOST', partialText: 'half of ' }),
      expect.objectContaining({ messageId: quietId, code: 'AGENT_LOST' }),
    ]),
  );
  for (const client of clients) {
    expect(client.payloads('messageBroadcast')).toMatchObject([
      { id: messageId, text: 'half of ', incomplete: 'failed', inReplyToMessageId: ids[0] },
    ]);
  }
  await expect.poll(() => stores[0]?.turns.listOthers('', 10)).toEqual([]);
  expect((await one?.chat.messages.list(CHANNEL, { limit: 9 }))?.map(({ text }) => text)).toEqual([
    ...['loud', 'quiet', 'half of '],
  ]);
});

test('[TURN-7] of an answer that was kept before its process was gone, only the end is told, by one of two servers', async () => {
  holdIntervals()();
  const store = createMemoryStore();
  const { agent } = scriptAgent();
  const servers = await Promise.all([1, 2].map(() => startChat({ store, agents: [agent] })));
  const clients = await Promise.all(servers.map(({ url }) => join(url)));
  const messageId = '0192f0c1-7b1e-7c3a-9d55-8f2f3a1b4c5d';
  const inReplyToMessageId = '0192f0c1-7b1d-7c3a-9d55-8f2f3a1b4c5d';
  const said = { channelId: CHANNEL, serverId: SERVER, senderName: agent.name, inReplyToMessageId };
  const answer = { text: 'half of ', tools: [], actions: [], attachments: [] };
  const { epoch = '' } = (await store.getChannel(CHANNEL)) ?? {};
  await store.turns.begin({ ...said, epoch, messageId, agentId: agent.id, answer }, 'gone');
  const place = { id: messageId, clientMessageId: messageId, senderId: agent.id, source: 'agent_response' };
  await store.appendMessage({ ...said, ...place, text: 'the whole of it', createdAt: 1 });
  const completed = () => clients.flatMap((client) => client.payloads('messageComplete'));
  await expect
    .poll(completed)
    .toEqual([{ channelId: CHANNEL, serverId: SERVER, messageId, inReplyToMessageId }]);
  await expect.poll(() => store.turns.listOthers('', 9)).toEqual([]);
  const [first] = servers;
  expect(await first?.chat.messages.list(CHANNEL, { limit: 9 })).toMatchObject([{ text: 'the whole of it' }]);
  for (const client of clients) {
    await client.ask('heartbeat');
    expect(client.payloads('messageStreamError')).toEqual([]);
  }
  expect(completed()).toHaveLength(1);
});

test('[TURN-7] a server that is closed leaves its turns to the one that runs next, with all that was said', async () => {
  const store = createMemoryStore();
  const { agent, next } = scriptAgent();
  const { chat, url } = await startChat({ store, agents: [agent], drainTimeoutMs: 10 });
  const asker = await join(url);
  await asker.ask('send_message', hello());
  const turn = await next();
  turn.say('half of ');
  await asker.waitFor('messageStreamChunk', 2);
  await chat.close();
  expect(turn.signal.aborted).toBe(true);
  expect(asker.payloads('messageStreamError')).toEqual([]);
  const { chat: again } = await startChat({ store, agents: [agent] });
  await expect
    .poll(async () =>
      (await again.messages.list(CHANNEL, { limit: 9 })).map(({ text, incomplete }) => [text, incomplete]),
    )
    .toEqual([
      ['hello', undefined],
      ['half of ', 'failed'],
    ]);
  await expect.poll(() => store.turns.listOthers('', 9)).toEqual([]);
});

test('[TURN-4] [TURN-7] an answer is cancelled in whichever process it is given', async () => {
  const hurry = holdIntervals();
  const store = createMemoryStore();
  const { agent, next } = scriptAgent();
  const [here, there] = [await startChat({ store, agents: [agent] }), await startChat({ store })];
  const asker = await join(here.url);
  const other = await join(there.url);
  await asker.ask('send_message', hello());
  const turn = await next();
  turn.say('half of ');
  await asker.waitFor('messageStreamChunk', 2);
  const { messageId } = Object(asker.payloads('messageStreamChunk')[0]);
  const cancel = { channelId: CHANNEL, messageId };
  expect(await other.ask('cancel_response', cancel)).toEqual({ ok: true, data: { cancelled: true } });
  expect(await other.ask('cancel_response', cancel)).toEqual({ ok: true, data: { cancelled: false } });
  hurry();
  await asker.waitFor('messageComplete');
  expect(asker.payloads('messageStreamError')).toMatchObject([{ messageId, code: 'RESPONSE_CANCELLED' }]);
  expect(turn.signal.aborted).toBe(true);
});

test('[TURN-7] an end that cannot be stored is told once it is', async () => {
  const hurry = holdIntervals();
  const memory = createMemoryStore();
  let isDown = false;
  const appendMessage: Store['appendMessage'] = async (message) => {
    if (isDown) throw new Error('the disk is full');
    return memory.appendMessage(message);
  };
  const { agent, next } = scriptAgent();
  const { url } = await startChat({ store: { ...memory, appendMessage }, agents: [agent] });
  const asker = await join(url);
  await asker.ask('send_message', hello());
  const turn = await next();
  isDown = true;
  turn.say('whole');
  turn.finish();
  await asker.waitFor('messageStreamChunk', 2);
  expect(asker.payloads('messageComplete')).toEqual([]);
  isDown = false;
  hurry();
  await asker.waitFor('messageComplete');
  expect(asker.payloads('messageBroadcast')).toMatchObject([{}, { text: 'whole' }]);
  expect(asker.payloads('messageStreamError')).toEqual([]);
  expect(asker.payloads('messageComplete')).toHaveLength(1);
});

test('[TURN-1] [TURN-7] an end that the store does not forget at once is told once', async () => {
  holdIntervals()();
  const memory = createMemoryStore();
  let refusals = 1;
  const end: Store['turns']['end'] = async (channelId, messageId) => {
    refusals -= 1;
    if (refusals >= 0) throw new Error('the disk is full');
    await memory.turns.end(channelId, messageId);
  };
  const { agent, next } = scriptAgent();
  const { url } = await startChat({ store: { ...memory, turns: { ...memory.turns, end } }, agents: [agent] });
  const asker = await join(url);
  await asker.ask('send_message', hello());
  (await next()).fail(new Error('quiet'));
  await asker.waitFor('messageComplete');
  await expect.poll(() => memory.turns.listOthers('', 9)).toEqual([]);
  expect(refusals).toBeLessThan(0);
  await asker.ask('send_message', hello());
  (await next()).finish();
  await asker.waitFor('messageComplete', 2);
  expect(asker.payloads('messageComplete')).toHaveLength(2);
  expect(asker.payloads('messageStreamError')).toMatchObject([{ code: 'AGENT_FAILED' }]);
});

test('[TURN-7] a turn of which the store learns late, after it has failed, is ended once', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const memory = createMemoryStore();
  let arrive = async () => {};
  const begin: Store['turns']['begin'] = async (...begun) => {
    arrive = () => memory.turns.begin(...begun);
    throw new Error('no answer in time');
  };
  const { agent } = scriptAgent();
  const { url } = await startChat({
    store: { ...memory, turns: { ...memory.turns, begin } },
    agents: [agent],
  });
  const other = await startChat({ store: memory, agents: [agent] });
  const [asker, member] = [await join(url), await join(other.url)];
  await asker.ask('send_message', hello());
  await asker.waitFor('messageStreamError');
  await vi.advanceTimersByTimeAsync(4_000);
  await arrive();
  for (let look = 0; look < 6; look += 1) {
    await vi.advanceTimersByTimeAsync(2_000);
    await member.ask('heartbeat');
  }
  expect(await memory.turns.listOthers('', 9)).toEqual([]);
  expect(member.payloads('messageStreamError')).toEqual([]);
  expect(asker.payloads('messageStreamError')).toHaveLength(1);
});
