import type { Socket } from 'socket.io';
import { propertyOf } from './websocket-under';

type EngineConnection = Socket['conn'];

/** Packets waiting for one connection from which on what can be lost is held back. */
const CONGESTED_PACKETS = 64;

/** How many packets wait for a connection; Engine.IO keeps the list private and has no other word for it. */
export function countWaiting(conn: EngineConnection): number {
  const buffer = propertyOf(conn, 'writeBuffer');
  return Array.isArray(buffer) ? buffer.length : 0;
}

export const isCongested = (conn: EngineConnection) => countWaiting(conn) >= CONGESTED_PACKETS;

/** Resolves once the connection is not congested, or has ended. */
export async function whenDrained(conn: EngineConnection, closed: AbortSignal): Promise<void> {
  while (isCongested(conn) && !closed.aborted) {
    await new Promise<void>((resolve) => {
      const stop = () => {
        conn.off('drain', stop);
        closed.removeEventListener('abort', stop);
        resolve();
      };
      conn.on('drain', stop);
      closed.addEventListener('abort', stop);
    });
  }
}
