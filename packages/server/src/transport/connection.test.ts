import { expect, test } from 'vitest';
import { createLogStream, type LogStream } from '../index';
import { connect, join, startChat } from '../test-chat';

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
