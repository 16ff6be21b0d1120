import { type Channels, ROOT_CHANNEL } from './channels';
import { describeEvent, type EventParts } from './event-parts';

const toChannel = (channel: string) => ({ $ref: `#/channels/${channel}` });
const toMessage = (channel: string, key: string) => ({ $ref: `#/channels/${channel}/messages/${key}` });

const toReply = (acknowledgementKey: string) => ({
  channel: toChannel(ROOT_CHANNEL),
  messages: [toMessage(ROOT_CHANNEL, acknowledgementKey)],
});

function toOperation(parts: EventParts, channel: string) {
  const { name, event, action, key, acknowledgementKey } = parts;
  return {
    action,
    channel: toChannel(channel),
    title: name,
    ...describeEvent(event),
    messages: [toMessage(channel, key)],
    ...(acknowledgementKey !== undefined && { reply: toReply(acknowledgementKey) }),
    'x-since': event.since,
    'x-limits': event.limits,
    ...(event.room && { 'x-room': event.room }),
    ...(event.actor !== undefined && { 'x-actor': event.actor }),
    ...(event.errors.length > 0 && { 'x-errors': event.errors }),
    ...(event.deprecated !== undefined && { 'x-deprecated': event.deprecated }),
  };
}

/** What the server does: it receives the clients' events, and replies by acknowledging, and sends its own. */
export const toOperations = (
  events: readonly EventParts[],
  channelOf: Channels['channelOf'],
): Record<string, unknown> =>
  Object.fromEntries(events.map((parts) => [parts.key, toOperation(parts, channelOf(parts))]));
