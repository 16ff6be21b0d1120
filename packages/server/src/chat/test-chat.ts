import type { ManagerOptions, SocketOptions } from 'socket.io-client';
import { onTestFinished } from 'vitest';
import { type ChatServer, type ChatServerOptions, createChatServer } from '../index';
import { type Recorder, record, silent } from '../runtime/test-client';

export { createStallingProxy, listen, type Recorder, record, silent } from '../runtime/test-client';

/** A channel for tests. */
export const CHANNEL = '123e4567-e89b-12d3-a456-426614174000';
export const SERVER = '00000000-0000-0000-0000-000000000000';

/** Starts a chat server on a free port; it closes when the test ends. */
export async function startChat(options: ChatServerOptions = {}): Promise<{ chat: ChatServer; url: string }> {
  const chat = createChatServer({ logger: silent, rateLimit: false, ...options });
  onTestFinished(() => chat.close());
  const { url } = await chat.listen(0, '127.0.0.1');
  return { chat, url };
}

/** A client that has been greeted. */
export async function connect(
  url: string,
  options?: Partial<ManagerOptions & SocketOptions>,
): Promise<Recorder> {
  const recorder = record(url, options);
  await recorder.waitFor('connection_established');
  return recorder;
}

/** A client in `CHANNEL`. */
export async function join(
  url: string,
  options?: Partial<ManagerOptions & SocketOptions>,
): Promise<Recorder> {
  const recorder = await connect(url, options);
  await recorder.ask('join_channel', { channelId: CHANNEL });
  return recorder;
}

/** The payload of a `send_message` to `CHANNEL`. */
export const hello = (fields: Record<string, unknown> = {}) => ({
  channelId: CHANNEL,
  serverId: SERVER,
  text: 'hello',
  entityId: 'user-1',
  ...fields,
});
