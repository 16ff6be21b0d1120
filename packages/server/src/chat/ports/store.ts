import type { Attachment, ChannelUpdates, Position } from '@wirepact/protocol';
import type { EventStore, StoredBounds, StoredEvent } from '../../runtime/ports/event-store';
import type { TurnStore } from './turn-store';

/** A channel as it is kept. */
export interface Channel {
  readonly id: string;
  readonly serverId: string;
  /** Name, topic, metadata and whatever else `channels.update` was given. */
  readonly properties: ChannelUpdates;
  /** Agents that joins have named; where there are none, every agent of the server answers. */
  readonly agentIds: readonly string[];
  /** Unix time in milliseconds. */
  readonly createdAt: number;
  /** Names this life of the channel: a channel created anew under the same id has another. */
  readonly epoch: string;
  /** Number of the last event in the channel's journal, 0 for none. */
  readonly seq: number;
}

/** A channel to keep; the store gives it its epoch and starts its journal. */
export type NewStoredChannel = Omit<Channel, 'epoch' | 'seq'>;

/** A message as it is kept. */
export interface Message {
  /** UUID. */
  readonly id: string;
  /** UUID. */
  readonly channelId: string;
  /** UUID of the server that the channel belongs to. */
  readonly serverId: string;
  /** Who says it: an `entityId`, or the id of an agent. */
  readonly senderId: string;
  /** What they are called where it is shown. */
  readonly senderName: string;
  readonly text: string;
  /** Unix time in milliseconds. */
  readonly createdAt: number;
  /** Where it comes from, in a word. */
  readonly source: string;
  /** Its sender's own id of it: one that is kept already under this id is not kept again. */
  readonly clientMessageId?: string | undefined;
  /** Id of the message that it answers. */
  readonly inReplyToMessageId?: string | undefined;
  readonly attachments?: readonly Attachment[] | undefined;
  /** Whatever else the application keeps with it. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  /** What an agent thought. */
  readonly thought?: string | undefined;
  /** What an agent did. */
  readonly actions?: readonly unknown[] | undefined;
  /** Why the answer of an agent ends here; absent where the message is whole. */
  readonly incomplete?: 'failed' | 'timeout' | 'cancelled' | undefined;
  /** Epoch of the channel when the message was kept. */
  readonly epoch: string;
  /** Number of the message's event in the channel's journal. */
  readonly seq: number;
}

/** A message to keep; the store gives it its place in the journal. */
export type NewStoredMessage = Omit<Message, 'epoch' | 'seq'>;

/**
 * What became of a message that was to be kept: it was; or the channel already had one of this sender with
 * this client message id, then only what that one was given is told.
 */
export type Appended =
  | { readonly repeated: false; readonly message: Message }
  | { readonly repeated: true; readonly message: Pick<Message, 'id' | 'createdAt' | 'epoch' | 'seq'> };

/** Which messages of a channel to list. */
export interface MessageQuery {
  /** How many at most. */
  readonly limit: number;
  /**
   * Size of their JSON at most, in bytes; one message is listed whatever its size. Default: no bound but `limit`.
   */
  readonly maxBytes?: number | undefined;
  /** Only messages with a lower `seq`, the newest of them. */
  readonly before?: number | undefined;
  /** Only messages with a higher `seq`, the oldest of them. */
  readonly after?: number | undefined;
}

/** Some of a channel's messages. */
export interface MessagePage {
  /** Oldest first. */
  readonly messages: readonly Message[];
  /** Whether there are more in the direction of the page: newer ones with `after`, else older ones. */
  readonly hasMore: boolean;
}

/** What happened in a channel, as its journal keeps it. A message deleted since is not in it any more. */
export type JournalEntry = { readonly seq: number } & (
  | { readonly event: 'messageBroadcast'; readonly message: Message }
  | { readonly event: 'messageDeleted'; readonly messageId: string }
  | { readonly event: 'channelCleared' }
  | { readonly event: 'channelUpdated'; readonly updates: ChannelUpdates }
  | StoredEvent
);

/** A part of a channel's journal. */
export interface JournalPage {
  /** By rising `seq`. Numbers of messages deleted since are missing. */
  readonly entries: readonly JournalEntry[];
  /** Where whoever has these entries stands. */
  readonly seq: number;
  /** Whether the journal goes on behind them. */
  readonly hasMore: boolean;
}

/**
 * Keeps channels, their messages and their journals. Every change of a channel gets the next `seq`, in the
 * order of the calls, in one transaction with its effect, and its promise resolves once both are as durable as the store makes them.
 * Promises of one channel's changes resolve in the order of their `seq`, and all in a time that the store bounds: an event waits
 * for them as long as they take.
 *
 * @throws WirepactError `STORE_UNAVAILABLE` from every method, where the store cannot do it now.
 */
export interface Store extends EventStore {
  /** Turns of agents that are under way. */
  readonly turns: TurnStore;
  getChannel(channelId: string): Promise<Channel | undefined>;
  /**
   * Keeps a new channel, or answers with the one that has this id already.
   * @throws WirepactError `CHANNEL_LIMIT_REACHED` where the store takes no more.
   */
  createChannel(channel: NewStoredChannel): Promise<Channel>;
  /**
   * Whether the agent is one of the channel's, after it was added where it was not. `false` where the channel has as
   * many as it may, `undefined` where there is no such channel.
   */
  addAgent(channelId: string, agentId: string): Promise<boolean | undefined>;
  /** Sets the properties named, leaves the others. `undefined` where there is no such channel. */
  updateChannel(channelId: string, updates: ChannelUpdates): Promise<Channel | undefined>;
  /**
   * Keeps a message, once for each channel, sender and client message id. `undefined` where there is no such channel, or where
   * `epoch` is given and the channel has another.
   */
  appendMessage(message: NewStoredMessage, epoch?: string): Promise<Appended | undefined>;
  /** `undefined` where the channel has no such message. */
  deleteMessage(channelId: string, messageId: string): Promise<Position | undefined>;
  /** Forgets the channel's messages. `undefined` where there is no such channel. */
  clearMessages(channelId: string): Promise<Position | undefined>;
  /** Messages of the channel; none where there is no such channel. */
  listMessages(channelId: string, query: MessageQuery): Promise<MessagePage>;
  readJournal(channelId: string, after: Position, bounds: StoredBounds): Promise<JournalPage | undefined>;
}
