/**
 * Calling a server of the chat, or of a contract of one’s own, from a page or from Node.
 * @module
 */

export type { Issue, PresenceMember, PublicIdentity } from '@wirepact/contract/runtime';
export type {
  Channel,
  JoinOptions,
  SendOptions,
  SentMessage,
} from './chat/channel/channel';
export type {
  ChannelState,
  ChannelView,
  OutboxWait,
  ViewMessage,
  ViewOptions,
} from './chat/channel/channel-view';
export type {
  OutboxOptions,
  OutboxStorage,
  OutgoingPayload,
  StoredError,
  StoredSend,
} from './chat/channel/outbox-storage';
export { type ChatClient, type ChatClientWithRooms, createChatClient } from './chat/chat-client';
export type { ChatClientOptions } from './chat/chat-client-options';
export type { ChannelEventName, ChatContract, ChatProtocol } from './chat/chat-contract';
export {
  ChatError as WirepactError,
  type ChatErrorCode,
  CLIENT_ERRORS,
  type ClientErrorCode,
} from './chat/chat-error';
export type { LogStream } from './chat/logs/log-stream';
export type { LogStreamOptions, LogSubscriptionState } from './chat/logs/logs';
export type { ClientError } from './runtime/base/client-errors';
export type { Observable } from './runtime/base/observable';
export type {
  Channel as RoomChannel,
  ChannelEventName as RoomEventName,
  ChannelSendName as RoomSendName,
  ChannelSendOptions as RoomSendOptions,
} from './runtime/channel/channel';
export type { ChannelState as RoomChannelState } from './runtime/channel/channel-state';
export { type ChannelsPart, channels } from './runtime/channel/channels';
export type { Snapshot } from './runtime/channel/reduction';
export type { ConnectionSettings, HandshakeAuth } from './runtime/connection/connection-settings';
export type { ConnectionState } from './runtime/connection/connection-state';
export {
  type ClientWithoutChannels,
  type ContractClient,
  createContractClient,
  type EventClient,
  type SafeRequest,
  type SafeResult,
  type StreamRequest,
} from './runtime/contract-client';
export type { ContractClientOptions } from './runtime/contract-client-options';
export type { Presence, PresenceSetOptions } from './runtime/presence/presence';
export type {
  EventName,
  EventPayload,
  EventReply,
  RequestError,
  RequestName,
  RequestPayload,
  RequestReply,
  StreamItem,
} from './runtime/request/contract-events';
export type { ContractViolation, ContractViolationListener } from './runtime/request/contract-violation';
export type { CallOptions, Request, RequestArguments, RequestOptions } from './runtime/request/request';
export type { ItemStream } from './runtime/stream/lazy-stream';
