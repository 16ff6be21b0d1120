import type { Server } from 'socket.io';
import { isWebsocket, propertyOf, type Websocket } from './engine-connection';

/** Bytes that may wait on a websocket when it is pinged: far more than a reader that keeps up with its own pings leaves. */
const MAX_WAITING_BYTES = 8 * 1024 * 1024;

/** Cuts a websocket off that has sent a ping and does not read. */
export function endIfUnread(websocket: Pick<Websocket, 'bufferedAmount' | 'terminate'>): void {
  if (websocket.bufferedAmount > MAX_WAITING_BYTES) websocket.terminate();
}

function onPing(this: Websocket): void {
  endIfUnread(this);
}

/**
 * Cuts websockets off that send pings and do not read the pongs: ws answers each ping at once, whatever waits, and
 * Engine.IO never sees one. That goes for every websocket, let in or not, and while polling is being upgraded to it.
 */
export function limitPongs(engine: Server['engine']): void {
  engine.on('headers', (_headers: unknown, request: unknown) => {
    if (propertyOf(propertyOf(request, 'headers'), 'upgrade') === undefined) return;
    // Engine.IO puts the websocket there in this turn, once its opening is written.
    queueMicrotask(() => {
      const websocket = propertyOf(request, 'websocket');
      if (isWebsocket(websocket)) websocket.on('ping', onPing);
    });
  });
}
