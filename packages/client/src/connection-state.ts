import type { WirepactError } from '@wirepact/contract/runtime';

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
  readonly error?: WirepactError | undefined;
  /** Which attempt to connect this is, since the connection was lost: the one under way, or the next. */
  readonly attempt?: number | undefined;
  /** When that attempt begins, Unix time in milliseconds; absent while it is under way. */
  readonly retryAt?: number | undefined;
}
