import type { MessageComplete, MessageStreamChunk, MessageStreamError } from '@wirepact/protocol';
import type { IncomingEvent } from '../../runtime/base/event-hub';
import type { EventPayload } from '../../runtime/request/contract-events';
import type { ChatProtocol } from '../chat-contract';
import type { ViewMessage } from './channel-view';

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

const DURABLE: ReadonlySet<string> = new Set<DurableEvent['event']>([
  'messageBroadcast',
  'messageDeleted',
  'channelCleared',
  'channelUpdated',
  'channelDeleted',
]);

/** The event, if it is a durable one. */
export function toDurableEvent(incoming: IncomingEvent): DurableEvent | undefined {
  // What comes in was checked against the schema of the event it is named after.
  return DURABLE.has(incoming.event) ? (incoming as DurableEvent) : undefined;
}

/** What happens to answers under way. */
export type StreamEvent =
  | { readonly event: 'messageStreamChunk'; readonly payload: MessageStreamChunk }
  | { readonly event: 'messageStreamError'; readonly payload: MessageStreamError }
  | { readonly event: 'messageComplete'; readonly payload: MessageComplete };

const STREAMED: ReadonlySet<string> = new Set<StreamEvent['event']>([
  'messageStreamChunk',
  'messageStreamError',
  'messageComplete',
]);

/** The event, if it is about an answer under way. */
export function toStreamEvent(incoming: IncomingEvent): StreamEvent | undefined {
  // What comes in was checked against the schema of the event it is named after.
  return STREAMED.has(incoming.event) ? (incoming as StreamEvent) : undefined;
}

/** Where the messages of a channel belong, as all of them say. */
export type Place = Pick<ViewMessage, 'roomId' | 'serverId'>;
