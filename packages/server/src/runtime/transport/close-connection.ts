import type { EndReason } from '@wirepact/contract/runtime';
import { type EngineConnection, propertyOf, websocketUnder } from './engine-connection';

/** How long a connection that is ended may take to read what is left for it. */
const CLOSE_TIMEOUT_MS = 1_000;
/** WebSocket's close code for what the rules of this server do not allow. */
const POLICY_VIOLATION = 1008;

/** Connections that have been let in: they are told by an event why they end. */
const letIn = new WeakSet<EngineConnection>();

/** From now on this connection is told by an event why it ends. */
export const noteLetIn = (conn: EngineConnection): void => void letIn.add(conn);

/** Closes the websocket of a client that has not been let in; the close frame says why. */
export function closeStranger(conn: EngineConnection, reason: EndReason): void {
  if (!letIn.has(conn)) websocketUnder(conn)?.close(POLICY_VIOLATION, reason);
}

/** Engine.IO keeps the packets that wait private and has no other word for them. */
function hasWaiting(conn: EngineConnection): boolean {
  const buffer = propertyOf(conn, 'writeBuffer');
  return Array.isArray(buffer) && buffer.length > 0;
}

/** Ends a connection without waiting for the other side. */
export function terminate(conn: EngineConnection): void {
  conn.close(true);
  websocketUnder(conn)?.terminate();
}

const closings = new WeakMap<EngineConnection, Promise<void>>();

/**
 * Closes a connection once what waits for it is written, and cuts it off where the other side does not take it. Resolves
 * when it has ended on both.
 */
export function closeOnceWritten(conn: EngineConnection): Promise<void> {
  const closing = closings.get(conn) ?? close(conn);
  closings.set(conn, closing);
  return closing;
}

function close(conn: EngineConnection): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      terminate(conn);
      resolve();
    };
    const timer = setTimeout(end, CLOSE_TIMEOUT_MS);
    timer.unref();
    const onClosed = () => {
      clearTimeout(timer);
      resolve();
    };
    const websocket = websocketUnder(conn);
    if (websocket) websocket.once('close', onClosed);
    else conn.once('close', onClosed);
    // Discarding does not drop what was written; it keeps polling from waiting for one more request.
    const discard = () => void conn.close(true);
    if (hasWaiting(conn)) conn.once('drain', discard);
    else discard();
  });
}
