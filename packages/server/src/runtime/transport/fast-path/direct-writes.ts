import type { EngineConnection } from '../engine-connection';
import { type Frame, toFrame } from './frame';
import { TurnWebSocket } from './turn-websocket';

/** What Engine.IO puts before a message. */
const MESSAGE = '4';

/** A packet of Socket.IO as the frame of a websocket. */
export const toMessageFrame = (packet: string): Frame => toFrame(MESSAGE + packet);

/** The websocket that a frame may be put on at once: nothing that was sent before waits in Engine.IO. */
export function openWebsocketUnder({ transport, readyState }: EngineConnection): TurnWebSocket | undefined {
  if (readyState !== 'open' || !transport.writable || !('socket' in transport)) return undefined;
  const { socket } = transport;
  return socket instanceof TurnWebSocket && socket.isTaking ? socket : undefined;
}

/** In place of Engine.IO's `write`, of which its `send` is another name. */
function write(
  this: EngineConnection,
  ...[packet, options, onWritten]: Parameters<EngineConnection['write']>
): EngineConnection {
  const websocket = typeof packet === 'string' && !onWritten ? openWebsocketUnder(this) : undefined;
  if (typeof packet !== 'string' || !websocket) return this.send(packet, options, onWritten);
  websocket.push(toMessageFrame(packet));
  return this;
}

/**
 * Has what Socket.IO writes on a connection put on its websocket at once, where that keeps up: Engine.IO would note each
 * packet, tell five listeners of it and queue it, to hand it over unchanged.
 */
export function writeDirectly(conn: EngineConnection): void {
  conn.write = write;
}
