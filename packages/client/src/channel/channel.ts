import type { WirepactError } from '@wirepact/contract';
import type { Attachment } from '@wirepact/protocol';
import type {
  ChannelEventName,
  ChatContract,
  ChatProtocol,
  EventPayload,
  RequestPayload,
  RequestReply,
} from '../chat-contract';
import type { Observable } from '../observable';
import type { RequestOptions } from '../request';

/** Where a channel stands. */
export interface ChannelState {
  /**
   * - `joined`: its events arrive
   * - `rejoining`: the connection was lost, or the first attempts after it failed with `error`; it will be joined again
   * - `failed`: the server refused to let this client in again because of `error`; `join` or a reconnect tries again
   * - `deleted`: the channel was deleted; `join` would create it anew
   */
  readonly status: 'joined' | 'rejoining' | 'failed' | 'deleted';
  /** Why the channel could not be joined again. */
  readonly error?: WirepactError | undefined;
}

/** What to tell the server about a join, and how long to wait for it. */
export interface JoinOptions extends RequestOptions {
  /** Agent that takes part in the channel. */
  readonly agentId?: string | undefined;
  /** Server the channel belongs to. Default: the client's `serverId`. */
  readonly serverId?: string | undefined;
  /** Kept with a channel that this join creates. */
  readonly metadata?: RequestPayload<ChatProtocol, 'join_channel'>['metadata'];
}

/** What goes with a message, and how long to wait for its receipt. */
export interface SendOptions extends RequestOptions {
  /** This client's own id for the message, at most 256 characters; its broadcast carries it back. Default: a random UUID. */
  readonly messageId?: string | undefined;
  /** Id of the message this one answers. */
  readonly inReplyToMessageId?: string | undefined;
  /** Files that belong to the message, at most 32. */
  readonly attachments?: Attachment[] | undefined;
  /** Kept with the message. */
  readonly metadata?: RequestPayload<ChatProtocol, 'send_message'>['metadata'];
}

/** The server's receipt: its id for the message, and when it took it (Unix time in milliseconds). */
export type SentMessage = RequestReply<ChatProtocol, 'send_message'>;

/** A channel this client has joined, and stays in over reconnects. */
export interface Channel<C extends ChatContract = ChatProtocol> {
  readonly id: string;
  /** The agent that takes part, where the join named one. */
  readonly agentId: string | undefined;
  /** Whether this client is in the channel now. */
  readonly state: Observable<ChannelState>;
  /** Calls `listener` with every payload of `event` that belongs to this channel; returns the function that stops it. */
  on<Name extends ChannelEventName<C>>(
    event: Name,
    listener: (payload: EventPayload<C, Name>) => void,
  ): () => void;
  /** Stops what {@link on} started. */
  off<Name extends ChannelEventName<C>>(
    event: Name,
    listener: (payload: EventPayload<C, Name>) => void,
  ): void;
  /**
   * Sends a message; resolves once the server has taken it. While the connection is away it waits for it.
   * @throws WirepactError the server's code, such as `CHANNEL_NOT_FOUND`; `INVALID_PAYLOAD` before anything is
   * sent; `TIMEOUT`, `ABORTED`, `DISCONNECTED` or `CLOSED`.
   */
  send(text: string, options?: SendOptions): Promise<SentMessage>;
}
