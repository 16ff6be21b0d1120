import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { propertyOf } from './engine-connection';
import type { HttpServer } from './http-attachment';
import { refuseUpgrade } from './http-refusal';

/** How long another server on the same http server may take to begin with an upgrade. */
const TAKEN_WITHIN_MS = 1_000;

/** Engine.IO's and ours: with no more, nobody else can take an upgrade. */
const OWN_LISTENERS = 2;

/** The sockets that have left an http server's care by an upgrade. */
export interface Upgrades {
  /** Ends those that came to our path, whatever they are doing. */
  destroyAll(): void;
}

/** Whether nobody has answered on this socket yet. */
const isUntouched = (socket: Duplex) => !socket.destroyed && propertyOf(socket, 'bytesWritten') === 0;

/**
 * Watches upgrades of an http server: Node leaves their sockets to whoever listens. Those of `path` are ours; others are
 * refused, at once where nobody else listens for upgrades, else when nobody has answered within a second.
 */
export function watchUpgrades(httpServer: HttpServer, path: string): Upgrades {
  const sockets = new Set<Duplex>();
  const refuse = (socket: Duplex) =>
    refuseUpgrade(socket, 404, `Nothing is upgraded at this path; Socket.IO is at ${path}\r\n`);
  function forget(this: Duplex): void {
    sockets.delete(this);
  }
  httpServer.on('upgrade', ({ url = '' }: IncomingMessage, socket: Duplex) => {
    if (url.startsWith(path)) {
      sockets.add(socket);
      socket.on('close', forget);
    } else if (httpServer.listenerCount('upgrade') <= OWN_LISTENERS) {
      refuse(socket);
    } else {
      setTimeout(() => {
        if (isUntouched(socket)) refuse(socket);
      }, TAKEN_WITHIN_MS).unref();
    }
  });
  return {
    destroyAll: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}
