import type { LogFilter } from '@wirepact/protocol';
import { closedError } from '../runtime/base/client-errors';
import type { Observable } from '../runtime/base/observable';
import type { Channel as RoomChannel } from '../runtime/channel/channel';
import type { ChannelsPart } from '../runtime/channel/channels';
import { type EventClient, toEventClient, withoutChannels } from '../runtime/contract-client';
import { createClientCore } from '../runtime/request/client-core';
import type { RequestOptions } from '../runtime/request/request';
import type { Greeting } from '../runtime/request/server-info';
import type { Channel, JoinOptions } from './channel/channel';
import { ChannelRegistry } from './channel/channel-registry';
import { createStoredSends } from './channel/stored-sends';
import {
  type ChatClientOptions,
  checkChatClientOptions,
  resolveOptions,
  type WithChannels,
} from './chat-client-options';
import {
  CHAT_NAMES,
  type ChatContract,
  type ChatProtocol,
  checkOwnRoom,
  type OwnRoomName,
} from './chat-contract';
import { LazyLogs } from './logs/lazy-logs';
import type { LogStream } from './logs/log-stream';
import type { LogStreamOptions, LogSubscriptionState } from './logs/logs';

/**
 * A connection to a chat server that keeps itself alive: it reconnects, joins its channels and subscribes
 * its logs again. Requests made while it is away wait for it, each within its time limit.
 */
export interface ChatClient<C extends ChatContract = ChatProtocol> extends EventClient<C> {
  /**
   * Who this client sends as: the option, else who the server takes it for once it is connected, else a random UUID.
   */
  readonly entityId: string;
  /** Where the subscription of {@link subscribeLogs} stands. */
  readonly logSubscription: Observable<LogSubscriptionState>;
  /**
   * Joins a channel and stays in it over reconnects. The same channel gives the same object; while it is
   * joined, the options of the first call stay in force.
   * @throws WirepactError as {@link request}, and `UNDELIVERABLE`; a join that fails is forgotten.
   */
  join(channelId: string, options?: JoinOptions): Promise<Channel<C>>;
  /**
   * The log entries that `filter` lets through, as an async iterable: subscribes when iteration starts,
   * unsubscribes when it ends, also by `break` or by aborting `signal`. Goes on over reconnects.
   * @throws WirepactError from the iteration, where the server refuses the subscription; `CLOSED`.
   */
  logs(filter?: LogFilter, options?: LogStreamOptions): LogStream;
  /**
   * Subscribes `log_update` listeners until {@link unsubscribeLogs}, with this filter in place of the one
   * before. They see every entry that reaches this connection, those for `logs` streams included.
   * @throws WirepactError as {@link request}; there is no subscription then.
   */
  subscribeLogs(filter?: LogFilter, options?: RequestOptions): Promise<void>;
  /**
   * Ends what {@link subscribeLogs} started.
   * @throws WirepactError as {@link request}
   */
  unsubscribeLogs(options?: RequestOptions): Promise<void>;
}

/** A {@link ChatClient} that also takes part in the rooms that its contract adds: made with the option `channels`. */
export interface ChatClientWithRooms<C extends ChatContract> extends ChatClient<C> {
  /**
   * A channel of a room of the extension's own, at once: joining it is a `state` that goes on by itself, and sends wait for
   * it. Each call gives a holder of its own; this client leaves the room once all of them are released. For the chat's own
   * channels there is {@link join}.
   * @throws WirepactError `INVALID_OPTIONS` where the contract has no such rooms; `CLOSED`
   */
  channel<Kind extends OwnRoomName<C>>(room: Kind, id: string): RoomChannel<C, Kind>;
}

/**
 * A client of the chat server at `url`, which starts to connect at once. With the option `channels` it takes part in the
 * rooms that its contract adds; a page that leaves it out does not load what that needs.
 *
 * @example
 * const chat = createChatClient('https://example.org', { auth: () => ({ token: readToken() }) });
 * const channel = await chat.join(channelId);
 * channel.on('messageBroadcast', ({ senderName, text }) => render(senderName, text));
 * const { messageId } = await channel.send('Hello!');
 * @throws WirepactError `INVALID_OPTIONS` where the URL, or an option, cannot be meant
 */
export function createChatClient<C extends ChatContract>(
  url: string,
  options: ChatClientOptions<C> & { readonly channels: ChannelsPart },
): ChatClientWithRooms<C>;
export function createChatClient<C extends ChatContract = ChatProtocol>(
  url: string,
  options?: ChatClientOptions<C>,
): ChatClient<C>;
export function createChatClient<C extends ChatContract>(
  url: string,
  given: ChatClientOptions<C> & WithChannels = {},
): ChatClientWithRooms<C> {
  checkChatClientOptions(url, given);
  const { channels: createRooms = withoutChannels('createChatClient'), ...options } = given;
  const { contract, core: coreOptions, autoConnect, sending } = resolveOptions<C>(url, options);
  const core = createClientCore(url, contract, coreOptions, CHAT_NAMES);
  const { connection, hub } = core;
  const { sender } = sending;
  const storedSends = createStoredSends(contract, options.outbox);
  const channels = new ChannelRegistry({ ...core, ...sending, storedSends });
  const rooms = createRooms(core);
  const logs = new LazyLogs(connection, core.requester, hub);

  hub.on('connection_established', ({ entityId = sender.entityId }: Greeting) => {
    if (!sender.isNamed) sender.entityId = entityId;
    sender.isKnown = true;
  });
  hub.onAny((incoming) => channels.deliver(incoming));
  if (autoConnect) connection.open();

  return {
    ...toEventClient<C>(core),
    get protocolVersion() {
      return core.server.protocolVersion;
    },
    get entityId() {
      return sender.entityId;
    },
    logSubscription: logs.state,
    close() {
      connection.close();
      channels.close(closedError());
      rooms.close(closedError());
      logs.close(closedError());
    },
    join: (channelId, joining = {}) => channels.join(channelId, joining),
    channel(room, id) {
      checkOwnRoom(room);
      return rooms.channel(room, id);
    },
    logs: (filter, streaming) => logs.stream(filter, streaming),
    subscribeLogs: (filter, waiting) => logs.subscribe(filter, waiting),
    unsubscribeLogs: (waiting) => logs.unsubscribe(waiting),
  };
}
