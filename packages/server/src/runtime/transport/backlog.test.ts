import pino from 'pino';
import { expect, test } from 'vitest';
import { CHANNEL, connect, join, startChat } from '../../chat/test-chat';
import type { ChatServer, ChatServerOptions } from '../../index';
import { joinRaw, openPolling, openTcp } from './test-wire';

const MAX_WAITING = 1024 * 1024;
/** What the operating system may take of what nobody reads. */
const IN_SYSTEM = 24 * 1024 * 1024;
const TOPIC = 'x'.repeat(65_536);

/** A chat server, and why its connections have ended. */
async function startWatched(options: ChatServerOptions = {}) {
  const reasons: string[] = [];
  const logger = pino(
    { level: 'debug' },
    {
      write: (line) => {
        const { msg, reason } = JSON.parse(line);
        if (msg === 'disconnected') reasons.push(reason);
      },
    },
  );
  return { ...(await startChat({ maxWaitingBytes: MAX_WAITING, logger, ...options })), reasons };
}

/** Sends the channel's members large events, a turn of the event loop for each; answers with how many bytes. */
async function flood(chat: ChatServer, maxBytes: number, isEnough: () => boolean): Promise<number> {
  let bytes = 0;
  while (!isEnough() && bytes < maxBytes) {
    chat
      .to(CHANNEL)
      .emit('channelUpdated', { channelId: CHANNEL, updates: { topic: TOPIC }, epoch: 'e', seq: 1 });
    bytes += TOPIC.length;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return bytes;
}

/** A session of long polling in the channel, that is not being polled. */
async function joinPolling(url: string) {
  const polling = await openPolling(url);
  await polling.post('40');
  await polling.poll();
  await polling.post(joinChannel);
  await polling.poll();
  return polling;
}

const joinChannel = `42["join_channel",{"channelId":"${CHANNEL}"}]`;

test('[CONN-14] [B7] a websocket that nobody reads is cut off by bytes, and others are not', async () => {
  const { chat, url, reasons } = await startWatched();
  const reader = await join(url);
  const slow = await joinRaw(url);
  slow.send(joinChannel);
  await slow.next('42["channel_joined"');
  slow.socket.pause();
  const bytes = await flood(chat, 2 * IN_SYSTEM, () => reasons.length > 0);
  expect(reasons).toEqual(['SLOW_READER']);
  expect(bytes).toBeLessThan(MAX_WAITING + IN_SYSTEM);
  expect(await reader.ask('heartbeat')).toMatchObject({ ok: true });
});

test('[CONN-14] [B7] a session of polling that nobody polls is cut off by bytes', async () => {
  const { chat, url, reasons } = await startWatched();
  await joinPolling(url);
  const bytes = await flood(chat, 2 * IN_SYSTEM, () => reasons.length > 0);
  expect(reasons).toEqual(['SLOW_READER']);
  expect(bytes).toBeLessThan(2 * MAX_WAITING);
});

test('[CONN-14] [B7] a response to polling that nobody reads counts, too', async () => {
  const { chat, url, reasons } = await startWatched({ maxWaitingBytes: 2 * IN_SYSTEM });
  const polling = await joinPolling(url);
  await flood(chat, 1.5 * IN_SYSTEM, () => reasons.length > 0);
  const { pathname, search } = new URL(polling.session);
  openTcp(url, `GET ${pathname}${search} HTTP/1.1\r\nHost: a\r\n\r\n`).socket.pause();
  // A round trip, after which the request before it has been read.
  await expect.poll(async () => (await fetch(url)).status).toBe(404);
  const bytes = await flood(chat, 2 * IN_SYSTEM, () => reasons.length > 0);
  expect(reasons).toEqual(['SLOW_READER']);
  expect(bytes).toBeLessThan(IN_SYSTEM);
});

test('[CONN-14] [B7] what is larger than may wait is sent to whoever reads', async () => {
  const { chat, url, reasons } = await startWatched({ maxWaitingBytes: 1_024 });
  const client = await join(url);
  chat
    .to(CHANNEL)
    .emit('channelUpdated', { channelId: CHANNEL, updates: { topic: TOPIC }, epoch: 'e', seq: 1 });
  expect(await client.waitFor('channelUpdated')).toMatchObject({ updates: { topic: TOPIC } });
  expect(await client.ask('heartbeat')).toMatchObject({ ok: true });
  expect(reasons).toEqual([]);
  expect(await (await connect(url)).ask('heartbeat')).toMatchObject({ ok: true });
});
