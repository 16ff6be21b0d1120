import type { Server } from 'node:http';

/** The document's port. */
const DEFAULT_PORT = 3000;
/** How many ports after the default one to try before giving up. */
const MAX_ATTEMPTS = 50;

/** Where to listen; both as they come from the environment. */
export interface ListenOptions {
  /** The one port to take, 0 for any. Default: 3000, else the next one that is free. */
  readonly port?: string | undefined;
  /** Address to listen on. Default: all of them. */
  readonly host?: string | undefined;
}

const isTaken = (cause: unknown) => cause instanceof Error && Reflect.get(cause, 'code') === 'EADDRINUSE';

function tryPort(httpServer: Server, port: number, host: string | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    httpServer.once('error', reject);
    httpServer.listen(port, host, () => {
      httpServer.off('error', reject);
      const address = httpServer.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`PORT must be a number from 0 to 65535, not ${JSON.stringify(text)}.`);
}

/**
 * Starts to listen; resolves with the port that was taken.
 * @throws Error of Node where a port asked for is taken, or none is free.
 */
export async function listen(httpServer: Server, { port, host }: ListenOptions): Promise<number> {
  if (port) return tryPort(httpServer, readPort(port), host);
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await tryPort(httpServer, DEFAULT_PORT + attempt, host);
    } catch (cause) {
      if (!isTaken(cause) || attempt >= MAX_ATTEMPTS) throw cause;
    }
  }
}
