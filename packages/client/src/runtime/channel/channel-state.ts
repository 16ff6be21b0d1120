import type { WirepactError } from '@wirepact/contract/runtime';

/** Where a channel stands. */
export interface ChannelState<Failure extends WirepactError = WirepactError> {
  /**
   * - `joining`: for the first time
   * - `joined`: its events arrive
   * - `rejoining`: the connection was lost, or the first attempts after it failed with `error`; it will be joined again
   * - `failed`: the server refused to let this client in because of `error`; a reconnect tries again
   * - `removed`: the server took this client out, because of `error`
   * - `deleted`: the room was deleted
   * - `left`: this client left it
   * - `closed`: the client was closed for good
   */
  readonly status: 'joining' | 'joined' | 'rejoining' | 'failed' | 'removed' | 'deleted' | 'left' | 'closed';
  /** Why this client is not in the channel, where the status does not say it all. */
  readonly error?: Failure | undefined;
}

/** Whether this client is out of the channel, and no reconnect changes that. */
export const isOut = ({ status }: ChannelState): boolean =>
  status === 'removed' || status === 'deleted' || status === 'left' || status === 'closed';
