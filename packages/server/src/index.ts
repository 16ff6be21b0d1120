export { attachChatServer } from './attach-chat-server';
export type { AttachedChatServer, DisconnectOptions } from './chat-server';
export { type ChatServer, createChatServer } from './create-chat-server';
export type { ConnectLimit } from './gateway/connect-limit';
export type { RateLimit } from './gateway/rate-meter';
export type { ChatContext, ChatServices } from './handlers/chat-context';
export { createLogStream, type LogStream, type LogSubscription } from './logs/log-stream';
export type { ChatContract, ChatExtension, ChatServerOptions } from './options';
export type { Agent, AgentContext, AgentPart } from './ports/agent';
export type { Broadcaster, Connection } from './ports/connection';
export type { Emitter } from './ports/emitter';
export type { Attempt, Authenticate, Authorize, Handshake, Identity } from './ports/identity';
export type {
  Appended,
  Channel,
  JournalBounds,
  JournalPage,
  Message,
  MessagePage,
  MessageQuery,
  MovedChannel,
  Store,
} from './ports/store';
export type { ChannelService, NewChannel } from './services/channels';
export type { MessageService, NewMessage } from './services/messages';
export { createMemoryStore, type MemoryStoreOptions } from './store/memory-store';
export { createSqliteStore, type SqliteStoreOptions } from './store/sqlite-store';
export type { TrustProxy } from './transport/client-address';
export type { CorsOrigin } from './transport/origin-check';
