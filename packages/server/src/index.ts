/**
 * Serving the chat or a contract of one’s own, on an http server of its own or attached to the host’s.
 * @module
 */

export { attachChatServer } from './chat/attach-chat-server';
export type { AttachedChatServer } from './chat/chat-server';
export { type ChatServer, createChatServer } from './chat/create-chat-server';
export { authenticateElizaos } from './chat/elizaos/authenticate-elizaos';
export { elizaos } from './chat/elizaos/elizaos';
export type { RestHandler } from './chat/elizaos/rest-handler';
export type { ElizaosRestOptions } from './chat/elizaos/rest-request';
export type { ChatContext, ChatServices } from './chat/handlers/chat-context';
export { createLogStream, type LogSink, type LogStream, type LogSubscription } from './chat/logs/log-stream';
export type { MayReadThoughts } from './chat/may-read-thoughts';
export type { ChatContract, ChatExtension, ChatServerOptions, ExtensionContext } from './chat/options';
export type { Agent, AgentContext, AgentPart, AgentToolUse } from './chat/ports/agent';
export type { Attempt, Authorize } from './chat/ports/attempt';
export type { Connection } from './chat/ports/connection';
export type {
  Appended,
  Channel,
  JournalEntry,
  JournalPage,
  Message,
  MessagePage,
  MessageQuery,
  NewStoredChannel,
  NewStoredMessage,
  Store,
} from './chat/ports/store';
export type {
  Answer as AgentAnswer,
  StoredTurn,
  TurnClaim,
  TurnRenewal,
  TurnRow,
  TurnStore,
} from './chat/ports/turn-store';
export type { ChannelService, NewChannel } from './chat/services/channels';
export type { MessageService, NewMessage } from './chat/services/messages';
export { createSqliteStore } from './chat/store/create-sqlite-store';
export { createMemoryStore, type MemoryStoreOptions } from './chat/store/memory-store';
export type { SqliteStoreOptions } from './chat/store/sqlite-store-options';
export type { StoreLogger } from './chat/store/store-options';
export { attachContract, type ContractServer, createContractServer } from './runtime/attach-contract';
export type {
  ChannelHandle,
  ChannelOf,
  PublishOptions,
  Reduced,
} from './runtime/channels/channel-handle';
export {
  type CheckedSocket,
  type CheckSocketOptions,
  checkSocket,
  type PlainSocket,
} from './runtime/check-socket';
export type {
  ContractContext,
  ContractHandler,
  ContractHandlers,
  Fail,
  Middleware,
} from './runtime/contract-context';
export type { AttachedContractServer } from './runtime/contract-server';
export type { ContractAttempt, ContractServerOptions } from './runtime/contract-server-options';
export { type DialectDefinition, type DialectEvent, defineDialect } from './runtime/dialects/define-dialect';
export { fieldsOf } from './runtime/dialects/fields-of';
export type { DisconnectOptions } from './runtime/disconnect';
export type { ConnectLimit } from './runtime/gateway/connect-limit';
export type { RateLimit } from './runtime/gateway/rate-meter';
export type { Answering, Health } from './runtime/health';
export type { Host } from './runtime/host';
export type { AskOptions, Broadcaster, Connection as ContractConnection } from './runtime/ports/connection';
export type { Dialect, DialectClient, WireEvent } from './runtime/ports/dialect';
export type { Emitter } from './runtime/ports/emitter';
export type {
  AppendedEvent,
  EventStore,
  MovedChannel,
  NewStoredEvent,
  Retention,
  StoredBounds,
  StoredEvent,
} from './runtime/ports/event-store';
export type { Authenticate, Handshake, Identity } from './runtime/ports/identity';
export type { Position } from './runtime/ports/journal';
export type { Commit, Metrics, ServerMeter, ServerState } from './runtime/ports/metrics';
export type { Fleet, ScaleOut, SharedCount, SharedCounter } from './runtime/ports/scale-out';
export type { EventTrace, Tracing } from './runtime/ports/tracing';
export type { PresenceOptions } from './runtime/presence/presence-options';
export type { Recipients } from './runtime/recipients';
export type { ServerOptions } from './runtime/server-options';
export type { TrustProxy } from './runtime/transport/client-address';
export type { CorsOrigin } from './runtime/transport/origin-check';
