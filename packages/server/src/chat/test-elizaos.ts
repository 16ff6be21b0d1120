import type { ManagerOptions, SocketOptions } from 'socket.io-client';
import { elizaos } from '../index';
import { CHANNEL, type Recorder, record, SERVER, startChat } from './test-chat';

/** The entity of a deployed web client. */
export const USER = '7f000000-0000-4000-8000-000000000001';

/** A chat that understands ElizaOS, too. */
export const startBoth = (options: Parameters<typeof startChat>[0] = {}) =>
  startChat({ dialects: [elizaos], ...options });

/** A deployed web client that has been greeted: it opens with polling, and upgrades. */
export async function connectWeb(
  url: string,
  options: Partial<ManagerOptions & SocketOptions> = {},
): Promise<Recorder> {
  const web = record(url, { transports: ['polling', 'websocket'], auth: { entityId: USER }, ...options });
  await web.waitFor('connection_established');
  return web;
}

/** Joins as the web client does. */
export async function joinWeb(web: Recorder): Promise<void> {
  const payload = { channelId: CHANNEL, roomId: CHANNEL, entityId: USER };
  web.socket.emit('message', { type: 1, payload });
  await web.waitFor('room_joined');
}

/** What the web client sends. */
export const webMessage = (fields: Record<string, unknown> = {}) => ({
  type: 2,
  payload: {
    senderId: USER,
    senderName: 'user',
    message: 'hello',
    channelId: CHANNEL,
    roomId: CHANNEL,
    messageServerId: SERVER,
    messageId: 'optimistic-1',
    source: 'client_chat',
    attachments: [],
    metadata: { channelType: 'GROUP' },
    ...fields,
  },
});
