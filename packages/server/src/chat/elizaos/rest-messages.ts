import type { BroadcastMessage } from '@wirepact/protocol';
import { toMessageRecord } from './rest-records';
import { ask, hasCode, type RestAnswer, type RestRequest } from './rest-request';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;
/** Pages of the protocol, of 1 MiB each, that one answer is made of at most. */
const MAX_PARTS = 4;

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

/** The messages below a number, oldest first: as many as are asked for, since who gets fewer takes them for the first there are. */
async function readMessages(request: RestRequest, channelId: string, limit: number, before?: number) {
  const entityId = request.caller.identity?.entityId;
  let messages: BroadcastMessage[] = [];
  for (let part = 0; part < MAX_PARTS; part += 1) {
    const asked = { channelId, limit: limit - messages.length, before: messages[0]?.seq ?? before, entityId };
    const page = await ask(request, 'list_messages', asked);
    messages = [...page.messages, ...messages];
    if (!page.hasMore || messages.length >= limit) break;
  }
  return messages;
}

/** A page of a channel's messages, newest first; `before` is a time. */
export async function listMessages(request: RestRequest): Promise<RestAnswer> {
  const { ids, query } = request;
  const [channelId = ''] = ids;
  const limit = Math.min(Math.max(numberOf(query, 'limit') ?? DEFAULT_LIMIT, 1), MAX_LIMIT);
  const before = await endOf(request, channelId);
  const messages = await readMessages(request, channelId, limit, before);
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
