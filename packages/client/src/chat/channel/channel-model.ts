import type { ChannelUpdates, Position } from '@wirepact/protocol';
import type { ChatError } from '../chat-error';
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

/** What a client knows of a channel, as {@link ChannelChange}s change it. */
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

/** What changes a {@link ChannelModel}; where nothing is changed, it gives the same one. */
export type ChannelChange = (model: ChannelModel) => ChannelModel;

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
