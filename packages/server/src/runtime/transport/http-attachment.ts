import type { Server as Http1Server } from 'node:http';
import type { Http2SecureServer, Http2Server } from 'node:http2';

/** What Socket.IO is attached to: https servers are http servers, too. */
export type HttpServer = Http1Server | Http2Server | Http2SecureServer;

type Listener = ReturnType<HttpServer['listeners']>[number] & (() => void);

const EVENTS = ['request', 'upgrade', 'close', 'listening'];

/** An http server's listeners of an event; Node types them as bare functions. */
const listenersOf = (httpServer: HttpServer, event: string) => httpServer.listeners(event) as Listener[];

/** Listens for requests again, where an attachment has put itself in these listeners' place. */
function restore(httpServer: HttpServer, listeners: readonly Listener[]): void {
  const present = listenersOf(httpServer, 'request');
  for (const listener of listeners) if (!present.includes(listener)) httpServer.on('request', listener);
}

/**
 * Attaches to an http server with `attach`, which may take the place of its `request` listeners. Returns
 * what takes it back: the listeners added are removed, and those from before get every request again. Where `attach`
 * throws, that is done at once.
 */
export function attachReversibly(httpServer: HttpServer, attach: () => void): () => void {
  const before = new Map(EVENTS.map((event) => [event, listenersOf(httpServer, event)]));
  const added = new Map<string, Listener[]>();
  const takeBack = () => {
    for (const [event, listeners] of added) {
      const present = listenersOf(httpServer, event);
      // Whoever attached after us calls our `request` listener from its own: then it has to stay.
      if (event === 'request' && !listeners.every((listener) => present.includes(listener))) continue;
      for (const listener of listeners) httpServer.off(event, listener);
      if (event === 'request') restore(httpServer, before.get(event) ?? []);
    }
  };
  const note = () => {
    for (const event of EVENTS) {
      const isNew = (listener: Listener) => !before.get(event)?.includes(listener);
      added.set(event, listenersOf(httpServer, event).filter(isNew));
    }
  };
  try {
    attach();
    note();
  } catch (cause) {
    note();
    takeBack();
    throw cause;
  }
  return takeBack;
}
