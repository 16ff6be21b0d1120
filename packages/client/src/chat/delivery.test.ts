import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WirepactError } from '@wirepact/contract/runtime';
import { attachChatServer, type ChatServerOptions, createMemoryStore, type Store } from '@wirepact/server';
import pino from 'pino';
import { Server } from 'socket.io';
import { describe, expect, onTestFinished, test } from 'vitest';
import { rejectionOf, untilState } from '../../test/chat-fixture';
import { createMemoryOutboxStorage } from '../../test/memory-outbox-storage';
import { CHANNEL } from '../../test/socket-server';
import { type Channel, type ChatClientOptions, createChatClient } from '../index';

/** Messages between this client and the real server, over connections and stores that fail. */

const SERVER = '00000000-0000-0000-0000-000000000000';

/** A chat server whose connections the test cuts. Its channel is there already. */
async function start(store: Store = createMemoryStore(), options: ChatServerOptions = {}) {
  const http = createServer();
  const io = new Server(http);
  const logger = pino({ level: 'silent' });
  const chat = attachChatServer(io, { rateLimit: false, logger, store, authorize: () => true, ...options });
  onTestFinished(async () => {
    await chat.close();
    await io.close();
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  await chat.channels.create({ id: CHANNEL });
  const post = (text: string) =>
    chat.messages.post({
      ...{ channelId: CHANNEL, serverId: SERVER, senderId: 'host', senderName: 'Host', source: 'test' },
      text,
    });
  const stored = async () =>
    (await store.listMessages(CHANNEL, { limit: 200 })).messages.map(({ text }) => text);
  return { chat, url, post, stored, cut: () => io.disconnectSockets(true) };
}

function connect(url: string, options: ChatClientOptions = {}) {
  const chat = createChatClient(url, {
    ...{ reconnectionDelay: 5, reconnectionDelayMax: 20, entityId: 'me', transports: ['websocket'] },
    ...options,
  });
  onTestFinished(() => chat.close());
  return chat;
}

const shown = ({ view }: Channel) =>
  view.get().messages.map(({ text, status }) => (status === 'sent' ? text : `${text} ${status}`));
const untilShown = (channel: Channel, ...wanted: string[]) =>
  expect.poll(() => shown(channel)).toEqual(wanted);

/** A promise to be resolved from outside. */
function createLatch() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
}

test('a message whose receipt is lost is sent again and stored once', async () => {
  const store = createMemoryStore();
  let afterStoring = () => {};
  const appendMessage: Store['appendMessage'] = async (message) => {
    const appended = await store.appendMessage(message);
    afterStoring();
    return appended;
  };
  const { url, stored, cut } = await start({ ...store, appendMessage });
  const channel = await connect(url).join(CHANNEL);
  let cuts = 0;
  afterStoring = () => {
    cuts += 1;
    if (cuts <= 2) cut();
  };
  const sent = await Promise.all(['a', 'b', 'c'].map((text) => channel.send(text)));
  expect(sent.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(cuts).toBeGreaterThan(3);
  expect(await stored()).toEqual(['a', 'b', 'c']);
  await untilShown(channel, 'a', 'b', 'c');
});

test('messages sent while away are shown at once and delivered in order, after what was missed', async () => {
  const { url, post, stored } = await start();
  const chat = connect(url);
  const channel = await chat.join(CHANNEL);
  const heard: string[] = [];
  channel.on('messageBroadcast', ({ text }) => heard.push(text));
  chat.disconnect();
  const sending = Promise.all(['a', 'b', 'c'].map((text) => channel.send(text)));
  expect(shown(channel)).toEqual(['a pending', 'b pending', 'c pending']);
  const keys = channel.view.get().messages.map(({ key }) => key);
  await post('missed');
  await chat.connect();
  await sending;
  await untilShown(channel, 'missed', 'a', 'b', 'c');
  expect(
    channel.view
      .get()
      .messages.slice(1)
      .map(({ key }) => key),
  ).toEqual(keys);
  expect(heard).toEqual(['missed', 'a', 'b', 'c']);
  expect(await stored()).toEqual(['missed', 'a', 'b', 'c']);
});

test('two clients see the same, whatever happens to their connections', async () => {
  const { url, post, cut, chat: server } = await start();
  const [one, other] = await Promise.all(
    ['one', 'other'].map((entityId) => connect(url, { entityId }).join(CHANNEL)),
  );
  if (!one || !other) throw new Error('nobody joined');
  const sends: Promise<unknown>[] = [];
  for (let round = 0; round < 5; round += 1) {
    for (const channel of [one, other])
      for (const text of ['x', 'y']) sends.push(channel.send(`${text}${round}`));
    const { message } = await post(`host ${round}`);
    cut();
    if (round % 2 === 0) await server.messages.delete(CHANNEL, message.id);
    await Promise.all(sends);
  }
  await server.channels.update(CHANNEL, { name: 'End' });
  for (const { view } of [one, other]) await untilState(view, ({ properties }) => properties.name === 'End');
  const ids = ({ view }: Channel) => view.get().messages.map(({ id }) => id);
  expect(ids(one)).toEqual(ids(other));
  expect(ids(one)).toHaveLength(5 * 4 + 2);
  expect(shown(one).filter((text) => text.startsWith('x'))).toHaveLength(10);
});

test('more is missed than the server can tell: the newest history takes the place of the view', async () => {
  const { url, post } = await start(createMemoryStore({ maxEventsPerChannel: 4 }));
  const chat = connect(url);
  const channel = await chat.join(CHANNEL);
  await post('early');
  await untilShown(channel, 'early');
  chat.disconnect();
  for (let number = 1; number <= 9; number += 1) await post(`m${number}`);
  await chat.connect();
  const newest = shown(channel);
  expect(newest.at(-1)).toBe('m9');
  expect(newest).not.toContain('early');
  await post('live');
  await untilShown(channel, ...newest, 'live');
});

test('history is loaded with the join and page by page', async () => {
  const { url, post } = await start();
  for (let number = 1; number <= 7; number += 1) await post(`m${number}`);
  const channel = await connect(url).join(CHANNEL, { history: 3 });
  await untilShown(channel, 'm5', 'm6', 'm7');
  await channel.loadOlder(3);
  expect(shown(channel)).toEqual(['m2', 'm3', 'm4', 'm5', 'm6', 'm7']);
  expect(channel.view.get().hasOlder).toBe(true);
  await channel.loadOlder(3);
  expect(shown(channel)).toHaveLength(7);
  expect(channel.view.get().hasOlder).toBe(false);
});

test('deletes, clears, updates and the end of a channel are applied for everybody', async () => {
  const { url } = await start();
  const channel = await connect(url).join(CHANNEL);
  const other = await connect(url, { entityId: 'other' }).join(CHANNEL);
  const { messageId } = await channel.send('a');
  await channel.send('b');
  await channel.deleteMessage(messageId);
  await untilShown(other, 'b');
  await channel.update({ name: 'New', metadata: { a: 1 } });
  await untilState(other.view, ({ properties }) => properties.name === 'New');
  await channel.clear();
  await untilShown(other);
  await channel.delete();
  await untilState(other.state, ({ status }) => status === 'deleted');
  expect(await rejectionOf(channel.send('late'))).toMatchObject({ code: 'CHANNEL_NOT_FOUND' });
  expect(shown(channel)).toEqual(['late failed']);
});

test('[H12] a message is from nobody else while it waits than it is once it was sent', async () => {
  const { url } = await start(undefined, { authenticate: () => ({ entityId: 'me', entityName: 'Ada' }) });
  const chat = connect(url, { auth: { token: 'any' } });
  const channel = await chat.join(CHANNEL);
  const names: unknown[] = [];
  channel.view.subscribe(({ messages }) => names.push(messages.at(-1)?.senderName));
  await channel.send('a');
  await channel.send('b');
  // Before the server has said it there is no name, and no wrong one.
  expect(new Set(names)).toEqual(new Set([undefined, 'Ada']));
  expect(names.slice(names.indexOf('Ada'))).not.toContain(undefined);
  const named = await connect(url, { entityName: 'A. Lovelace' }).join(CHANNEL);
  const sending = named.send('c');
  expect(named.view.get().messages.at(-1)?.senderName).toBe('A. Lovelace');
  await sending;
  const again = named.send('d');
  expect(named.view.get().messages.at(-1)?.senderName).toBe('Ada');
  await again;
});

test('[H15] what a message answers, and its metadata, are in the views: at once, for everybody, and in history', async () => {
  const { url } = await start();
  const channel = await connect(url).join(CHANNEL);
  const other = await connect(url, { entityId: 'other' }).join(CHANNEL);
  const { messageId } = await channel.send('Where?');
  const content = { inReplyToMessageId: messageId, metadata: { place: { x: 1 } } };
  const sending = channel.send('Here.', content);
  expect(channel.view.get().messages.at(-1)).toMatchObject({ status: 'pending', ...content });
  await sending;
  await untilShown(other, 'Where?', 'Here.');
  for (const { view } of [channel, other]) expect(view.get().messages.at(-1)).toMatchObject(content);
  const later = await connect(url, { entityId: 'later' }).join(CHANNEL, { history: 10 });
  await untilShown(later, 'Where?', 'Here.');
  expect(later.view.get().messages.at(-1)).toMatchObject(content);
});

test('[H5] messages over the rate limit say so in the view, with the time they are sent again', async () => {
  const { url, stored } = await start(undefined, { rateLimit: { points: 3, durationSeconds: 1 } });
  const channel = await connect(url, { heartbeatIntervalMs: 0 }).join(CHANNEL);
  const texts = ['a', 'b', 'c', 'd', 'e'];
  const sending = Promise.all(texts.map((text) => channel.send(text)));
  const { waiting } = await untilState(channel.view, (view) => view.waiting?.for === 'retry');
  expect(waiting?.error).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) });
  expect(waiting?.retryAt).toBeGreaterThan(Date.now() - 1);
  await sending;
  expect(await stored()).toEqual(texts);
  expect(channel.view.get()).not.toHaveProperty('waiting');
});

test('[H5] a message that waits for the connection says so in the view', async () => {
  const { url } = await start();
  const chat = connect(url);
  const channel = await chat.join(CHANNEL);
  chat.disconnect();
  const sending = channel.send('a');
  await untilState(channel.view, ({ waiting }) => waiting?.for === 'connection');
  await chat.connect();
  await sending;
  expect(channel.view.get()).not.toHaveProperty('waiting');
});

describe('a store that fails', () => {
  test('for now delays messages and keeps their order', async () => {
    const store = createMemoryStore();
    const failures = [
      new WirepactError('STORE_UNAVAILABLE', 'Down.', { retryable: true }),
      new WirepactError('RATE_LIMITED', 'Slow down.', { retryable: true, retryAfterMs: 10 }),
    ];
    const appendMessage: Store['appendMessage'] = async (message) => {
      const failure = failures.shift();
      if (failure) throw failure;
      return store.appendMessage(message);
    };
    const { url, stored } = await start({ ...store, appendMessage });
    const channel = await connect(url).join(CHANNEL);
    await Promise.all(['a', 'b', 'c'].map((text) => channel.send(text)));
    expect(await stored()).toEqual(['a', 'b', 'c']);
    expect(failures).toEqual([]);
  });

  test('that does not answer in time is asked again, and stores the message once', async () => {
    const store = createMemoryStore();
    const latch = createLatch();
    let asked = 0;
    const appendMessage: Store['appendMessage'] = async (message) => {
      asked += 1;
      if (asked === 1) await latch.passed;
      return store.appendMessage(message);
    };
    const { url, stored } = await start({ ...store, appendMessage });
    const channel = await connect(url, { requestTimeoutMs: 30 }).join(CHANNEL, { timeoutMs: 5000 });
    const sent = await channel.send('a');
    latch.open();
    expect(sent).toMatchObject({ seq: 1 });
    await channel.send('b');
    expect(await stored()).toEqual(['a', 'b']);
    await untilShown(channel, 'a', 'b');
  });
});

describe('a message that fails', () => {
  const refusing = (texts: Set<string>): ChatServerOptions => ({
    authorize: ({ event, payload }) => event !== 'send_message' || !texts.has(Object(payload).text),
  });

  test('says why, does not hold up the next, and is retried or discarded', async () => {
    const refused = new Set(['a', 'b']);
    const { url, stored } = await start(undefined, refusing(refused));
    const channel = await connect(url).join(CHANNEL);
    const [a, b] = [rejectionOf(channel.send('a', { messageId: 'mine' })), rejectionOf(channel.send('b'))];
    await channel.send('c');
    expect([await a, await b]).toMatchObject([{ code: 'FORBIDDEN' }, { code: 'FORBIDDEN' }]);
    await untilShown(channel, 'c', 'a failed', 'b failed');
    const [, , second] = channel.view.get().messages;
    expect(second).toMatchObject({ error: { code: 'FORBIDDEN' } });
    refused.clear();
    expect(channel.discard(second?.clientMessageId ?? '')).toBe(true);
    const { messageId } = await channel.retry('mine');
    await untilShown(channel, 'c', 'a');
    expect(channel.view.get().messages[1]).toMatchObject({ id: messageId, key: 'mine' });
    expect(await stored()).toEqual(['c', 'a']);
    expect(await rejectionOf(channel.retry('mine'))).toMatchObject({ code: 'MESSAGE_NOT_FOUND' });
  });

  test('in time only is done when it turns up', async () => {
    const store = createMemoryStore();
    const latch = createLatch();
    const appendMessage: Store['appendMessage'] = async (message) => {
      await latch.passed;
      return store.appendMessage(message);
    };
    const { url } = await start({ ...store, appendMessage });
    const channel = await connect(url, { sendTimeoutMs: 20 }).join(CHANNEL);
    expect(await rejectionOf(channel.send('a'))).toMatchObject({ code: 'TIMEOUT' });
    expect(shown(channel)).toEqual(['a failed']);
    latch.open();
    await untilShown(channel, 'a');
    const { clientMessageId = '' } = channel.view.get().messages[0] ?? {};
    expect(channel.discard(clientMessageId)).toBe(false);
  });

  test('for want of room is not put into the view', async () => {
    const { url } = await start();
    const chat = connect(url, { outbox: { maxMessages: 2 } });
    const channel = await chat.join(CHANNEL);
    chat.disconnect();
    const sends = [channel.send('a'), channel.send('b')];
    expect(await rejectionOf(channel.send('c'))).toMatchObject({ code: 'OUTBOX_FULL', retryable: true });
    expect(shown(channel)).toEqual(['a pending', 'b pending']);
    await chat.connect();
    await Promise.all(sends);
    await channel.send('c');
  });

  test('because the client is closed says so', async () => {
    const { url } = await start();
    const chat = connect(url);
    const channel = await chat.join(CHANNEL);
    chat.disconnect();
    const waiting = [rejectionOf(channel.send('a')), rejectionOf(channel.send('b'))];
    chat.close();
    expect(await Promise.all(waiting)).toMatchObject([{ code: 'CLOSED' }, { code: 'CLOSED' }]);
    expect(await rejectionOf(channel.send('c'))).toMatchObject({ code: 'CLOSED' });
  });
});

describe('after a reload', () => {
  test('what waited is sent in order, before what comes, and once', async () => {
    const store = createMemoryStore();
    const latch = createLatch();
    let afterStoring = () => {};
    const appendMessage: Store['appendMessage'] = async (message) => {
      const appended = await store.appendMessage(message);
      afterStoring();
      await latch.passed;
      return appended;
    };
    const { url, stored } = await start({ ...store, appendMessage });
    const storage = createMemoryOutboxStorage();
    const before = connect(url, { outbox: { storage } });
    const first = await before.join(CHANNEL);
    const underWay = new Promise<void>((resolve) => {
      afterStoring = resolve;
    });
    const lost = ['a', 'b'].map((text) => rejectionOf(first.send(text)));
    await underWay;
    before.close();
    expect(await Promise.all(lost)).toMatchObject([{ code: 'CLOSED' }, { code: 'CLOSED' }]);
    expect(storage.kept.size).toBe(2);
    latch.open();

    const somebodyElse = await connect(url, { outbox: { storage }, entityId: 'you' }).join(CHANNEL);
    expect(shown(somebodyElse)).toEqual([]);
    const channel = await connect(url, { outbox: { storage } }).join(CHANNEL, { history: 10 });
    await channel.send('c');
    expect(await stored()).toEqual(['a', 'b', 'c']);
    await untilShown(channel, 'a', 'b', 'c');
    await expect.poll(() => storage.kept.size).toBe(0);
  });

  test('what had failed is there to be retried', async () => {
    let allowed = false;
    const { url } = await start(undefined, { authorize: ({ event }) => event !== 'send_message' || allowed });
    const storage = createMemoryOutboxStorage();
    const before = connect(url, { outbox: { storage } });
    const first = await before.join(CHANNEL);
    expect(await rejectionOf(first.send('a', { messageId: 'mine' }))).toMatchObject({ code: 'FORBIDDEN' });
    before.close();
    allowed = true;
    const channel = await connect(url, { outbox: { storage } }).join(CHANNEL);
    expect(channel.view.get().messages).toMatchObject([{ status: 'failed', error: { code: 'FORBIDDEN' } }]);
    await channel.retry('mine');
    await untilShown(channel, 'a');
  });

  test('what failed says as before whether trying again makes sense', async () => {
    const store = createMemoryStore();
    const { url } = await start(
      { ...store, appendMessage: () => new Promise(() => {}) },
      { drainTimeoutMs: 0 },
    );
    const storage = createMemoryOutboxStorage();
    const before = connect(url, { outbox: { storage } });
    const first = await before.join(CHANNEL);
    await rejectionOf(first.send('a', { messageId: 'mine', timeoutMs: 20 }));
    before.close();
    const channel = await connect(url, { outbox: { storage } }).join(CHANNEL);
    expect(channel.view.get().messages).toMatchObject([
      { status: 'failed', error: { code: 'TIMEOUT', retryable: true } },
    ]);
  });

  test('what the server turns out to have is shown once, and is done', async () => {
    const store = createMemoryStore();
    let isStuck = true;
    const appendMessage: Store['appendMessage'] = async (message) => {
      const appended = await store.appendMessage(message);
      // The answer to the first message never comes.
      return isStuck ? new Promise(() => {}) : appended;
    };
    const { url, stored } = await start({ ...store, appendMessage }, { drainTimeoutMs: 0 });
    const storage = createMemoryOutboxStorage();
    const before = connect(url, { outbox: { storage } });
    const first = await before.join(CHANNEL);
    const sent = rejectionOf(first.send('a', { messageId: 'mine', timeoutMs: 50 }));
    expect(await sent).toMatchObject({ code: 'TIMEOUT' });
    expect(await stored()).toEqual(['a']);
    before.close();
    isStuck = false;
    const channel = await connect(url, { outbox: { storage } }).join(CHANNEL);
    expect(shown(channel)).toEqual(['a failed']);
    await channel.loadOlder();
    expect(channel.view.get().messages).toMatchObject([{ key: 'mine', status: 'sent', text: 'a' }]);
    await expect.poll(() => storage.kept.size).toBe(0);
    const other = await connect(url, { entityId: 'you' }).join(CHANNEL, { history: 10 });
    await untilShown(other, 'a');
    expect(other.view.get().messages[0]).not.toHaveProperty('clientMessageId');
  });

  test('nothing is left of what was sent, discarded or left behind with the channel', async () => {
    const { url } = await start();
    const storage = createMemoryOutboxStorage();
    const chat = connect(url, { outbox: { storage } });
    const channel = await chat.join(CHANNEL);
    await channel.send('a');
    chat.disconnect();
    const waiting = [rejectionOf(channel.send('b', { messageId: 'b' })), rejectionOf(channel.send('c'))];
    channel.discard('b');
    await channel.leave();
    expect(await Promise.all(waiting)).toMatchObject([{ code: 'ABORTED' }, { code: 'CHANNEL_LEFT' }]);
    await expect.poll(() => storage.kept.size).toBe(0);
  });

  test('a storage that throws is told of and loses nothing', async () => {
    const { url, stored } = await start();
    const errors: string[] = [];
    const fail = () => {
      throw new Error('no room');
    };
    const storage = { load: fail, save: fail, remove: fail };
    const onStorageError = ({ code }: WirepactError) => void errors.push(code);
    const channel = await connect(url, { outbox: { storage, onStorageError } }).join(CHANNEL);
    await channel.send('a');
    expect(await stored()).toEqual(['a']);
    await expect.poll(() => errors).toEqual(['STORAGE_FAILED', 'STORAGE_FAILED', 'STORAGE_FAILED']);
  });
});

test('a client that comes back to many channels has no listener for each of them, of which Node would warn', async () => {
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => void warnings.push(warning);
  process.on('warning', onWarning);
  onTestFinished(() => void process.off('warning', onWarning));
  const { url, cut } = await start();
  const chat = connect(url);
  const ids = Array.from({ length: 12 }, (_, index) => `${CHANNEL.slice(0, -2)}${10 + index}`);
  const channels = await Promise.all(ids.map((id) => chat.join(id)));
  const seen = channels.map(({ state }) => {
    const statuses: string[] = [];
    state.subscribe(({ status }) => void statuses.push(status));
    return statuses;
  });
  cut();
  await expect.poll(() => seen).toEqual(ids.map(() => ['rejoining', 'joined']));
  expect(warnings).toEqual([]);
});
