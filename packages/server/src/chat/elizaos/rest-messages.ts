import { toMessageRecord } from './rest-records';
import { ask, hasCode, type RestAnswer, type RestRequest } from './rest-request';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

/** A number of a query; `undefined` where it is none. */
function numberOf(query: URLSearchParams, name: string): number | undefined {
  const value = Number.parseInt(query.get(name) ?? '', 10);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** The number that the messages from before a time end below. The store knows numbers, and those rise with time. */
async function seqBefore(
  request: RestRequest,
  channelId: string,
  newest: number,
  time: number,
): Promise<number> {
  let [low, high] = [0, newest + 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const { messages } = await request.services.messages.readPage(channelId, { limit: 1, before: middle });
    const last = messages.at(-1);
    if (!last || last.createdAt < time) low = middle;
    else high = last.seq;
  }
  return low;
}

/** The number that a page ends below where a time `before` is asked for; only who may read the channel is told. */
async function endOf(request: RestRequest, channelId: string): Promise<number | undefined> {
  const time = numberOf(request.query, 'before');
  if (time === undefined) return undefined;
  const { seq } = await ask(request, 'list_messages', { channelId, limit: 1 });
  return seqBefore(request, channelId, seq, time);
}

/** A page of a channel's messages, newest first; `before` is a time. */
export async function listMessages(request: RestRequest): Promise<RestAnswer> {
  const { ids, query, caller } = request;
  const [channelId = ''] = ids;
  const limit = Math.min(Math.max(numberOf(query, 'limit') ?? DEFAULT_LIMIT, 1), MAX_LIMIT);
  const before = await endOf(request, channelId);
  const page = { channelId, limit, before, entityId: caller.identity?.entityId };
  const { messages } = await ask(request, 'list_messages', page);
  return { status: 200, data: { messages: messages.toReversed().map(toMessageRecord) } };
}

/** Deletes a message; one that there is not is deleted already. */
export async function deleteMessage(request: RestRequest): Promise<RestAnswer> {
  const [channelId, messageId] = request.ids;
  try {
    await ask(request, 'delete_message', { channelId, messageId });
  } catch (cause) {
    if (!hasCode(cause, 'MESSAGE_NOT_FOUND')) throw cause;
  }
  return { status: 204 };
}

/** Deletes all messages of a channel. */
export async function clearMessages(request: RestRequest): Promise<RestAnswer> {
  const [channelId] = request.ids;
  await ask(request, 'clear_channel', { channelId });
  return { status: 204 };
}
