import type { Protocol } from '@wirepact/protocol';
import { attachTo, type Host } from '../runtime/host';
import { type AttachedChatServer, assembleChatServer } from './chat-server';
import { checkChatOptions } from './option-checks';
import type { ChatContract, ChatServerOptions } from './options';

/** What to say to whoever attaches it to something else. */
const WORDS = {
  attach: 'attachChatServer',
  ownServer: 'for a server of the chat’s own, call createChatServer(options).listen(port)',
};

/**
 * Adds the chat to a server the application already has: an http, https or http2 server (Express: what
 * `app.listen` returns; Fastify: `fastify.server`), a Socket.IO server or one of its namespaces. Routes, upgrades and
 * namespaces besides its own stay as they are.
 *
 * @throws WirepactError `INVALID_OPTIONS`
 *
 * @example
 * const chat = attachChatServer(httpServer, { agents: [eliza] });
 * await chat.channels.clear(channelId);
 */
export function attachChatServer<C extends ChatContract = Protocol>(
  host: Host,
  options: ChatServerOptions<C> = {},
): AttachedChatServer<C> {
  checkChatOptions(options);
  return assembleChatServer<C>(attachTo(host, options, WORDS), options).chat;
}
