// wirepact-chat 1.2.0, built by Wirepact. Do not edit: change the contract and build it again.
import type { Contract, ContractError, ContractEvent, ErrorDefinition, InRoom, PayloadSchema } from '@wirepact/contract/runtime';
import type * as types from './types.js';

export type * from './events.js';
export type * from './types.js';

/** Every code that may reach the wire, with what it means and what to do. */
export declare const errors: {
  /** The payload does not match the schema of the event. */
  readonly INVALID_PAYLOAD: ErrorDefinition;
  /** The payload is right but for identifiers that are not UUIDs. */
  readonly INVALID_UUID: ErrorDefinition;
  /** The payload is larger, deeper or wider than the event allows. */
  readonly PAYLOAD_TOO_LARGE: ErrorDefinition;
  /** The contract has no client-to-server event of this name. */
  readonly UNKNOWN_EVENT: ErrorDefinition;
  /** The server failed in a way that is not the sender’s fault; its log has the details. */
  readonly INTERNAL: ErrorDefinition;
  /** This address has sent more events than it may in the current window. */
  readonly RATE_LIMITED: ErrorDefinition;
  /** More requests wait already than the server takes. */
  readonly OVERLOADED: ErrorDefinition;
  /** The client asks for a version of the contract that the server does not speak. */
  readonly VERSION_UNSUPPORTED: ErrorDefinition;
  /** The server needs to know who is connecting, and the credentials did not say. */
  readonly UNAUTHENTICATED: ErrorDefinition;
  /** Whoever is connected may not do this. */
  readonly FORBIDDEN: ErrorDefinition;
  /** The server is closing, or something it depends on did not answer in time. */
  readonly UNAVAILABLE: ErrorDefinition;
  /** There is no channel with this id. */
  readonly CHANNEL_NOT_FOUND: ErrorDefinition;
  /** The server has no agent with this id. */
  readonly AGENT_NOT_FOUND: ErrorDefinition;
  /** The channel has no message with this id. */
  readonly MESSAGE_NOT_FOUND: ErrorDefinition;
  /** The server keeps as many channels as it may. */
  readonly CHANNEL_LIMIT_REACHED: ErrorDefinition;
  /** This connection is in as many channels as it may be. */
  readonly TOO_MANY_CHANNELS: ErrorDefinition;
  /** The properties of the channel would take more space than they may. */
  readonly PROPERTIES_TOO_LARGE: ErrorDefinition;
  /** The server cannot read or write its store now; nothing was stored. */
  readonly STORE_UNAVAILABLE: ErrorDefinition;
  /** An agent was asked to answer and could not. */
  readonly AGENT_FAILED: ErrorDefinition;
  /** An agent took longer for its answer than the server lets it. */
  readonly AGENT_TIMEOUT: ErrorDefinition;
  /** The server process in which an agent was answering is gone. */
  readonly AGENT_LOST: ErrorDefinition;
  /** A member of the channel stopped the answer. */
  readonly RESPONSE_CANCELLED: ErrorDefinition;
};

/** A code of {@link errors}. */
export type ErrorCode = keyof typeof errors;

type Errors = {
  readonly CHANNEL_NOT_FOUND: ContractError<undefined>;
  readonly AGENT_NOT_FOUND: ContractError<undefined>;
  readonly MESSAGE_NOT_FOUND: ContractError<undefined>;
  readonly CHANNEL_LIMIT_REACHED: ContractError<undefined>;
  readonly TOO_MANY_CHANNELS: ContractError<undefined>;
  readonly PROPERTIES_TOO_LARGE: ContractError<undefined>;
  readonly STORE_UNAVAILABLE: ContractError<undefined>;
  readonly AGENT_FAILED: ContractError<undefined>;
  readonly AGENT_TIMEOUT: ContractError<undefined>;
  readonly AGENT_LOST: ContractError<undefined>;
  readonly RESPONSE_CANCELLED: ContractError<undefined>;
};

type ClientToServer = {
  readonly join_channel: ContractEvent<PayloadSchema<types.JoinChannel>, PayloadSchema<types.JoinChannelReply>, 'CHANNEL_NOT_FOUND' | 'AGENT_NOT_FOUND' | 'CHANNEL_LIMIT_REACHED' | 'TOO_MANY_CHANNELS' | 'PROPERTIES_TOO_LARGE'> & InRoom<'channel'>;
  readonly send_message: ContractEvent<PayloadSchema<types.SendMessage>, PayloadSchema<types.SendMessageReply>, 'CHANNEL_NOT_FOUND'> & InRoom<'channel'>;
  readonly subscribe_logs: ContractEvent<undefined, PayloadSchema<types.SubscribeLogsReply>, never>;
  readonly unsubscribe_logs: ContractEvent<undefined, PayloadSchema<types.UnsubscribeLogsReply>, never>;
  readonly set_log_filter: ContractEvent<PayloadSchema<types.LogFilter>, PayloadSchema<types.LogFilter>, never>;
  readonly heartbeat: ContractEvent<undefined, PayloadSchema<types.HeartbeatReply>, never>;
  readonly leave_channel: ContractEvent<PayloadSchema<types.LeaveChannel>, PayloadSchema<types.LeaveChannelReply>, never> & InRoom<'channel'>;
  readonly list_messages: ContractEvent<PayloadSchema<types.ListMessages>, PayloadSchema<types.ListMessagesReply>, 'CHANNEL_NOT_FOUND'> & InRoom<'channel'>;
  readonly delete_message: ContractEvent<PayloadSchema<types.DeleteMessage>, PayloadSchema<types.DeleteMessageReply>, 'CHANNEL_NOT_FOUND' | 'MESSAGE_NOT_FOUND'> & InRoom<'channel'>;
  readonly clear_channel: ContractEvent<PayloadSchema<types.ClearChannel>, PayloadSchema<types.ClearChannelReply>, 'CHANNEL_NOT_FOUND'> & InRoom<'channel'>;
  readonly update_channel: ContractEvent<PayloadSchema<types.UpdateChannel>, PayloadSchema<types.UpdateChannelReply>, 'CHANNEL_NOT_FOUND' | 'PROPERTIES_TOO_LARGE'> & InRoom<'channel'>;
  readonly delete_channel: ContractEvent<PayloadSchema<types.DeleteChannel>, PayloadSchema<types.DeleteChannelReply>, 'CHANNEL_NOT_FOUND'> & InRoom<'channel'>;
  readonly authenticate: ContractEvent<PayloadSchema<types.Authenticate>, PayloadSchema<types.AuthenticateReply>, 'UNAUTHENTICATED'>;
  readonly cancel_response: ContractEvent<PayloadSchema<types.CancelResponse>, PayloadSchema<types.CancelResponseReply>, never> & InRoom<'channel'>;
  readonly watch_presence: ContractEvent<PayloadSchema<types.WatchPresence>, undefined, never> & InRoom<'channel'>;
  readonly update_presence: ContractEvent<PayloadSchema<types.UpdatePresence>, PayloadSchema<types.UpdatePresenceReply>, never> & InRoom<'channel'>;
  readonly begin_answer: ContractEvent<PayloadSchema<types.BeginAnswer>, PayloadSchema<types.BeginAnswerReply>, 'CHANNEL_NOT_FOUND' | 'MESSAGE_NOT_FOUND' | 'AGENT_FAILED'> & InRoom<'channel'>;
  readonly continue_answer: ContractEvent<PayloadSchema<types.ContinueAnswer>, PayloadSchema<types.ContinueAnswerReply>, 'MESSAGE_NOT_FOUND'> & InRoom<'channel'>;
};

type ServerToClient = {
  readonly connection_established: ContractEvent<PayloadSchema<types.ConnectionEstablished>, undefined, never>;
  readonly channel_joined: ContractEvent<PayloadSchema<types.JoinedChannel>, undefined, never>;
  readonly room_joined: ContractEvent<PayloadSchema<types.JoinedChannel>, undefined, never>;
  readonly messageBroadcast: ContractEvent<PayloadSchema<types.BroadcastMessage>, undefined, never> & InRoom<'channel'>;
  readonly messageAck: ContractEvent<PayloadSchema<types.MessageAck>, undefined, never>;
  readonly messageError: ContractEvent<PayloadSchema<types.MessageError>, undefined, never>;
  readonly messageComplete: ContractEvent<PayloadSchema<types.MessageComplete>, undefined, never> & InRoom<'channel'>;
  readonly messageDeleted: ContractEvent<PayloadSchema<types.MessageDeleted>, undefined, never> & InRoom<'channel'>;
  readonly channelCleared: ContractEvent<PayloadSchema<types.ChannelCleared>, undefined, never> & InRoom<'channel'>;
  readonly channelUpdated: ContractEvent<PayloadSchema<types.ChannelUpdated>, undefined, never> & InRoom<'channel'>;
  readonly channelDeleted: ContractEvent<PayloadSchema<types.ChannelDeleted>, undefined, never> & InRoom<'channel'>;
  readonly log_subscription_confirmed: ContractEvent<PayloadSchema<types.LogSubscriptionConfirmed>, undefined, never>;
  readonly log_update: ContractEvent<PayloadSchema<types.LogEntry>, undefined, never>;
  readonly connection_ended: ContractEvent<PayloadSchema<types.ConnectionEnded>, undefined, never>;
  readonly channel_left: ContractEvent<PayloadSchema<types.ChannelLeft>, undefined, never>;
  readonly messageStreamChunk: ContractEvent<PayloadSchema<types.MessageStreamChunk>, undefined, never> & InRoom<'channel'>;
  readonly messageStreamError: ContractEvent<PayloadSchema<types.MessageStreamError>, undefined, never> & InRoom<'channel'>;
  readonly presence_changed: ContractEvent<PayloadSchema<types.PresenceChanged>, undefined, never> & InRoom<'channel'>;
};

/** The type of {@link protocol}. */
export interface Protocol extends Contract<ClientToServer, ServerToClient, Errors> {
  /** Codes of its own: whether to retry, and what they tell besides. */
  readonly errors: Errors;
  /** What members of its rooms do. */
  readonly presence: {
    readonly channel: PayloadSchema<types.ChannelPresence>;
  };
}

/** wirepact-chat 1.2.0: every event on the wire, with the check of what it carries. */
export declare const protocol: Protocol;
