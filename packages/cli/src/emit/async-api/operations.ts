import { type Channels, ROOT_CHANNEL } from './channels';
import { describeEvent, type EventParts } from './event-parts';

const toChannel = (channel: string) => ({ $ref: `#/channels/${channel}` });
const toMessage = (channel: string, key: string) => ({ $ref: `#/channels/${channel}/messages/${key}` });

const toReply = (answerKeys: readonly string[]) => ({
  channel: toChannel(ROOT_CHANNEL),
  messages: answerKeys.map((key) => toMessage(ROOT_CHANNEL, key)),
});

function toOperation(parts: EventParts, channel: string) {
  const { name, event, action, key, answerKeys } = parts;
  return {
    action,
    channel: toChannel(channel),
    title: name,
    ...describeEvent(event),
    messages: [toMessage(channel, key)],
    ...(answerKeys.length > 0 && { reply: toReply(answerKeys) }),
    'x-since': event.since,
    'x-limits': event.limits,
    ...(event.room && { 'x-room': event.room }),
    ...(event.actor !== undefined && { 'x-actor': event.actor }),
    ...(event.key !== undefined && { 'x-key': event.key }),
    ...(event.durable && { 'x-durable': true }),
    ...(event.resume && { 'x-resume': event.resume }),
    ...(event.errors.length > 0 && { 'x-errors': event.errors }),
    ...(event.deprecated !== undefined && { 'x-deprecated': event.deprecated }),
  };
}

/** What the server does: it receives the clients' events and answers them, and sends its own, some to be answered. */
export const toOperations = (
  events: readonly EventParts[],
  channelOf: Channels['channelOf'],
): Record<string, unknown> =>
  Object.fromEntries(events.map((parts) => [parts.key, toOperation(parts, channelOf(parts))]));
