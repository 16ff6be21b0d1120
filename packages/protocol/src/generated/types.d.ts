/** Where somebody stands in a channel: the last durable event known. */
export interface Position {
  /**
   * Epoch of the channel.
   * 1 to 64 characters.
   */
  epoch: string;
  /**
   * Number of the last event known; 0 for none.
   * Whole number. 0 to 9007199254740991.
   */
  seq: number;
}

/**
 * The payload of `join_channel`.
 * Join a specific channel for receiving messages; `roomId` alone is accepted in place of `channelId`.
 */
export type JoinChannel = {
  /**
   * Channel to join.
   * Format: uuid.
   */
  channelId?: string;
  /**
   * Use `channelId`, which wins where both are given.
   * Format: uuid.
   * @deprecated
   */
  roomId?: string;
  /**
   * Agent that takes part in the channel.
   * Format: uuid.
   */
  agentId?: string;
  /**
   * Who is joining.
   * 1 to 256 characters.
   */
  entityId?: string;
  /**
   * Server the channel belongs to; `00000000-0000-0000-0000-000000000000` where left out.
   * Format: uuid.
   */
  serverId?: string;
  resume?: Position;
  /** Additional metadata, kept with a channel that this join creates. */
  metadata?: {
    /** Is this a direct message channel. */
    isDm?: boolean;
    /**
     * Such as `DM` or `GROUP`.
     * At most 64 characters.
     */
    channelType?: string;
    [name: string]: unknown;
  };
} & ({
  /**
   * Channel to join.
   * Format: uuid.
   */
  channelId: string;
} | {
  channelId?: never;
  /**
   * Use `channelId`, which wins where both are given.
   * Format: uuid.
   * @deprecated
   */
  roomId: string;
});

/** The properties that changed. */
export interface ChannelUpdates {
  /**
   * The channel’s new name.
   * At most 256 characters.
   */
  name?: string;
  /**
   * What the channel is about now.
   * At most 4096 characters.
   */
  topic?: string;
  /** The channel’s new metadata, whole. */
  metadata?: unknown;
  [name: string]: unknown;
}

/** A tool that an agent uses: its call, or with the same `id` its result. */
export interface ToolUse {
  /**
   * Names this use of the tool within its turn.
   * 1 to 256 characters.
   */
  id: string;
  /**
   * Name of the tool.
   * 1 to 256 characters.
   */
  name: string;
  /** What the tool was given. */
  input?: unknown;
  /** What the tool answered. */
  output?: unknown;
  /**
   * What went wrong, where the tool failed.
   * At most 8192 characters.
   */
  error?: string;
}

/** An answer under way, as far as it has come. */
export interface AnswerStream {
  /**
   * Id that the message of the answer will have.
   * Format: uuid.
   */
  messageId: string;
  /**
   * Agent that answers.
   * 1 to 256 characters.
   */
  agentId: string;
  /** Display name of the agent. */
  senderName: string;
  /**
   * Message that is answered.
   * Format: uuid.
   */
  inReplyToMessageId: string;
  /** Text so far. */
  text: string;
  /** Thought so far, for those who may read it. */
  thought?: string;
  /** Tools used so far, each with its result where there is one. */
  tools: ToolUse[];
  /**
   * Index of the chunk that comes next.
   * Whole number. At least 0.
   */
  nextIndex: number;
}

/** The answer to `join_channel`. */
export interface JoinChannelReply {
  /**
   * Channel that was joined.
   * Format: uuid.
   */
  channelId: string;
  /**
   * Agent that takes part, where one was named.
   * Format: uuid.
   */
  agentId?: string;
  /**
   * Since 1.1: epoch of the channel.
   * 1 to 64 characters.
   */
  epoch?: string;
  /**
   * Since 1.1: number of the channel’s last event; what follows comes as events.
   * Whole number. 0 to 9007199254740991.
   */
  seq?: number;
  properties?: ChannelUpdates;
  /** Since 1.2: answers under way; what follows comes as chunks. */
  streams?: AnswerStream[];
  /**
   * Since 1.1, where `resume` was given: true where all that was missed has been sent as events; false where it could not be, and history has to be loaded anew.
   */
  recovered?: boolean;
}

/** A file that belongs to the message. */
export interface Attachment {
  /**
   * Where the file is: `http:`, `https:`, a relative link, or `data:` with an image (not SVG), audio or video.
   * 1 to 8192 characters. Matches `^(?! )(?:[hH][tT][tT][pP][sS]?:|[dD][aA][tT][aA]:(?:image/(?![sS][vV][gG])|audio/|video/)|(?![a-zA-Z][a-zA-Z0-9+.-]*:))[^\u0000-\u001f\u007f]*$`.
   */
  url: string;
  /**
   * What kind of file it is, such as `image/png`.
   * 1 to 256 characters.
   */
  type: string;
  [name: string]: unknown;
}

/**
 * The payload of `send_message`.
 * Send a message to a channel.
 */
export interface SendMessage {
  /**
   * Target channel.
   * Format: uuid.
   */
  channelId: string;
  /**
   * Server the message belongs to.
   * Format: uuid.
   */
  serverId: string;
  /**
   * Message content.
   * 1 to 65536 characters.
   */
  text: string;
  /**
   * Sender’s entity id.
   * 1 to 256 characters.
   */
  entityId: string;
  /**
   * Sender’s display name.
   * 1 to 256 characters.
   */
  entityName?: string;
  /**
   * Client-side message id for tracking.
   * 1 to 256 characters.
   */
  messageId?: string;
  /**
   * Id of the message being replied to.
   * 1 to 256 characters.
   */
  inReplyToMessageId?: string;
  /**
   * File attachments.
   * At most 32 items.
   */
  attachments?: Attachment[];
  /** Additional metadata, kept with the message. */
  metadata?: { [name: string]: unknown };
}

/** The answer to `send_message`. */
export interface SendMessageReply {
  /**
   * Server-assigned message id.
   * Format: uuid.
   */
  messageId: string;
  /**
   * When the server took the message, Unix time in milliseconds.
   * Whole number. At least 0.
   */
  createdAt: number;
  /**
   * Since 1.1: 1, 2, 3 … in the channel, without gaps.
   * Whole number. 0 to 9007199254740991.
   */
  seq?: number;
  /**
   * Since 1.1: the channel’s epoch; in another one numbers start anew.
   * 1 to 64 characters.
   */
  epoch?: string;
}

/** The answer to `subscribe_logs`. */
export interface SubscribeLogsReply {
  /** True: entries follow. */
  subscribed: boolean;
}

/** The answer to `unsubscribe_logs`. */
export interface UnsubscribeLogsReply {
  /** False: no entries follow. */
  subscribed: boolean;
}

/** Minimum log level. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Which log entries to receive; what is left out does not filter. */
export interface LogFilter {
  level?: LogLevel;
  /**
   * Only entries of this agent.
   * Format: uuid.
   */
  agentId?: string;
  /**
   * Only entries of this category.
   * 1 to 256 characters.
   */
  category?: string;
}

/** The answer to `heartbeat`. */
export interface HeartbeatReply {
  /**
   * The server’s clock, Unix time in milliseconds.
   * Whole number. At least 0.
   */
  time: number;
}

/**
 * The payload of `leave_channel`.
 * Stop receiving what is sent to a channel. Harmless where the client is not in it.
 */
export interface LeaveChannel {
  /**
   * Channel to leave.
   * Format: uuid.
   */
  channelId: string;
}

/** The answer to `leave_channel`. */
export interface LeaveChannelReply {
  /**
   * Channel that was left.
   * Format: uuid.
   */
  channelId: string;
}

/**
 * The payload of `list_messages`.
 * Read a page of a channel’s messages: the newest ones, those before a number, or those after one. Oldest first in every case.
 */
export interface ListMessages {
  /**
   * Channel to read.
   * Format: uuid.
   */
  channelId: string;
  /**
   * Who asks: its own messages have the `clientMessageId` it gave them.
   * 1 to 256 characters.
   */
  entityId?: string;
  /**
   * Messages at most; 50 where left out.
   * Whole number. 1 to 200.
   */
  limit?: number;
  /**
   * Only messages with a lower `seq`: the newest of them.
   * Whole number. 0 to 9007199254740991.
   */
  before?: number;
  /**
   * Only messages with a higher `seq`: the oldest of them. Not together with `before`.
   * Whole number. 0 to 9007199254740991.
   */
  after?: number;
}

/** A message as everybody in its channel sees it. */
export interface BroadcastMessage {
  /**
   * Server-assigned message id.
   * Format: uuid.
   */
  id: string;
  /**
   * Sender’s entity id.
   * 1 to 256 characters.
   */
  senderId: string;
  /** Sender’s display name. */
  senderName: string;
  /** Message content. */
  text: string;
  /**
   * Channel of the message, called `roomId` for client compatibility.
   * Format: uuid.
   */
  roomId: string;
  /**
   * Server of the message.
   * Format: uuid.
   */
  serverId: string;
  /**
   * Unix time in milliseconds.
   * Whole number. At least 0.
   */
  createdAt: number;
  /** Message source type: `socketio_client` or `agent_response`. */
  source: string;
  /**
   * The sender’s own message id; only sent back to the sender.
   * 1 to 256 characters.
   */
  clientMessageId?: string;
  /** Agent’s internal thought process. */
  thought?: string;
  /** Agent actions taken. */
  actions?: unknown[];
  /** Message attachments. */
  attachments?: unknown[];
  /** Since 1.2: id of the message this one answers, as its sender gave it. */
  inReplyToMessageId?: string;
  /** Since 1.2: what the sender wants kept with the message. */
  metadata?: { [name: string]: unknown };
  /** Since 1.2: why the answer of an agent ends here; absent where a message is whole. */
  incomplete?: 'failed' | 'timeout' | 'cancelled';
  /**
   * Since 1.1: 1, 2, 3 … in the channel, without gaps.
   * Whole number. 0 to 9007199254740991.
   */
  seq?: number;
  /**
   * Since 1.1: the channel’s epoch; in another one numbers start anew.
   * 1 to 64 characters.
   */
  epoch?: string;
}

/** The answer to `list_messages`. */
export interface ListMessagesReply {
  /** Oldest first. */
  messages: BroadcastMessage[];
  /** Whether there are more in the direction of the page. */
  hasMore: boolean;
  /**
   * Epoch of the channel.
   * 1 to 64 characters.
   */
  epoch: string;
  /**
   * Number of the channel’s last event.
   * Whole number. 0 to 9007199254740991.
   */
  seq: number;
}

/**
 * The payload of `delete_message`.
 * Delete a message from a channel; its members get `messageDeleted`.
 */
export interface DeleteMessage {
  /**
   * Channel of the message.
   * Format: uuid.
   */
  channelId: string;
  /**
   * Message to delete.
   * Format: uuid.
   */
  messageId: string;
}

/** The answer to `delete_message`. */
export interface DeleteMessageReply {
  /**
   * Deleted message.
   * Format: uuid.
   */
  messageId: string;
  /**
   * Since 1.1: 1, 2, 3 … in the channel, without gaps.
   * Whole number. 0 to 9007199254740991.
   */
  seq?: number;
  /**
   * Since 1.1: the channel’s epoch; in another one numbers start anew.
   * 1 to 64 characters.
   */
  epoch?: string;
}

/**
 * The payload of `clear_channel`.
 * Delete all messages of a channel; its members get `channelCleared`.
 */
export interface ClearChannel {
  /**
   * Channel to clear.
   * Format: uuid.
   */
  channelId: string;
}

/** The answer to `clear_channel`. */
export interface ClearChannelReply {
  /**
   * Cleared channel.
   * Format: uuid.
   */
  channelId: string;
  /**
   * Since 1.1: 1, 2, 3 … in the channel, without gaps.
   * Whole number. 0 to 9007199254740991.
   */
  seq?: number;
  /**
   * Since 1.1: the channel’s epoch; in another one numbers start anew.
   * 1 to 64 characters.
   */
  epoch?: string;
}

/**
 * The payload of `update_channel`.
 * Set properties of a channel, and leave the others; its members get `channelUpdated`.
 */
export interface UpdateChannel {
  /**
   * Channel to update.
   * Format: uuid.
   */
  channelId: string;
  updates: ChannelUpdates;
}

/** The answer to `update_channel`. */
export interface UpdateChannelReply {
  /**
   * Updated channel.
   * Format: uuid.
   */
  channelId: string;
  /**
   * Since 1.1: 1, 2, 3 … in the channel, without gaps.
   * Whole number. 0 to 9007199254740991.
   */
  seq?: number;
  /**
   * Since 1.1: the channel’s epoch; in another one numbers start anew.
   * 1 to 64 characters.
   */
  epoch?: string;
}

/**
 * The payload of `delete_channel`.
 * Delete a channel with its messages; its members get `channelDeleted` and are in it no more.
 */
export interface DeleteChannel {
  /**
   * Channel to delete.
   * Format: uuid.
   */
  channelId: string;
}

/** The answer to `delete_channel`. */
export interface DeleteChannelReply {
  /**
   * Deleted channel.
   * Format: uuid.
   */
  channelId: string;
  /**
   * Since 1.1: 1, 2, 3 … in the channel, without gaps.
   * Whole number. 0 to 9007199254740991.
   */
  seq?: number;
  /**
   * Since 1.1: the channel’s epoch; in another one numbers start anew.
   * 1 to 64 characters.
   */
  epoch?: string;
}

/**
 * The payload of `authenticate`.
 * Prove again who this connection belongs to, before `expiresAt`: with what `auth` of a new connection would hold. The connection, its channels and its log subscription stay.
 */
export interface Authenticate {
  /** Credentials, as in the handshake of a connection. */
  auth: { [name: string]: unknown };
}

/** The answer to `authenticate`. */
export interface AuthenticateReply {
  /**
   * When these credentials end, Unix time in milliseconds.
   * Whole number. At least 0.
   */
  expiresAt?: number;
}

/**
 * The payload of `cancel_response`.
 * Stop an answer that an agent is giving, or is yet to give. What was said is kept; all members hear of its end. Only for members of the channel.
 */
export interface CancelResponse {
  /**
   * Channel of the answer.
   * Format: uuid.
   */
  channelId: string;
  /**
   * Id of the answer, as its chunks have it.
   * Format: uuid.
   */
  messageId: string;
}

/** The answer to `cancel_response`. */
export interface CancelResponseReply {
  /** False where the answer has ended already, or there is none. */
  cancelled: boolean;
}

/**
 * The payload of `watch_presence`.
 * Ask to be told who is in a channel, by `presence_changed`: at once, and whenever it changes. Only for members of the channel.
 */
export interface WatchPresence {
  /**
   * Channel to watch.
   * Format: uuid.
   */
  channelId: string;
  /** False to be told no more. */
  watching: boolean;
}

/** What a member of a channel does right now, at most 1,024 bytes as JSON. */
export interface ChannelPresence {
  /** Whether it is writing a message. */
  typing?: boolean;
  [name: string]: unknown;
}

/**
 * The payload of `update_presence`.
 * Say what the client does in a channel right now, such as typing. It ends with the connection, and after a while where it is not said again. Only for members of the channel.
 */
export interface UpdatePresence {
  /**
   * Channel it does this in.
   * Format: uuid.
   */
  channelId: string;
  state?: ChannelPresence;
  /**
   * How long it holds, in milliseconds; the server may make it less.
   * Whole number. 0 to 9007199254740991.
   */
  ttlMs?: number;
}

/** The answer to `update_presence`. */
export interface UpdatePresenceReply {
  /**
   * How long it holds, in milliseconds, unless it is said again.
   * Whole number. At least 0.
   */
  ttlMs: number;
}

/**
 * The payload of `begin_answer`.
 * Begin an answer to a message, as an agent that is a client; its parts follow by `continue_answer`. Only for those whom the host lets answer.
 */
export interface BeginAnswer {
  /**
   * Channel of the message.
   * Format: uuid.
   */
  channelId: string;
  /**
   * Message that is answered.
   * Format: uuid.
   */
  inReplyToMessageId: string;
  /**
   * Number of that message.
   * Whole number. 0 to 9007199254740991.
   */
  seq: number;
  /**
   * Agent that answers.
   * 1 to 256 characters.
   */
  entityId: string;
  /**
   * Display name of the agent.
   * 1 to 256 characters.
   */
  entityName: string;
}

/** The answer to `begin_answer`. */
export interface BeginAnswerReply {
  /**
   * Id that the message of the answer will have.
   * Format: uuid.
   */
  messageId: string;
}

/** A part of an agent’s answer. */
export interface AnswerPart {
  /**
   * Text that follows.
   * At most 4096 characters.
   */
  text?: string;
  /**
   * Thought that follows.
   * At most 4096 characters.
   */
  thought?: string;
  /** Something the agent did; goes with the answer’s message. */
  action?: unknown;
  attachment?: Attachment;
  tool?: ToolUse;
}

/**
 * The payload of `continue_answer`.
 * Go on with an answer that `begin_answer` has begun, or end it. The same `index` again is taken once, so that it may be sent again.
 */
export interface ContinueAnswer {
  /**
   * Channel of the answer.
   * Format: uuid.
   */
  channelId: string;
  /**
   * Id of the answer.
   * Format: uuid.
   */
  messageId: string;
  /**
   * Agent that answers.
   * 1 to 256 characters.
   */
  entityId: string;
  /**
   * Counts these events of the answer, from 0.
   * Whole number. 0 to 9007199254740991.
   */
  index: number;
  /**
   * What follows, in order.
   * At most 64 items.
   */
  parts: AnswerPart[];
  /** Ends the answer behind these parts: it is whole, or the agent has failed. */
  end?: 'done' | 'failed';
}

/** The answer to `continue_answer`. */
export type ContinueAnswerReply = object;

/**
 * The payload of `connection_established`.
 * Sent immediately after successful connection.
 */
export interface ConnectionEstablished {
  /** Always `Connected to Eliza Socket.IO server`. */
  message: string;
  /** Unique socket id for this connection. */
  socketId: string;
  /** The agent named in the handshake: `auth.agentId`, else the query’s `agentId`. */
  agentId?: string;
  /**
   * Since 1.1: version of this protocol that the server speaks.
   * At most 256 characters.
   */
  protocolVersion?: string;
  /** Since 1.1: names of the events that this server handles, those of the host included. */
  capabilities?: string[];
  /**
   * Since 1.2: who the server takes this client for, where it authenticates.
   * 1 to 256 characters.
   */
  entityId?: string;
  /**
   * Since 1.2: when the server stops taking this client for who it is, Unix time in milliseconds; `authenticate` before that.
   * Whole number. At least 0.
   */
  expiresAt?: number;
}

/** What a client that joined a channel is told. */
export interface JoinedChannel {
  /** Success message, for people. */
  message: string;
  /**
   * Channel that was joined.
   * Format: uuid.
   */
  channelId: string;
  /**
   * Same as `channelId`, for clients that only know this name.
   * Format: uuid.
   */
  roomId: string;
  /**
   * Agent that takes part, where one was named.
   * Format: uuid.
   */
  agentId?: string;
}

/**
 * The payload of `messageAck`.
 * Sent only to the sender of a message, once the message is stored.
 */
export interface MessageAck {
  /**
   * The sender’s own message id, where it gave one.
   * 1 to 256 characters.
   */
  clientMessageId?: string;
  /**
   * Server-assigned message id.
   * Format: uuid.
   */
  messageId: string;
  /** Processing status. */
  status: 'success';
}

/** One thing that is wrong with a payload. */
export interface PayloadIssue {
  /** JSON Pointer to the value at fault; empty for the payload itself. */
  path: string;
  /** What is wrong there. */
  message: string;
  /** The JSON Schema keyword that failed, or the bound that was passed. */
  keyword: string;
}

/**
 * The payload of `messageError`.
 * Sent, to whoever sent it, when a client-to-server event fails. Since 1.1 it also carries what a failed acknowledgement does.
 */
export interface MessageError {
  /** Error message, for a developer to read. */
  error: string;
  /** Client message id, if available. */
  clientMessageId?: string;
  /** Since 1.1: name of the event that failed. */
  event?: string;
  /** Since 1.1: stable error code. */
  code?: string;
  /** Since 1.1: whether the same request may succeed later. */
  retryable?: boolean;
  /** Since 1.1: what is wrong with the payload. */
  issues?: PayloadIssue[];
  /**
   * Since 1.1: milliseconds to wait before a retry.
   * Whole number.
   */
  retryAfterMs?: number;
}

/**
 * The payload of `messageComplete`.
 * Emitted to a channel when an agent finishes processing and responding to a message.
 */
export interface MessageComplete {
  /**
   * Channel of the message.
   * Format: uuid.
   */
  channelId: string;
  /**
   * Server of the message.
   * Format: uuid.
   */
  serverId: string;
  /**
   * Since 1.2: id of the answer; absent where the agent said nothing.
   * Format: uuid.
   */
  messageId?: string;
  /**
   * Since 1.2: message that the agent was asked to answer.
   * Format: uuid.
   */
  inReplyToMessageId?: string;
}

/**
 * The payload of `messageDeleted`.
 * Broadcast when a message is deleted from a channel.
 */
export interface MessageDeleted {
  /**
   * Deleted message.
   * Format: uuid.
   */
  messageId: string;
  /**
   * Channel it was in.
   * Format: uuid.
   */
  channelId: string;
  /**
   * Since 1.1: 1, 2, 3 … in the channel, without gaps.
   * Whole number. 0 to 9007199254740991.
   */
  seq?: number;
  /**
   * Since 1.1: the channel’s epoch; in another one numbers start anew.
   * 1 to 64 characters.
   */
  epoch?: string;
}

/**
 * The payload of `channelCleared`.
 * Broadcast when all messages in a channel are cleared.
 */
export interface ChannelCleared {
  /**
   * Cleared channel.
   * Format: uuid.
   */
  channelId: string;
  /**
   * Since 1.1: 1, 2, 3 … in the channel, without gaps.
   * Whole number. 0 to 9007199254740991.
   */
  seq?: number;
  /**
   * Since 1.1: the channel’s epoch; in another one numbers start anew.
   * 1 to 64 characters.
   */
  epoch?: string;
}

/**
 * The payload of `channelUpdated`.
 * Broadcast when channel properties are updated.
 */
export interface ChannelUpdated {
  /**
   * Updated channel.
   * Format: uuid.
   */
  channelId: string;
  updates: ChannelUpdates;
  /**
   * Since 1.1: 1, 2, 3 … in the channel, without gaps.
   * Whole number. 0 to 9007199254740991.
   */
  seq?: number;
  /**
   * Since 1.1: the channel’s epoch; in another one numbers start anew.
   * 1 to 64 characters.
   */
  epoch?: string;
}

/**
 * The payload of `channelDeleted`.
 * Broadcast when a channel is deleted.
 */
export interface ChannelDeleted {
  /**
   * Deleted channel.
   * Format: uuid.
   */
  channelId: string;
  /**
   * Since 1.1: 1, 2, 3 … in the channel, without gaps.
   * Whole number. 0 to 9007199254740991.
   */
  seq?: number;
  /**
   * Since 1.1: the channel’s epoch; in another one numbers start anew.
   * 1 to 64 characters.
   */
  epoch?: string;
}

/**
 * The payload of `log_subscription_confirmed`.
 * Confirmation of log subscription.
 */
export interface LogSubscriptionConfirmed {
  /** True. */
  subscribed: boolean;
  /** Always `Successfully subscribed to log stream`. */
  message: string;
}

/** One entry of the server’s log. */
export interface LogEntry {
  /** Log entry id, unique on its server. */
  id: string;
  /**
   * ISO timestamp.
   * Format: date-time.
   */
  timestamp: string;
  /** Log level. */
  level: string;
  /** Log category. */
  category: string;
  /** Log message. */
  message: string;
  /** Additional log data. */
  data?: unknown;
  /** Associated agent id. */
  agentId?: string;
}

/**
 * The payload of `connection_ended`.
 * The last event before the server ends a connection, where it can still be written to.
 */
export interface ConnectionEnded {
  /**
   * A stable code, such as `IDENTITY_EXPIRED`.
   * At most 64 characters.
   */
  reason: string;
  /**
   * What happened, for a developer to read.
   * At most 1024 characters.
   */
  message: string;
  /** Whether connecting again makes sense. */
  reconnect: boolean;
}

/**
 * The payload of `channel_left`.
 * Sent to a client that the server has taken out of a channel; not where the client left, or the channel was deleted.
 */
export interface ChannelLeft {
  /**
   * Channel the client is no longer in.
   * Format: uuid.
   */
  channelId: string;
  /**
   * A stable code: `REMOVED` by the host, or `FORBIDDEN` as it may not be in it any more.
   * At most 64 characters.
   */
  reason: string;
  /**
   * What happened, for a developer to read.
   * At most 1024 characters.
   */
  message: string;
}

/**
 * The payload of `messageStreamChunk`.
 * Broadcast to a channel while an agent answers: the text that came since the last chunk, a tool it uses, or what it thinks.
 */
export interface MessageStreamChunk {
  /**
   * Id that the message of the answer will have.
   * Format: uuid.
   */
  messageId: string;
  /**
   * Channel of the answer.
   * Format: uuid.
   */
  channelId: string;
  /**
   * Agent that answers.
   * 1 to 256 characters.
   */
  agentId: string;
  /** Display name of the agent. */
  senderName: string;
  /**
   * Message that is answered.
   * Format: uuid.
   */
  inReplyToMessageId: string;
  /**
   * Counts the chunks of the answer from 0; those that somebody may not read leave gaps.
   * Whole number. At least 0.
   */
  index: number;
  /**
   * Length of the text before this chunk, in UTF-16 code units.
   * Whole number. At least 0.
   */
  offset: number;
  /** Text that follows; empty where the chunk tells something else. */
  chunk: string;
  tool?: ToolUse;
  /** Thought that follows; only sent to those who may read it. */
  thought?: string;
}

/**
 * The payload of `messageStreamError`.
 * Broadcast to a channel when an answer ends before it is whole: the agent failed, was too slow, was cancelled, or its process is gone. What it had said is kept as a message with `incomplete`.
 */
export interface MessageStreamError {
  /**
   * Id of the answer; its message has it, where anything was said.
   * Format: uuid.
   */
  messageId: string;
  /**
   * Channel of the answer.
   * Format: uuid.
   */
  channelId: string;
  /**
   * Agent that answered.
   * 1 to 256 characters.
   */
  agentId: string;
  /**
   * Message that was to be answered.
   * Format: uuid.
   */
  inReplyToMessageId: string;
  /**
   * A stable code: `AGENT_FAILED`, `AGENT_TIMEOUT`, `RESPONSE_CANCELLED` or `AGENT_LOST`.
   * At most 64 characters.
   */
  code: string;
  /**
   * What happened, for people to read.
   * At most 1024 characters.
   */
  error: string;
  /** What was said, where anything was. */
  partialText?: string;
}

/** Who it is, as far as others may see. */
export interface PublicIdentity {
  /**
   * Names the member: who is signed in, or else the connection.
   * 1 to 256 characters.
   */
  entityId: string;
  /**
   * Display name.
   * 1 to 256 characters.
   */
  name?: string;
  [name: string]: unknown;
}

/** Somebody who is in a channel. */
export interface PresenceMember {
  identity: PublicIdentity;
  state?: ChannelPresence;
}

/** What a member does now; without `state` nothing. */
export interface PresenceUpdate {
  /**
   * Names the member: who is signed in, or else the connection.
   * 1 to 256 characters.
   */
  entityId: string;
  state?: ChannelPresence;
}

/**
 * The payload of `presence_changed`.
 * Who is in a channel, for those who have asked: all members, or what has changed. With the count alone the channel has too many members to tell of.
 */
export interface PresenceChanged {
  /**
   * Channel it is about.
   * Format: uuid.
   */
  channelId: string;
  /**
   * How many members the channel has.
   * Whole number. At least 0.
   */
  count: number;
  /** All members, in place of what was told before. */
  members?: PresenceMember[];
  /** Those who came, or are another now. */
  joined?: PresenceMember[];
  /**
   * Those who went.
   * Each item: 1 to 256 characters.
   */
  left?: string[];
  /** Those who do something else now. */
  updated?: PresenceUpdate[];
}
