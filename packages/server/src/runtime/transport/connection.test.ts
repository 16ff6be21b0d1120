import { expect, test } from 'vitest';
import { CHANNEL, connect, hello, join, startChat } from '../../chat/test-chat';
import { createLogStream, type LogStream } from '../../index';
import { joinRaw } from './test-wire';

/** A log stream that knows how many subscriptions there are. */
function createCountedStream(): { logStream: LogStream; count: () => number } {
  const logStream = createLogStream();
  let count = 0;
  const subscribe: LogStream['subscribe'] = (filter, sink) => {
    const subscription = logStream.subscribe(filter, sink);
    count += 1;
    const unsubscribe = () => {
      count -= 1;
      subscription.unsubscribe();
    };
    return { ...subscription, unsubscribe };
  };
  return { logStream: { ...logStream, subscribe }, count: () => count };
}

test('[B2] a log subscription that is allowed after its connection has ended does not begin', async () => {
  const { logStream, count } = createCountedStream();
  const releases: (() => void)[] = [];
  const { url } = await startChat({
    logStream,
    authorize: ({ event }) =>
      event !== 'subscribe_logs' || new Promise((resolve) => releases.push(() => resolve(true))),
  });
  const leaving = await connect(url);
  for (let index = 0; index < 5; index += 1) leaving.socket.emit('subscribe_logs');
  await expect.poll(() => releases.length).toBe(5);
  const watching = await connect(url);
  leaving.socket.disconnect();
  for (const release of releases) release();
  await watching.ask('heartbeat');
  await expect.poll(count).toBe(0);
});

test('[B2] the subscription of a connection that ends later ends with it', async () => {
  const { logStream, count } = createCountedStream();
  const { url } = await startChat({ logStream });
  const client = await join(url);
  await client.ask('subscribe_logs');
  expect(count()).toBe(1);
  client.socket.disconnect();
  await expect.poll(count).toBe(0);
});

/** A server whose clients sign in with a name. */
const startSignedIn = () => startChat({ authenticate: ({ auth }) => ({ entityId: String(auth.name) }) });

test('[CONN-12] [AUTH-10] [A3] who is put out is told why, and does not come back', async () => {
  const { chat, url } = await startSignedIn();
  const [bob, ada] = await Promise.all([
    connect(url, { auth: { name: 'bob' } }),
    connect(url, { auth: { name: 'ada' } }),
  ]);
  const reason = new Promise((resolve) => bob.socket.once('disconnect', resolve));
  expect(chat.disconnect('bob', 'Spam.')).toBe(1);
  expect(await reason).toBe('io server disconnect');
  expect(bob.received.at(-1)).toMatchObject({
    event: 'connection_ended',
    payload: { reason: 'KICKED', message: 'Spam.', reconnect: false },
  });
  expect(await ada.ask('heartbeat')).toMatchObject({ ok: true });
  expect(chat.disconnect('bob')).toBe(0);
});

test.each([['websocket'], ['polling']])(
  '[A3] who may come back is told so, and Socket.IO’s client does, over %s',
  async (transport) => {
    const { chat, url } = await startSignedIn();
    const bob = await connect(url, {
      ...{ auth: { name: 'bob' }, transports: [transport] },
      ...{ reconnection: true, reconnectionDelay: 1 },
    });
    chat.disconnect('bob', { reconnect: true });
    await bob.waitFor('connection_established', 2);
    expect(bob.payloads('connection_ended')).toMatchObject([{ reason: 'IDENTITY_EXPIRED', reconnect: true }]);
  },
);

test('[A3] whoever has been put out is in no channel, and what it does has no effect', async () => {
  const { chat, url } = await startSignedIn();
  const bob = await joinRaw(url, {});
  bob.send(`420["join_channel",${JSON.stringify({ channelId: CHANNEL })}]`);
  await bob.next('430[');
  bob.socket.pause();
  chat.disconnect('undefined');
  bob.send(`421["send_message",${JSON.stringify(hello({ entityId: 'undefined' }))}]`);
  const ada = await join(url, { auth: { name: 'ada' } });
  await ada.ask('send_message', hello({ entityId: 'ada', text: 'after' }));
  bob.socket.resume();
  await bob.closed;
  expect(bob.received.some((text) => text.includes('messageBroadcast'))).toBe(false);
  expect((await chat.messages.list(CHANNEL, { limit: 9 })).map(({ text }) => text)).toEqual(['after']);
});
