import type { ChatProtocol } from './chat-contract';
import type { Connection } from './connection';
import { pause } from './deadline';
import type { Requester } from './request';
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
 * Proves on the live connection who this client is, before the server stops believing it. The function that is
 * returned is told when that is; a connection that could not do it ends then, and the next one asks for
 * credentials anyway.
 */
export function startRenewal(connection: Connection, requester: Requester): (expiresAt: number) => void {
  const request = requester.typed<ChatProtocol>();
  let session = AbortSignal.abort();
  connection.onRestore(async (current) => {
    session = current;
  });
  const renew = async (signal: AbortSignal) => {
    const auth = { ...(await connection.credentials()) };
    const { expiresAt } = await request('authenticate', { auth }, { signal, restoring: true });
    if (expiresAt !== undefined) void renewInTime(expiresAt);
  };
  const renewInTime = async (expiresAt: number) => {
    const current = session;
    await pause(delayUntilRenewal(expiresAt), current);
    if (!current.aborted)
      await restore({ attempt: renew, onFailure: () => {} }, current, connection.createBackoff());
  };
  return (expiresAt) => void renewInTime(expiresAt);
}
