import type { Server as HttpServer } from 'node:http';

type Listener = ReturnType<HttpServer['listeners']>[number] & (() => void);

const EVENTS = ['request', 'upgrade', 'close', 'listening'];

/** An http server's listeners of an event; Node types them as bare functions. */
const listenersOf = (httpServer: HttpServer, event: string) => httpServer.listeners(event) as Listener[];

/**
 * Attaches to an http server with `attach`, which may take the place of its `request` listeners. Returns
 * what takes it back: the listeners added are removed, and those from before get every request again.
 */
export function attachReversibly(httpServer: HttpServer, attach: () => void): () => void {
  const before = new Map(EVENTS.map((event) => [event, listenersOf(httpServer, event)]));
  attach();
  const added = EVENTS.map((event) => ({
    event,
    listeners: listenersOf(httpServer, event).filter((listener) => !before.get(event)?.includes(listener)),
  }));

  return () => {
    for (const { event, listeners } of added) {
      const present = listenersOf(httpServer, event);
      // Whoever attached after us calls our `request` listener from its own: then it has to stay.
      if (event === 'request' && !listeners.every((listener) => present.includes(listener))) continue;
      for (const listener of listeners) httpServer.off(event, listener);
      if (event === 'request') for (const listener of before.get(event) ?? []) httpServer.on(event, listener);
    }
  };
}
