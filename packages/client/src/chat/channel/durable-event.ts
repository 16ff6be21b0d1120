import type { IncomingEvent } from '../../runtime/base/event-hub';
import type { EventPayload } from '../../runtime/request/contract-events';
import type { ChatProtocol } from '../chat-contract';

type Durable<Name extends keyof ChatProtocol['serverToClient'] & string> = {
  readonly event: Name;
  readonly payload: EventPayload<ChatProtocol, Name>;
};

/** An event that changes what a channel holds; servers number these. */
export type DurableEvent =
  | Durable<'messageBroadcast'>
  | Durable<'messageDeleted'>
  | Durable<'channelCleared'>
  | Durable<'channelUpdated'>
  | Durable<'channelDeleted'>;

const NAMES: ReadonlySet<string> = new Set<DurableEvent['event']>([
  'messageBroadcast',
  'messageDeleted',
  'channelCleared',
  'channelUpdated',
  'channelDeleted',
]);

/** The event, if it is a durable one. */
export function toDurableEvent(incoming: IncomingEvent): DurableEvent | undefined {
  // What comes in was checked against the schema of the event it is named after.
  return NAMES.has(incoming.event) ? (incoming as DurableEvent) : undefined;
}
