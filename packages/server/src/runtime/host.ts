import { type EventRegistry, WirepactError } from '@wirepact/contract/runtime';
import type { Attach } from './application';
import { checkHost } from './host-check';
import type { ServerOptions } from './server-options';
import type { HttpServer } from './transport/http-attachment';
import {
  attachToHttpServer,
  attachToSocketIo,
  type SocketIoNamespace,
  type SocketIoServer,
} from './transport/socket-io';

/** What a server can be attached to: an http, https or http2 server, a Socket.IO server, or one of its namespaces. */
export type Host = HttpServer | SocketIoServer | SocketIoNamespace;

/** How a server is attached, in words for whoever got it wrong. */
export interface AttachWords {
  /** The function that was called. */
  readonly attach: string;
  /** What to call for a server without a host. */
  readonly ownServer: string;
}

/** Told apart by shape: a host's Socket.IO may be another copy of the package. */
const isSocketIo = (host: Host): host is SocketIoServer => 'of' in host && typeof host.of === 'function';
const isNamespace = (host: Host): host is SocketIoNamespace => 'server' in host && 'sockets' in host;

/** Options of the other kind of host would do nothing. */
function refuseOption(name: 'namespace' | 'path' | 'scaleOut', options: object, advice: string): void {
  if (Reflect.get(options, name) === undefined) return;
  throw new WirepactError('INVALID_OPTIONS', `\`${name}\` does nothing here: ${advice}.`);
}

/**
 * What attaches a server to a host.
 * @throws WirepactError `INVALID_OPTIONS` where it cannot be attached to, or the options are for another kind of host.
 */
export function attachTo<Events extends EventRegistry>(
  host: Host,
  options: Pick<ServerOptions, 'namespace' | 'path' | 'scaleOut'>,
  words: AttachWords,
): Attach<Events> {
  checkHost(host, words.attach, words.ownServer);
  if (!isSocketIo(host) && !isNamespace(host)) {
    refuseOption('namespace', options, 'it is for a Socket.IO server of yours; an http server has `path`');
    return (wire) => attachToHttpServer(host, wire);
  }
  refuseOption('path', options, 'the path of a Socket.IO server is an option of its own');
  refuseOption('scaleOut', options, 'what joins Socket.IO servers is their own option `adapter`');
  if (isSocketIo(host)) return (wire) => attachToSocketIo(host, options.namespace ?? '/', wire);
  refuseOption('namespace', options, 'a namespace was given already');
  return (wire) => attachToSocketIo(host.server, host.name, wire);
}
