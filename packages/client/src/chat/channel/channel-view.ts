import type { BroadcastMessage, ChannelUpdates, Position } from '@wirepact/protocol';
import type { OptionKinds } from '../../runtime/base/check-options';
import type { ChannelState as AnyChannelState } from '../../runtime/channel/channel-state';
import type { OutboxWait as SendWait } from '../../runtime/outbox/outbox-deps';
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

/** A message as a view shows it: one the server has, or one of this client's own on its way there. */
export interface ViewMessage extends Omit<BroadcastMessage, 'id' | 'source' | 'senderName'> {
  /** Names the message in this view and stays the same from `pending` on: made for `key` in a list. */
  readonly key: string;
  /** The server's id; absent until the server has the message. */
  readonly id?: string | undefined;
  /** The sender's display name; absent until the server has said it, where this client has none itself. */
  readonly senderName?: string | undefined;
  /** Where the message came from, such as `agent_response`; absent until the server has said so. */
  readonly source?: string | undefined;
  /**
   * - `pending`: this client's own; it waits for its turn or for the connection, or is being sent
   * - `sent`: the server has it
   * - `failed`: this client's own, given up because of `error`; `retry` and `discard` take its `clientMessageId`
   */
  readonly status: 'pending' | 'sent' | 'failed';
  /** Why the message failed. */
  readonly error?: ChatError | undefined;
  /**
   * True while an agent is still saying this: `text`, `thought` and `actions` (`{ tool }` for each tool) are those so far.
   * It becomes the message with the same `key`; `Channel.cancel` takes its `id`.
   */
  readonly isStreaming?: true | undefined;
}

/** What the first of the messages that wait is waiting for; those behind it wait for their turn. */
export interface OutboxWait extends SendWait {}

/** What this client knows of a channel. */
export interface ChannelView {
  /**
   * Without gaps and by rising `seq`; then answers that agents are giving; then this client's own that have no number yet,
   * in the order they are sent. The same array until a message changes.
   */
  readonly messages: readonly ViewMessage[];
  /** Of these, the answers that agents are giving. The same array until one changes. */
  readonly streams: readonly ViewMessage[];
  /** What this client's messages wait for; absent where none waits, or the first of them is on its way. */
  readonly waiting?: OutboxWait | undefined;
  /** Name, topic, metadata and other properties. */
  readonly properties: ChannelUpdates;
  /** As in `Channel.state`. */
  readonly status: ChannelState['status'];
  /** The last event that is part of this view; absent on a server that does not number its events. */
  readonly position: Position | undefined;
  /** Whether there may be messages before the first one, for `loadOlder` to load. */
  readonly hasOlder: boolean;
  /** Whether history is being loaded. */
  readonly loading: boolean;
  /** Why the last load of history failed; absent once one succeeds. */
  readonly loadError?: ChatError | undefined;
}

/** What the views of channels keep. */
export interface ViewOptions {
  /**
   * Messages of a channel that its view keeps: the oldest make room for new ones, and `loadOlder` brings them back.
   * What `loadOlder` loads is kept besides, up to ten times as many. Default 1000.
   */
  readonly maxMessages?: number | undefined;
}

/** What each of the {@link ViewOptions} may be. */
export const VIEW_OPTIONS: OptionKinds<ViewOptions> = { maxMessages: 'whole number' };
