import { createClientError } from '../../runtime/base/client-errors';
import type { EventName } from '../../runtime/request/contract-events';
import type { ChannelEventName, ChatProtocol } from '../chat-contract';

/** Events of the protocol that name no channel. */
const CONNECTION_EVENTS: Readonly<
  Record<Exclude<EventName<ChatProtocol>, ChannelEventName<ChatProtocol>>, true>
> = {
  connection_established: true,
  connection_ended: true,
  messageAck: true,
  messageError: true,
  log_subscription_confirmed: true,
  log_update: true,
};

/**
 * Refuses an event that no channel hears.
 * @throws WirepactError `INVALID_OPTIONS`
 */
export function checkChannelEvent(event: string): void {
  if (!Object.hasOwn(CONNECTION_EVENTS, event)) return;
  const text = `on("${event}", …): this event belongs to no channel. Use \`on\` of the client.`;
  throw createClientError('INVALID_OPTIONS', text);
}

/** What the compiler says of an event that belongs to no channel. No text is of this type. */
export type NoChannelEvent = string & { 'This event belongs to no channel. Hear it with': 'ChatClient.on' };
