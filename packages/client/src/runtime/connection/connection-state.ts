import type { ClientError } from '../base/client-errors';
import type { Obstacle } from '../base/deadline';

/** Where a connection stands. */
export interface ConnectionState {
  /**
   * - `connecting`: for the first time, or for the first time since `disconnect()`
   * - `connected`: the server has let this client in
   * - `reconnecting`: the connection was lost; the client keeps trying
   * - `disconnected`: not started, ended by `disconnect()`, or given up because of `error`, such as `CLOSED`
   */
  readonly status: 'connecting' | 'connected' | 'reconnecting' | 'disconnected';
  /** The server's id for this connection, while connected. */
  readonly socketId?: string | undefined;
  /** The last measured round trip in milliseconds, to a tenth; absent until one was measured. */
  readonly latencyMs?: number | undefined;
  /** Why there is no connection; absent while connected. */
  readonly error?: ClientError | undefined;
  /** Which attempt to connect this is, since the connection was lost: the one under way, or the next. */
  readonly attempt?: number | undefined;
  /** When that attempt begins, Unix time in milliseconds; absent while it is under way. */
  readonly retryAt?: number | undefined;
}

/** Why nothing can be sent, where that is because there is no connection. */
export function findObstacle({ status, error, attempt }: ConnectionState): Obstacle | undefined {
  if (status === 'connected') return undefined;
  if (error) return { reason: `not connected, attempt ${attempt ?? 1}: ${error.message}`, cause: error };
  return { reason: status === 'disconnected' ? 'not connected; call `connect()`.' : 'not connected yet.' };
}
