import type { WirepactError } from '@wirepact/contract/runtime';

/** Where a connection stands. */
export interface ConnectionState {
  /**
   * - `connecting`: for the first time, or for the first time since `disconnect()`
   * - `connected`: the server has let this client in
   * - `reconnecting`: the connection was lost; the client keeps trying
   * - `disconnected`: not started, told to disconnect, or given up because of `error`
   */
  readonly status: 'connecting' | 'connected' | 'reconnecting' | 'disconnected';
  /** The server's id for this connection, while connected. */
  readonly socketId?: string | undefined;
  /** The last measured round trip in milliseconds; absent until one was measured. */
  readonly latencyMs?: number | undefined;
  /** Why there is no connection; absent while connected. */
  readonly error?: WirepactError | undefined;
  /** How often reconnecting has been tried since the connection was lost. */
  readonly attempt?: number | undefined;
}
