import type { MessageComplete, MessageStreamChunk, MessageStreamError } from '@wirepact/protocol';
import type { IncomingEvent } from '../../runtime/base/event-hub';
import type { ViewMessage } from './channel-view';

/** What happens to answers under way. */
export type StreamEvent =
  | { readonly event: 'messageStreamChunk'; readonly payload: MessageStreamChunk }
  | { readonly event: 'messageStreamError'; readonly payload: MessageStreamError }
  | { readonly event: 'messageComplete'; readonly payload: MessageComplete };

const NAMES: ReadonlySet<string> = new Set<StreamEvent['event']>([
  'messageStreamChunk',
  'messageStreamError',
  'messageComplete',
]);

/** The event, if it is about an answer under way. */
export function toStreamEvent(incoming: IncomingEvent): StreamEvent | undefined {
  // What comes in was checked against the schema of the event it is named after.
  return NAMES.has(incoming.event) ? (incoming as StreamEvent) : undefined;
}

/** Where the messages of a channel belong, as all of them say. */
export type Place = Pick<ViewMessage, 'roomId' | 'serverId'>;
