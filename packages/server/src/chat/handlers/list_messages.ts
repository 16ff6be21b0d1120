import { WirepactError } from '@wirepact/contract/runtime';
import { toBroadcastFor } from '../services/channel-entry';
import { toChannelId } from '../services/channel-id';
import { withoutThought } from '../services/thought-grants';
import type { ChatHandler } from './chat-context';

const DEFAULT_LIMIT = 50;
/** A page is shorter than asked for where its messages are larger than this together, in bytes. */
const MAX_PAGE_BYTES = 1024 * 1024;

/** Reads a page of a channel's messages. */
export const list_messages: ChatHandler<'list_messages'> = ({ connection, services }, payload) => {
  const { before, after, limit = DEFAULT_LIMIT } = payload;
  if (before !== undefined && after !== undefined) {
    const issues = [{ path: '/after', message: 'must not stand beside `before`', keyword: 'not' }];
    throw new WirepactError('INVALID_PAYLOAD', '/after must not stand beside `before`', { issues });
  }
  const channelId = toChannelId(payload.channelId);
  return services.read(connection, async () => {
    const { epoch, seq } = await services.channels.require(channelId);
    const query = { limit, maxBytes: MAX_PAGE_BYTES, before, after };
    const { messages, hasMore } = await services.messages.readPage(channelId, query);
    const reader = connection.identity?.entityId ?? payload.entityId;
    const mayReadThoughts = await services.thoughts.mayRead(connection, channelId);
    const listed = messages.map((message) => toBroadcastFor(reader, message));
    return { messages: mayReadThoughts ? listed : listed.map(withoutThought), hasMore, epoch, seq };
  });
};
