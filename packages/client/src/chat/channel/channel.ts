import type { PresenceOf } from '@wirepact/contract/runtime';
import type { Attachment, ChannelUpdates } from '@wirepact/protocol';
import { invalidOptions } from '../../runtime/base/client-errors';
import type { NoSuchEvent } from '../../runtime/base/event-name-hint';
import type { Observable } from '../../runtime/base/observable';
import type { Presence } from '../../runtime/presence/presence';
import type {
  EventName,
  EventPayload,
  RequestPayload,
  RequestReply,
} from '../../runtime/request/contract-events';
import type { RequestOptions } from '../../runtime/request/request';
import type { ChannelEventName, ChatContract, ChatProtocol } from '../chat-contract';
import type { ChannelState, ChannelView } from './channel-view';

/** What to tell the server about a join, and how long to wait for it. */
export interface JoinOptions extends RequestOptions {
  /** Agent that takes part in the channel. */
  readonly agentId?: string | undefined;
  /** Server the channel belongs to. Default: the client's `serverId`. */
  readonly serverId?: string | undefined;
  /** Kept with a channel that this join creates. */
  readonly metadata?: RequestPayload<ChatProtocol, 'join_channel'>['metadata'];
  /**
   * Messages to load into the view once joined, from 1 to 200; `join` does not wait for them. Default 0: none, the
   * view starts with what comes.
   */
  readonly history?: number | undefined;
}

/** What goes with a message, and how long to go on trying to send it. */
export interface SendOptions {
  /**
   * Gives the message up with the code `ABORTED`: as if it had never been sent where it has not gone out yet;
   * one that has stays in the view as `failed`, as the server may have it.
   */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until the message is given up with the code `TIMEOUT`. Default: the client's `sendTimeoutMs`. */
  readonly timeoutMs?: number | undefined;
  /** This client's own id for the message, at most 256 characters; its broadcast carries it back. Default: a UUID of version 7. */
  readonly messageId?: string | undefined;
  /** Id of the message this one answers. */
  readonly inReplyToMessageId?: string | undefined;
  /** Files that belong to the message, at most 32. */
  readonly attachments?: Attachment[] | undefined;
  /** Kept with the message. */
  readonly metadata?: RequestPayload<ChatProtocol, 'send_message'>['metadata'];
}

/** The server's receipt: its id for the message, when it took it (Unix time in milliseconds), and its place in the channel. */
export type SentMessage = RequestReply<ChatProtocol, 'send_message'>;

/** A channel this client has joined, and stays in over reconnects. */
export interface Channel<C extends ChatContract = ChatProtocol> {
  readonly id: string;
  /** The agent that takes part, where the join named one. */
  readonly agentId: string | undefined;
  /** Whether this client is in the channel now. */
  readonly state: Observable<ChannelState>;
  /**
   * The channel's newest messages, this client's own on their way included, and its properties. It keeps up to
   * `view.maxMessages` of the client; {@link loadOlder} loads others.
   */
  readonly view: Observable<ChannelView>;
  /** Who is in the channel, and what they do there: `presence.set({ typing: true }, { forMs: 5_000 })`. */
  readonly presence: Presence<PresenceOf<C, 'channel'>>;
  /**
   * Calls `listener` with every payload of `event` that belongs to this channel; returns the function that stops it.
   * Numbered events come in order and once, also those missed while away, unless the server can tell them no
   * more: then {@link view} alone is right.
   */
  on<Name extends ChannelEventName<C>>(
    event: Name,
    listener: (payload: EventPayload<C, Name>) => void,
  ): () => void;
  /** As above; this signature is there to say what a wrong name was probably meant to be. */
  on<Name extends ChannelEventName<C> | (string & {})>(
    event: Name extends ChannelEventName<C>
      ? Name
      : Name extends EventName<C>
        ? NoChannelEvent
        : NoSuchEvent<Name, ChannelEventName<C>>,
    listener: (payload: EventPayload<C, Name & EventName<C>>) => void,
  ): () => void;
  /** Stops what {@link on} started; where one function listens several times, the newest of them. */
  off<Name extends ChannelEventName<C>>(
    event: Name,
    listener: (payload: EventPayload<C, Name>) => void,
  ): void;
  /**
   * Sends a message: shows it in {@link view} at once, and resolves when the server has stored it. Messages of a
   * channel go out one after the other. While the connection is away they wait, also after `disconnect()`; after
   * an error that is `retryable` they are sent again. However often that is, the server takes a message once.
   * A message given up stays in the view as `failed`.
   * @throws WirepactError `INVALID_OPTIONS`, `PAYLOAD_TOO_LARGE`, `INVALID_PAYLOAD` or `OUTBOX_FULL`, and nothing was
   * put into the view; the server's code, such as `CHANNEL_NOT_FOUND`; `TIMEOUT`, with the last refusal as its cause;
   * `UNDELIVERABLE`, `ABORTED`, `CLOSED` or `CHANNEL_LEFT`.
   */
  send(text: string, options?: SendOptions): Promise<SentMessage>;
  /**
   * Sends a message that failed again, after those that wait.
   * @throws WirepactError as {@link send}; `MESSAGE_NOT_FOUND` where this client has no such message to send.
   */
  retry(clientMessageId: string, options?: Pick<SendOptions, 'signal' | 'timeoutMs'>): Promise<SentMessage>;
  /**
   * Takes a message that failed, or that waits, out of the view; its `send` rejects with `ABORTED`. One that has
   * gone out comes back where the server took it. False where there is no such message.
   */
  discard(clientMessageId: string): boolean;
  /**
   * Loads the messages before the first one in {@link view}, or the newest ones where there are none. While a
   * page is being loaded, that one is waited for. The view keeps what was loaded, up to ten times `view.maxMessages`.
   * @param limit Messages at most, from 1 to 200. Default 50.
   * @throws WirepactError as `ChatClient.request`; `VIEW_FULL` where the view has as many as it may.
   */
  loadOlder(limit?: number, options?: RequestOptions): Promise<void>;
  /**
   * Stops an answer that an agent is giving, for everybody; what was said is kept as a message with `incomplete`. False
   * where it has ended already.
   * @param messageId `id` of a message of {@link view} with `isStreaming`.
   * @throws WirepactError as `ChatClient.request`; `FORBIDDEN`
   */
  cancel(messageId: string, options?: RequestOptions): Promise<boolean>;
  /**
   * Leaves the channel: its events come no more and what waits to be sent is rejected with `CHANNEL_LEFT`.
   * @throws WirepactError as `ChatClient.request`; this client has left all the same.
   */
  leave(options?: RequestOptions): Promise<void>;
  /**
   * Deletes a message, by the server's id.
   * @throws WirepactError as `ChatClient.request`; `FORBIDDEN`, `MESSAGE_NOT_FOUND`
   */
  deleteMessage(messageId: string, options?: RequestOptions): Promise<void>;
  /**
   * Deletes all messages of the channel.
   * @throws WirepactError as `ChatClient.request`; `FORBIDDEN`
   */
  clear(options?: RequestOptions): Promise<void>;
  /**
   * Sets the properties named and leaves the others.
   * @throws WirepactError as `ChatClient.request`; `FORBIDDEN`
   */
  update(updates: ChannelUpdates, options?: RequestOptions): Promise<void>;
  /**
   * Deletes the channel for everybody.
   * @throws WirepactError as `ChatClient.request`; `FORBIDDEN`
   */
  delete(options?: RequestOptions): Promise<void>;
}

/** Events of the protocol that name no channel. */
const CONNECTION_EVENTS: Readonly<
  Record<Exclude<EventName<ChatProtocol>, ChannelEventName<ChatProtocol>>, true>
> = {
  connection_established: true,
  connection_ended: true,
  messageAck: true,
  messageError: true,
  log_subscription_confirmed: true,
  log_update: true,
};

/**
 * Refuses an event that no channel hears.
 * @throws WirepactError `INVALID_OPTIONS`
 */
export function checkChannelEvent(event: string): void {
  if (!Object.hasOwn(CONNECTION_EVENTS, event)) return;
  const text = `on("${event}", …): this event belongs to no channel. Use \`on\` of the client.`;
  throw invalidOptions(text);
}

/** What the compiler says of an event that belongs to no channel. No text is of this type. */
export type NoChannelEvent = string & { 'This event belongs to no channel. Hear it with': 'ChatClient.on' };
