import { randomUUID } from 'node:crypto';
import type { WireClient } from './wire-client';

/** The server that channels and messages belong to. */
export const SERVER_ID = '00000000-0000-0000-0000-000000000000';
/** 64 characters. */
export const TEXT = 'A message of sixty-four characters, neither short nor long: chat';

/** Ids of new channels. */
export const createChannelIds = (count: number): string[] =>
  Array.from({ length: count }, () => randomUUID());

/** What a member joins a channel with. */
export const createJoin = (channelId: string) => ({
  channelId,
  entityId: 'user-123',
  metadata: { isDm: true },
});

/** Joins a channel and waits for the acknowledgement. */
export const join = (client: WireClient, channelId: string): Promise<void> =>
  client.requestOnce('join_channel', createJoin(channelId));

/** A UUID of version 7, as our client names its messages. */
function createMessageId(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

/** A message for a channel, with an id of its own. */
export const createPayload = (channelId: string) => ({
  ...{ channelId, serverId: SERVER_ID, text: TEXT },
  ...{ entityId: 'user-123', entityName: 'John Doe', messageId: createMessageId() },
});

/** Sends a message; `done` is called with its acknowledgement, and with an error where that is a failure. */
export const sendMessage = (client: WireClient, channelId: string, done: (error?: Error) => void): void =>
  client.request('send_message', createPayload(channelId), done);
