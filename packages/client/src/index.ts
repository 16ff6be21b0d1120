export type { Issue } from '@wirepact/contract/runtime';
export type {
  Channel,
  JoinOptions,
  SendOptions,
  SentMessage,
} from './channel/channel';
export type { ChannelState } from './channel/channel-state';
export type { ChannelView, OutboxWait, ViewMessage } from './channel/channel-view';
export type { OutboxOptions } from './channel/outbox-options';
export type { OutboxStorage, OutgoingPayload, StoredSend } from './channel/outbox-storage';
export type { ViewOptions } from './channel/view-options';
export { type ChatClient, createChatClient } from './chat-client';
export type { ChatClientOptions } from './chat-client-options';
export type {
  ChannelEventName,
  ChatContract,
  ChatProtocol,
  EventName,
  EventPayload,
  RequestName,
  RequestPayload,
  RequestReply,
} from './chat-contract';
export {
  ChatError as WirepactError,
  type ChatErrorCode,
  CLIENT_ERRORS,
  type ClientErrorCode,
} from './client-errors';
export type { ConnectionSettings, HandshakeAuth } from './connection-settings';
export type { ConnectionState } from './connection-state';
export type { ContractViolation, ContractViolationListener } from './contract-violation';
export type { LogStream } from './logs/log-stream';
export type { LogStreamOptions, LogSubscriptionState } from './logs/logs';
export type { Observable } from './observable';
export type { Request, RequestArguments, RequestOptions } from './request';
