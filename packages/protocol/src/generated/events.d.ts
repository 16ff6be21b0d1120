import type { Ack } from '@wirepact/contract/runtime';
import type {
  Authenticate,
  AuthenticateReply,
  BeginAnswer,
  BeginAnswerReply,
  BroadcastMessage,
  CancelResponse,
  CancelResponseReply,
  ChannelCleared,
  ChannelDeleted,
  ChannelLeft,
  ChannelPresence,
  ChannelUpdated,
  ClearChannel,
  ClearChannelReply,
  ConnectionEnded,
  ConnectionEstablished,
  ContinueAnswer,
  ContinueAnswerReply,
  DeleteChannel,
  DeleteChannelReply,
  DeleteMessage,
  DeleteMessageReply,
  HeartbeatReply,
  JoinChannel,
  JoinChannelReply,
  JoinedChannel,
  LeaveChannel,
  LeaveChannelReply,
  ListMessages,
  ListMessagesReply,
  LogEntry,
  LogFilter,
  LogSubscriptionConfirmed,
  MessageAck,
  MessageComplete,
  MessageDeleted,
  MessageError,
  MessageStreamChunk,
  MessageStreamError,
  PresenceChanged,
  SendMessage,
  SendMessageReply,
  SubscribeLogsReply,
  UnsubscribeLogsReply,
  UpdateChannel,
  UpdateChannelReply,
  UpdatePresence,
  UpdatePresenceReply,
  WatchPresence,
} from './types.js';

/** What a client emits. */
export interface ClientToServerEvents {
  /**
   * Join a specific channel for receiving messages; `roomId` alone is accepted in place of `channelId`.
   * Errors: `CHANNEL_NOT_FOUND`, `AGENT_NOT_FOUND`, `CHANNEL_LIMIT_REACHED`, `TOO_MANY_CHANNELS`, `PROPERTIES_TOO_LARGE`.
   * @since 1.0
   */
  join_channel: (payload: JoinChannel, ack?: (answer: Ack<JoinChannelReply>) => void) => void;
  /**
   * Send a message to a channel.
   * Errors: `CHANNEL_NOT_FOUND`.
   * @since 1.0
   */
  send_message: (payload: SendMessage, ack?: (answer: Ack<SendMessageReply>) => void) => void;
  /**
   * Subscribe to real-time log updates. Carries no payload.
   * @since 1.0
   */
  subscribe_logs: (ack?: (answer: Ack<SubscribeLogsReply>) => void) => void;
  /**
   * Unsubscribe from log updates. Carries no payload; harmless where there is no subscription.
   * @since 1.0
   */
  unsubscribe_logs: (ack?: (answer: Ack<UnsubscribeLogsReply>) => void) => void;
  /**
   * Filter which logs to receive. Replaces the filter before it; `{}` lets everything through.
   * @since 1.0
   */
  set_log_filter: (payload: LogFilter, ack?: (answer: Ack<LogFilter>) => void) => void;
  /**
   * Ask for an answer, to measure how long one takes on this connection. Carries no payload.
   * @since 1.1
   */
  heartbeat: (ack?: (answer: Ack<HeartbeatReply>) => void) => void;
  /**
   * Stop receiving what is sent to a channel. Harmless where the client is not in it.
   * @since 1.1
   */
  leave_channel: (payload: LeaveChannel, ack?: (answer: Ack<LeaveChannelReply>) => void) => void;
  /**
   * Read a page of a channel’s messages: the newest ones, those before a number, or those after one. Oldest first in every case.
   * Errors: `CHANNEL_NOT_FOUND`.
   * @since 1.1
   */
  list_messages: (payload: ListMessages, ack?: (answer: Ack<ListMessagesReply>) => void) => void;
  /**
   * Delete a message from a channel; its members get `messageDeleted`.
   * Errors: `CHANNEL_NOT_FOUND`, `MESSAGE_NOT_FOUND`.
   * @since 1.1
   */
  delete_message: (payload: DeleteMessage, ack?: (answer: Ack<DeleteMessageReply>) => void) => void;
  /**
   * Delete all messages of a channel; its members get `channelCleared`.
   * Errors: `CHANNEL_NOT_FOUND`.
   * @since 1.1
   */
  clear_channel: (payload: ClearChannel, ack?: (answer: Ack<ClearChannelReply>) => void) => void;
  /**
   * Set properties of a channel, and leave the others; its members get `channelUpdated`.
   * Errors: `CHANNEL_NOT_FOUND`, `PROPERTIES_TOO_LARGE`.
   * @since 1.1
   */
  update_channel: (payload: UpdateChannel, ack?: (answer: Ack<UpdateChannelReply>) => void) => void;
  /**
   * Delete a channel with its messages; its members get `channelDeleted` and are in it no more.
   * Errors: `CHANNEL_NOT_FOUND`.
   * @since 1.1
   */
  delete_channel: (payload: DeleteChannel, ack?: (answer: Ack<DeleteChannelReply>) => void) => void;
  /**
   * Prove again who this connection belongs to, before `expiresAt`: with what `auth` of a new connection would hold. The connection, its channels and its log subscription stay.
   * Errors: `UNAUTHENTICATED`.
   * @since 1.2
   */
  authenticate: (payload: Authenticate, ack?: (answer: Ack<AuthenticateReply>) => void) => void;
  /**
   * Stop an answer that an agent is giving, or is yet to give. What was said is kept; all members hear of its end. Only for members of the channel.
   * @since 1.2
   */
  cancel_response: (payload: CancelResponse, ack?: (answer: Ack<CancelResponseReply>) => void) => void;
  /**
   * Ask to be told who is in a channel, by `presence_changed`: at once, and whenever it changes. Only for members of the channel.
   * @since 1.2
   */
  watch_presence: (payload: WatchPresence, ack?: (answer: Ack<null>) => void) => void;
  /**
   * Say what the client does in a channel right now, such as typing. It ends with the connection, and after a while where it is not said again. Only for members of the channel.
   * @since 1.2
   */
  update_presence: (payload: UpdatePresence, ack?: (answer: Ack<UpdatePresenceReply>) => void) => void;
  /**
   * Begin an answer to a message, as an agent that is a client; its parts follow by `continue_answer`. Only for those whom the host lets answer.
   * Errors: `CHANNEL_NOT_FOUND`, `MESSAGE_NOT_FOUND`, `AGENT_FAILED`.
   * @since 1.2
   */
  begin_answer: (payload: BeginAnswer, ack?: (answer: Ack<BeginAnswerReply>) => void) => void;
  /**
   * Go on with an answer that `begin_answer` has begun, or end it. The same `index` again is taken once, so that it may be sent again.
   * Errors: `MESSAGE_NOT_FOUND`.
   * @since 1.2
   */
  continue_answer: (payload: ContinueAnswer, ack?: (answer: Ack<ContinueAnswerReply>) => void) => void;
}

/** What a client emits where it always asks for the acknowledgement, for a typed `emitWithAck`. */
export interface ClientToServerRequests {
  /**
   * Join a specific channel for receiving messages; `roomId` alone is accepted in place of `channelId`.
   * Errors: `CHANNEL_NOT_FOUND`, `AGENT_NOT_FOUND`, `CHANNEL_LIMIT_REACHED`, `TOO_MANY_CHANNELS`, `PROPERTIES_TOO_LARGE`.
   * @since 1.0
   */
  join_channel: (payload: JoinChannel, ack: (answer: Ack<JoinChannelReply>) => void) => void;
  /**
   * Send a message to a channel.
   * Errors: `CHANNEL_NOT_FOUND`.
   * @since 1.0
   */
  send_message: (payload: SendMessage, ack: (answer: Ack<SendMessageReply>) => void) => void;
  /**
   * Subscribe to real-time log updates. Carries no payload.
   * @since 1.0
   */
  subscribe_logs: (ack: (answer: Ack<SubscribeLogsReply>) => void) => void;
  /**
   * Unsubscribe from log updates. Carries no payload; harmless where there is no subscription.
   * @since 1.0
   */
  unsubscribe_logs: (ack: (answer: Ack<UnsubscribeLogsReply>) => void) => void;
  /**
   * Filter which logs to receive. Replaces the filter before it; `{}` lets everything through.
   * @since 1.0
   */
  set_log_filter: (payload: LogFilter, ack: (answer: Ack<LogFilter>) => void) => void;
  /**
   * Ask for an answer, to measure how long one takes on this connection. Carries no payload.
   * @since 1.1
   */
  heartbeat: (ack: (answer: Ack<HeartbeatReply>) => void) => void;
  /**
   * Stop receiving what is sent to a channel. Harmless where the client is not in it.
   * @since 1.1
   */
  leave_channel: (payload: LeaveChannel, ack: (answer: Ack<LeaveChannelReply>) => void) => void;
  /**
   * Read a page of a channel’s messages: the newest ones, those before a number, or those after one. Oldest first in every case.
   * Errors: `CHANNEL_NOT_FOUND`.
   * @since 1.1
   */
  list_messages: (payload: ListMessages, ack: (answer: Ack<ListMessagesReply>) => void) => void;
  /**
   * Delete a message from a channel; its members get `messageDeleted`.
   * Errors: `CHANNEL_NOT_FOUND`, `MESSAGE_NOT_FOUND`.
   * @since 1.1
   */
  delete_message: (payload: DeleteMessage, ack: (answer: Ack<DeleteMessageReply>) => void) => void;
  /**
   * Delete all messages of a channel; its members get `channelCleared`.
   * Errors: `CHANNEL_NOT_FOUND`.
   * @since 1.1
   */
  clear_channel: (payload: ClearChannel, ack: (answer: Ack<ClearChannelReply>) => void) => void;
  /**
   * Set properties of a channel, and leave the others; its members get `channelUpdated`.
   * Errors: `CHANNEL_NOT_FOUND`, `PROPERTIES_TOO_LARGE`.
   * @since 1.1
   */
  update_channel: (payload: UpdateChannel, ack: (answer: Ack<UpdateChannelReply>) => void) => void;
  /**
   * Delete a channel with its messages; its members get `channelDeleted` and are in it no more.
   * Errors: `CHANNEL_NOT_FOUND`.
   * @since 1.1
   */
  delete_channel: (payload: DeleteChannel, ack: (answer: Ack<DeleteChannelReply>) => void) => void;
  /**
   * Prove again who this connection belongs to, before `expiresAt`: with what `auth` of a new connection would hold. The connection, its channels and its log subscription stay.
   * Errors: `UNAUTHENTICATED`.
   * @since 1.2
   */
  authenticate: (payload: Authenticate, ack: (answer: Ack<AuthenticateReply>) => void) => void;
  /**
   * Stop an answer that an agent is giving, or is yet to give. What was said is kept; all members hear of its end. Only for members of the channel.
   * @since 1.2
   */
  cancel_response: (payload: CancelResponse, ack: (answer: Ack<CancelResponseReply>) => void) => void;
  /**
   * Ask to be told who is in a channel, by `presence_changed`: at once, and whenever it changes. Only for members of the channel.
   * @since 1.2
   */
  watch_presence: (payload: WatchPresence, ack: (answer: Ack<null>) => void) => void;
  /**
   * Say what the client does in a channel right now, such as typing. It ends with the connection, and after a while where it is not said again. Only for members of the channel.
   * @since 1.2
   */
  update_presence: (payload: UpdatePresence, ack: (answer: Ack<UpdatePresenceReply>) => void) => void;
  /**
   * Begin an answer to a message, as an agent that is a client; its parts follow by `continue_answer`. Only for those whom the host lets answer.
   * Errors: `CHANNEL_NOT_FOUND`, `MESSAGE_NOT_FOUND`, `AGENT_FAILED`.
   * @since 1.2
   */
  begin_answer: (payload: BeginAnswer, ack: (answer: Ack<BeginAnswerReply>) => void) => void;
  /**
   * Go on with an answer that `begin_answer` has begun, or end it. The same `index` again is taken once, so that it may be sent again.
   * Errors: `MESSAGE_NOT_FOUND`.
   * @since 1.2
   */
  continue_answer: (payload: ContinueAnswer, ack: (answer: Ack<ContinueAnswerReply>) => void) => void;
}

/** What a server emits. */
export interface ServerToClientEvents {
  /**
   * Sent immediately after successful connection.
   * @since 1.0
   */
  connection_established: (payload: ConnectionEstablished) => void;
  /**
   * Confirmation, to the client that joined, that it has joined a channel.
   * @since 1.0
   */
  channel_joined: (payload: JoinedChannel) => void;
  /**
   * The same as `channel_joined`, sent right after it for clients that only know this name.
   * @since 1.0
   * @deprecated Use `channel_joined`.
   */
  room_joined: (payload: JoinedChannel) => void;
  /**
   * Broadcast to all clients in a channel, the sender included, when a new message is sent to it.
   * @since 1.0
   */
  messageBroadcast: (payload: BroadcastMessage) => void;
  /**
   * Sent only to the sender of a message, once the message is stored.
   * @since 1.0
   */
  messageAck: (payload: MessageAck) => void;
  /**
   * Sent, to whoever sent it, when a client-to-server event fails. Since 1.1 it also carries what a failed acknowledgement does.
   * @since 1.0
   */
  messageError: (payload: MessageError) => void;
  /**
   * Emitted to a channel when an agent finishes processing and responding to a message.
   * @since 1.0
   */
  messageComplete: (payload: MessageComplete) => void;
  /**
   * Broadcast when a message is deleted from a channel.
   * @since 1.0
   */
  messageDeleted: (payload: MessageDeleted) => void;
  /**
   * Broadcast when all messages in a channel are cleared.
   * @since 1.0
   */
  channelCleared: (payload: ChannelCleared) => void;
  /**
   * Broadcast when channel properties are updated.
   * @since 1.0
   */
  channelUpdated: (payload: ChannelUpdated) => void;
  /**
   * Broadcast when a channel is deleted.
   * @since 1.0
   */
  channelDeleted: (payload: ChannelDeleted) => void;
  /**
   * Confirmation of log subscription.
   * @since 1.0
   */
  log_subscription_confirmed: (payload: LogSubscriptionConfirmed) => void;
  /**
   * Real-time log entry, to subscribers whose filter lets it through.
   * @since 1.0
   */
  log_update: (payload: LogEntry) => void;
  /**
   * The last event before the server ends a connection, where it can still be written to.
   * @since 1.2
   */
  connection_ended: (payload: ConnectionEnded) => void;
  /**
   * Sent to a client that the server has taken out of a channel; not where the client left, or the channel was deleted.
   * @since 1.2
   */
  channel_left: (payload: ChannelLeft) => void;
  /**
   * Broadcast to a channel while an agent answers: the text that came since the last chunk, a tool it uses, or what it thinks.
   * @since 1.2
   */
  messageStreamChunk: (payload: MessageStreamChunk) => void;
  /**
   * Broadcast to a channel when an answer ends before it is whole: the agent failed, was too slow, was cancelled, or its process is gone. What it had said is kept as a message with `incomplete`.
   * @since 1.2
   */
  messageStreamError: (payload: MessageStreamError) => void;
  /**
   * Who is in a channel, for those who have asked: all members, or what has changed. With the count alone the channel has too many members to tell of.
   * @since 1.2
   */
  presence_changed: (payload: PresenceChanged) => void;
}

/** What a member of a room does, by the kind of room. */
export interface PresenceStates {
  channel: ChannelPresence;
}
