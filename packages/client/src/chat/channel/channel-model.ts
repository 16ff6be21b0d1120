import type { AnswerStream, BroadcastMessage, ChannelUpdates, Position } from '@wirepact/protocol';
import type { IncomingEvent } from '../../runtime/base/event-hub';
import type { ChatError } from '../chat-error';
import type { SentMessage } from './channel';
import type { Place, StreamEvent } from './channel-events';
import type { ChannelState, ChannelView, OutboxWait, ViewMessage } from './channel-view';
import { MessageList } from './message-list';

/** A page of history that is being loaded. */
export interface PendingPage {
  /** Tells one load from another. */
  readonly load: number;
  /** Only messages with a lower `seq` are in it. */
  readonly before: number | undefined;
  /** Messages deleted since it was asked for: the page may still have them. */
  readonly deleted: readonly string[];
}

/** What a client knows of a channel, as {@link ChannelAction}s change it. */
export interface ChannelModel {
  /** The last event that was applied. */
  readonly position: Position | undefined;
  /** `stored` has every message from this `seq` up to `position`; 1 where there are none before. */
  readonly from: number | undefined;
  /** What the server has, by rising `seq`. */
  readonly stored: MessageList;
  /** Messages that `stored` may hold where no older ones were asked for. */
  readonly maxMessages: number;
  /** Messages that `stored` may hold now: more, where older ones were loaded. */
  readonly window: number;
  /** This client's own that are not in `stored` yet, in the order they are sent. */
  readonly outgoing: readonly ViewMessage[];
  /** Answers that agents are giving. */
  readonly streams: readonly ViewMessage[];
  /** Ids of answers that have ended, the newest ones. */
  readonly ended: readonly string[];
  /** What the first of those waits for. */
  readonly waiting: OutboxWait | undefined;
  readonly properties: ChannelUpdates;
  readonly page: PendingPage | undefined;
  readonly loadError: ChatError | undefined;
}

/** Everything that changes a {@link ChannelModel}. */
export type ChannelAction =
  /** The server has let this client in; every event up to `position` has been applied. The channel has these properties now. */
  | {
      readonly type: 'entered';
      readonly position: Position | undefined;
      readonly properties?: ChannelUpdates | undefined;
    }
  /** What was missed cannot be told: the newest messages up to `position` take the place of all that was known. */
  | {
      readonly type: 'reset';
      readonly position: Position;
      readonly messages: readonly BroadcastMessage[];
      readonly hasMore: boolean;
      readonly error?: ChatError | undefined;
    }
  /** A durable event; an extension's own changes nothing but the position. */
  | { readonly type: 'event'; readonly event: IncomingEvent }
  /** Answers under way, as a join tells them, and where their messages belong. */
  | { readonly type: 'streams'; readonly streams: readonly AnswerStream[]; readonly place: Place }
  | { readonly type: 'stream'; readonly event: StreamEvent; readonly place: Place }
  | { readonly type: 'page-requested'; readonly load: number }
  | {
      readonly type: 'page-loaded';
      readonly load: number;
      readonly epoch: string;
      readonly messages: readonly BroadcastMessage[];
      readonly hasMore: boolean;
    }
  | { readonly type: 'page-failed'; readonly load: number; readonly error: ChatError }
  /** Own messages: put into the outbox, or put there again. */
  | { readonly type: 'queued'; readonly message: ViewMessage }
  | { readonly type: 'sent'; readonly clientMessageId: string; readonly receipt: SentMessage }
  | { readonly type: 'failed'; readonly clientMessageId: string; readonly error: ChatError }
  | { readonly type: 'discarded'; readonly clientMessageId: string }
  | { readonly type: 'waiting'; readonly waiting: OutboxWait | undefined };

/** How many times as many messages a view may hold as usual, where older ones are loaded. */
const MAX_GROWTH = 10;

/** The most messages that `stored` may hold, however many are asked for. */
export const maxWindow = ({ maxMessages }: ChannelModel): number => maxMessages * MAX_GROWTH;

/** A channel of which nothing is known yet. */
export const createChannelModel = (maxMessages: number): ChannelModel => ({
  position: undefined,
  from: undefined,
  stored: MessageList.of([]),
  maxMessages,
  window: maxMessages,
  outgoing: [],
  streams: [],
  ended: [],
  waiting: undefined,
  properties: {},
  page: undefined,
  loadError: undefined,
});

/** The messages of a view. */
export const listMessages = ({ stored, streams, outgoing }: ChannelModel): readonly ViewMessage[] =>
  outgoing.length + streams.length === 0 ? stored.toArray() : [...stored.toArray(), ...streams, ...outgoing];

/** What an application sees of a model. Messages are listed when they are first looked at. */
export function toView(
  model: ChannelModel,
  status: ChannelState['status'],
  list = listMessages,
): ChannelView {
  const { properties, position, from = 1, page, loadError, waiting, streams } = model;
  let messages: readonly ViewMessage[] | undefined;
  return {
    get messages() {
      messages ??= list(model);
      return messages;
    },
    streams,
    properties,
    status,
    position,
    hasOlder: from > 1,
    loading: page !== undefined,
    ...(loadError && { loadError }),
    ...(waiting && { waiting }),
  };
}
