import type { WirepactError } from '@wirepact/contract/runtime';

/** Where a channel stands. */
export interface ChannelState {
  /**
   * - `joined`: its events arrive
   * - `rejoining`: the connection was lost, or the first attempts after it failed with `error`; it will be joined again
   * - `failed`: the server refused to let this client in again because of `error`; `join` or a reconnect tries again
   * - `deleted`: the channel was deleted; `join` would create it anew
   * - `left`: this client left it; `join` gives another object
   */
  readonly status: 'joined' | 'rejoining' | 'failed' | 'deleted' | 'left';
  /** Why the channel could not be joined again. */
  readonly error?: WirepactError | undefined;
}
