import type { Server as HttpServer } from 'node:http';
import { WirepactError } from '@wirepact/contract/runtime';
import type { Protocol } from '@wirepact/protocol';
import { checkHost } from '../runtime/host-check';
import { attachToHttpServer, attachToSocketIo, type SocketIoServer } from '../runtime/transport/socket-io';
import { type AttachedChatServer, assembleChatServer } from './chat-server';
import { checkChatOptions } from './option-checks';
import type { ChatContract, ChatServerOptions } from './options';

/** Told apart by shape: a host's Socket.IO may be another copy of the package. */
const isSocketIo = (host: HttpServer | SocketIoServer): host is SocketIoServer =>
  'of' in host && typeof host.of === 'function';

/** Options of the other kind of host would do nothing. */
function refuseOption(name: 'namespace' | 'path', options: object, advice: string): void {
  if (Reflect.get(options, name) === undefined) return;
  throw new WirepactError('INVALID_OPTIONS', `\`${name}\` does nothing here: ${advice}.`);
}

/**
 * Adds the chat to a server the application already has: an http or https server (Express: what
 * `app.listen` returns; Fastify: `fastify.server`) or a Socket.IO server. Routes, upgrades and namespaces
 * besides its own stay as they are.
 *
 * @throws WirepactError `INVALID_OPTIONS`
 *
 * @example
 * const chat = attachChatServer(httpServer, { agents: [eliza] });
 * await chat.channels.clear(channelId);
 */
export function attachChatServer<C extends ChatContract = Protocol>(
  host: HttpServer | SocketIoServer,
  options: ChatServerOptions<C> = {},
): AttachedChatServer<C> {
  checkHost(
    host,
    'attachChatServer',
    'for a server of the chat’s own, call createChatServer(options).listen(port)',
  );
  checkChatOptions(options);
  if (isSocketIo(host)) {
    refuseOption('path', options, 'the path of a Socket.IO server is an option of its own');
    const { namespace = '/' } = options;
    return assembleChatServer<C>((wire) => attachToSocketIo(host, namespace, wire), options).chat;
  }
  refuseOption('namespace', options, 'it is for a Socket.IO server of yours; an http server has `path`');
  return assembleChatServer<C>((wire) => attachToHttpServer(host, wire), options).chat;
}
