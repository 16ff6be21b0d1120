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

let sent = 0;

/** A message for a channel, with a number of its own. */
export function createPayload(channelId: string) {
  sent += 1;
  return {
    ...{ channelId, serverId: SERVER_ID, text: TEXT },
    ...{ entityId: 'user-123', entityName: 'John Doe', messageId: `client-msg-${sent}` },
  };
}

/** Sends a message; `done` is called with its acknowledgement, and with an error where that is a failure. */
export const sendMessage = (client: WireClient, channelId: string, done: (error?: Error) => void): void =>
  client.request('send_message', createPayload(channelId), done);
