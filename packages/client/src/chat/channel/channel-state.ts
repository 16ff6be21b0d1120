import type { ChannelState as AnyChannelState } from '../../runtime/channel/channel-state';
import type { ChatError } from '../chat-error';

/** Where a channel stands. */
export interface ChannelState extends AnyChannelState<ChatError> {
  /**
   * - `joined`: its events arrive
   * - `rejoining`: the connection was lost, or the first attempts after it failed with `error`; it will be joined again
   * - `failed`: the server refused to let this client in again because of `error`; `join` or a reconnect tries again
   * - `removed`: the server took this client out, because of `error`; `join` asks to be let in again
   * - `deleted`: the channel was deleted; `join` would create it anew
   * - `left`: this client left it; `join` gives another object
   * - `closed`: the client was closed for good
   */
  readonly status: Exclude<AnyChannelState['status'], 'joining'>;
}
