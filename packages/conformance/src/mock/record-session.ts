import type { Socket } from 'socket.io';
import { io } from 'socket.io-client';
import { checkAddress } from './check-script';
import { openServer } from './open-server';
import type { Session, SessionStep } from './session';
import { splitArguments } from './split-arguments';

/** A server that stands before another one, and notes what passes. */
export interface SessionRecorder {
  /** Where the client connects to. */
  readonly url: string;
  /** What was said so far, of the connection that came last. */
  readonly session: () => Session;
  readonly close: () => Promise<void>;
}

/** Passes on what the client and the server say, and notes it. Resolves once the server has let the client in. */
function relay(socket: Socket, url: string, steps: SessionStep[]): Promise<void> {
  const upstream = io(url, { forceNew: true, reconnection: false, auth: socket.handshake.auth });
  upstream.onAny((event: string, ...args: unknown[]) => {
    const { payload, acknowledge } = splitArguments(args);
    steps.push({ from: 'server', event, ...(payload !== undefined && { payload }) });
    socket.emit(event, payload, ...(acknowledge ? [acknowledge] : []));
  });
  socket.onAny((event: string, ...args: unknown[]) => {
    const { payload, acknowledge } = splitArguments(args);
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
 * @throws WirepactError `INVALID_OPTIONS` for what is not an address
 */
export async function recordSession(url: string): Promise<SessionRecorder> {
  checkAddress(url);
  let steps: SessionStep[] = [];
  const { server, listen, close } = openServer();
  server.use((socket, next) => {
    steps = [];
    relay(socket, url, steps).then(() => next(), next);
  });
  return { url: await listen(), session: () => [...steps], close };
}
