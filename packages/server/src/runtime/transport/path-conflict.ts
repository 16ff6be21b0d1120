import { Duplex } from 'node:stream';
import { WirepactError } from '@wirepact/contract/runtime';
import type { HttpServer } from './http-attachment';

type Listener = ReturnType<HttpServer['listeners']>[number];

/** Thrown by the probe, so that whoever reads it goes no further. */
class ProbeRead extends Error {}

/** Engine.IO's listener of upgrades, by the names it uses; nothing else on an http server is ever called here. */
function isEngineListener(listener: Listener): boolean {
  const source = Function.prototype.toString.call(listener);
  return source.includes('destroyUpgrade') && source.includes('handleUpgrade');
}

/** Whether an Engine.IO server takes this path: if it does, the first thing it reads of a request is `_query`. */
function takesPath(listener: Listener, path: string): boolean {
  const request = {
    url: path,
    headers: {},
    get _query(): never {
      throw new ProbeRead();
    },
  };
  // A real one, whatever is asked of it: a listener that throws anything else is taken for none of Engine.IO's.
  const socket = new Duplex().destroy();
  try {
    Reflect.apply(listener, undefined, [request, socket, Buffer.alloc(0)]);
    return false;
  } catch (error) {
    return error instanceof ProbeRead;
  }
}

const conflict = (path: string) =>
  new WirepactError(
    'INVALID_OPTIONS',
    `Two Socket.IO servers cannot share the path ${path} of one http server. ` +
      'Attach to the Socket.IO server that is there instead of the http server, or set another `path`.',
  );

/**
 * Attaches a Socket.IO server with `attach` and keeps others off its path, as the first client of two would end the
 * process. Returns what lets go of the path.
 * @throws WirepactError `INVALID_OPTIONS` where there is one; whoever adds one later gets the same.
 */
export function claimPath(httpServer: HttpServer, path: string, attach: () => void): () => void {
  const check = (listener: Listener) => {
    if (isEngineListener(listener) && takesPath(listener, path)) throw conflict(path);
  };
  for (const listener of httpServer.listeners('upgrade')) check(listener);
  attach();
  const onNewListener = (event: string | symbol, listener: Listener) => {
    if (event === 'upgrade') check(listener);
  };
  httpServer.on('newListener', onNewListener);
  return () => void httpServer.off('newListener', onNewListener);
}
