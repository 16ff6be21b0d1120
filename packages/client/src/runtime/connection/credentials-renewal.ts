import { pause } from '../base/deadline';
import { isRecord } from '../base/is-record';
import type { Connection } from './connection';
import { restore } from './restore';

/** Part of the time left after which credentials are renewed. */
const RENEWED_AT = 0.8;
/** Milliseconds before the end by which they are renewed, where there is as much time. */
const MARGIN_MS = 5_000;
/** Milliseconds between two renewals, whatever this clock and the server's say. */
const MIN_GAP_MS = 1_000;

function delayUntilRenewal(expiresAt: number): number {
  const leftMs = expiresAt - Date.now();
  return Math.max(MIN_GAP_MS, Math.min(leftMs * RENEWED_AT, leftMs - MARGIN_MS));
}

/**
 * Proves on the live connection who this client is, before `expiresAt` (Unix time in milliseconds), and before each
 * end that the server names then. A connection that could not do it ends at that time, and the next one asks
 * for credentials anyway.
 */
export async function renewInTime(
  connection: Connection,
  authenticate: (auth: object, signal: AbortSignal) => Promise<unknown>,
  expiresAt: number,
): Promise<void> {
  const { session } = connection;
  const renew = async (signal: AbortSignal) => {
    const auth = { ...(await connection.credentials()) };
    const reply = await authenticate(auth, signal);
    const expiresAt = isRecord(reply) ? reply.expiresAt : undefined;
    if (typeof expiresAt === 'number') void renewInTime(connection, authenticate, expiresAt);
  };
  await pause(delayUntilRenewal(expiresAt), session);
  if (!session.aborted)
    await restore({ attempt: renew, onFailure: () => {} }, session, connection.createBackoff());
}
