import { createServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { io } from 'socket.io-client';
import { listen } from './listen';
import type { Session, SessionStep } from './session';

/** A server that stands before another one, and notes what passes. */
export interface SessionRecorder {
  /** Where the client connects to. */
  readonly url: string;
  /** What was said so far, of the connection that came last. */
  readonly session: () => Session;
  readonly close: () => Promise<void>;
}

type Acknowledge = (answer: unknown) => void;

const isAcknowledge = (value: unknown): value is Acknowledge => typeof value === 'function';

/** Passes on what the client and the server say, and notes it. Resolves once the server has let the client in. */
function relay(socket: Socket, url: string, steps: SessionStep[]): Promise<void> {
  const upstream = io(url, { forceNew: true, reconnection: false, auth: socket.handshake.auth });
  upstream.onAny((event: string, payload?: unknown, acknowledge?: unknown) => {
    steps.push({ from: 'server', event, ...(payload !== undefined && { payload }) });
    socket.emit(event, payload, ...(isAcknowledge(acknowledge) ? [acknowledge] : []));
  });
  socket.onAny((event: string, ...args: unknown[]) => {
    const acknowledge = args.findLast(isAcknowledge);
    const [payload] = args.filter((arg) => !isAcknowledge(arg));
    const at = steps.push({ from: 'client', event, ...(payload !== undefined && { payload }) }) - 1;
    const sent = payload === undefined ? [] : [payload];
    if (!acknowledge) return upstream.emit(event, ...sent);
    return upstream.emit(event, ...sent, (answer: unknown) => {
      steps[at] = { from: 'client', event, ...(payload !== undefined && { payload }), answer };
      acknowledge(answer);
    });
  });
  socket.on('disconnect', () => upstream.close());
  upstream.on('disconnect', () => socket.disconnect(true));
  return new Promise((resolve, reject) => upstream.once('connect', resolve).once('connect_error', reject));
}

/**
 * Stands before the server at `url` and notes what a client and the server say to each other, for `replaySession`. What
 * was said may hold whatever the client sent, credentials in its payloads included; `auth` is not noted.
 */
export async function recordSession(url: string): Promise<SessionRecorder> {
  let steps: SessionStep[] = [];
  const httpServer = createServer();
  const server = new Server(httpServer, { serveClient: false });
  server.use((socket, next) => {
    steps = [];
    relay(socket, url, steps).then(() => next(), next);
  });
  return { url: await listen(httpServer), session: () => [...steps], close: () => server.close() };
}
