import type { Attachment, ChannelUpdates } from '@wirepact/protocol';

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
}

/** A message as it is kept. */
export interface Message {
  readonly id: string;
  readonly channelId: string;
  readonly serverId: string;
  readonly senderId: string;
  readonly senderName: string;
  readonly text: string;
  /** Unix time in milliseconds. */
  readonly createdAt: number;
  readonly source: string;
  readonly clientMessageId?: string | undefined;
  readonly inReplyToMessageId?: string | undefined;
  readonly attachments?: readonly Attachment[] | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  readonly thought?: string | undefined;
  readonly actions?: readonly unknown[] | undefined;
}

/** What became of a message that was to be kept. */
export interface Appended {
  /** The message as kept: the first one, where this one repeats it. */
  readonly message: Message;
  /** True where the channel already had a message of this sender with this client message id. */
  readonly repeated: boolean;
}

/** Which messages of a channel to list. */
export interface MessagePage {
  /** How many at most, the newest ones. */
  readonly limit: number;
  /** Only messages older than the one with this id. */
  readonly before?: string;
}

/** Keeps channels and their messages; messages of a channel in the order `appendMessage` was called. Every promise resolves once its effect is as durable as the store makes it. */
export interface Store {
  getChannel(channelId: string): Promise<Channel | undefined>;
  /**
   * Keeps a new channel, or answers with the one that has this id already.
   * @throws WirepactError `CHANNEL_LIMIT_REACHED` where the store takes no more.
   */
  createChannel(channel: Channel): Promise<Channel>;
  /** Sets the properties named, leaves the others. `undefined` where there is no such channel. */
  updateChannel(channelId: string, updates: ChannelUpdates): Promise<Channel | undefined>;
  /** Adds an agent to the channel's; adding it again changes nothing. */
  addAgent(channelId: string, agentId: string): Promise<void>;
  /** Forgets the channel and its messages. `false` where there is no such channel. */
  deleteChannel(channelId: string): Promise<boolean>;
  /** Keeps a message. `undefined` where there is no such channel. */
  appendMessage(message: Message): Promise<Appended | undefined>;
  /** `false` where the channel has no such message. */
  deleteMessage(channelId: string, messageId: string): Promise<boolean>;
  /** Forgets the channel's messages. `false` where there is no such channel. */
  clearMessages(channelId: string): Promise<boolean>;
  /** Messages of the channel, oldest first; none where there is no such channel. */
  listMessages(channelId: string, page: MessagePage): Promise<readonly Message[]>;
}
