import type { Protocol } from '@wirepact/protocol';
import { createOwnHttpServer, type Listening, withListening } from '../runtime/own-http-server';
import { attachToHttpServer } from '../runtime/transport/socket-io';
import { type AttachedChatServer, assembleChatServer } from './chat-server';
import { checkChatOptions } from './option-checks';
import type { ChatContract, ChatServerOptions } from './options';

/** A chat server with an http server of its own; it listens once its store is open. */
export interface ChatServer<C extends ChatContract = Protocol> extends AttachedChatServer<C>, Listening {}

/**
 * A chat server of its own.
 *
 * @throws WirepactError `INVALID_OPTIONS`
 *
 * @example
 * const chat = createChatServer({ agents: [eliza] });
 * const { url } = await chat.listen();
 */
export function createChatServer<C extends ChatContract = Protocol>(
  options: ChatServerOptions<C> = {},
): ChatServer<C> {
  checkChatOptions(options);
  const httpServer = createOwnHttpServer(() => chat.health());
  const { chat, logger } = assembleChatServer<C>((wire) => attachToHttpServer(httpServer, wire), options);
  return {
    ...chat,
    ...withListening(httpServer, { ready: () => chat.ready, close: chat.close, logger }),
    get ready() {
      return chat.ready;
    },
  };
}
