import { WirepactError } from '@wirepact/contract/runtime';
import { toBroadcastFor } from '../services/channel-feed';
import type { ChatHandler } from './chat-context';

const DEFAULT_LIMIT = 50;

/** Reads a page of a channel's messages. */
export const list_messages: ChatHandler<'list_messages'> = async ({ connection, services }, payload) => {
  const { channelId, before, after, limit = DEFAULT_LIMIT } = payload;
  if (before !== undefined && after !== undefined) {
    const issues = [{ path: '/after', message: 'must not stand beside `before`', keyword: 'not' }];
    throw new WirepactError('INVALID_PAYLOAD', '/after must not stand beside `before`', { issues });
  }
  const { epoch, seq } = await services.channels.require(channelId);
  // One more than asked for tells whether there are more.
  const found = await services.messages.list(channelId, { limit: limit + 1, before, after });
  const hasMore = found.length > limit;
  const page = after === undefined ? found.slice(-limit) : found.slice(0, limit);
  const reader = connection.identity?.entityId ?? payload.entityId;
  return { messages: page.map((message) => toBroadcastFor(reader, message)), hasMore, epoch, seq };
};
