import { createDeprecationWarning, versionRangesOf } from '@wirepact/contract/runtime';
import type { LogFilter } from '@wirepact/protocol';
import { closedError } from '../runtime/client-errors';
import { Connection } from '../runtime/connection';
import type { ConnectionState } from '../runtime/connection-state';
import { ContractCheck } from '../runtime/contract-check';
import type { EventName, EventPayload, RequestName } from '../runtime/contract-events';
import { createViolationWarning } from '../runtime/contract-violation';
import { EventHub } from '../runtime/event-hub';
import type { NoSuchEvent } from '../runtime/event-name-hint';
import { startHeartbeat } from '../runtime/heartbeat';
import { isDevelopment } from '../runtime/is-development';
import type { Observable } from '../runtime/observable';
import { REQUEST_OPTIONS, type Request, Requester, type RequestOptions } from '../runtime/request';
import type { Channel, JoinOptions } from './channel/channel';
import { ChannelRegistry } from './channel/channel-registry';
import { createStoredSends } from './channel/stored-sends';
import { type ChatClientOptions, checkChatClientOptions, resolveOptions } from './chat-client-options';
import type { ChatContract, ChatProtocol } from './chat-contract';
import { followServer } from './follow-server';
import { LazyLogs } from './logs/lazy-logs';
import type { LogStream } from './logs/log-stream';
import type { LogStreamOptions, LogSubscriptionState } from './logs/logs';
import { ServerInfo } from './server-info';

/**
 * A connection to a chat server that keeps itself alive: it reconnects, joins its channels and subscribes
 * its logs again. Requests made while it is away wait for it, each within its time limit.
 */
export interface ChatClient<C extends ChatContract = ChatProtocol> {
  /**
   * Who this client sends as: the option, else who the server takes it for once it is connected, else a random UUID.
   */
  readonly entityId: string;
  /** Where the connection stands, with its latency and the last error. */
  readonly connection: Observable<ConnectionState>;
  /** Where the subscription of {@link subscribeLogs} stands. */
  readonly logSubscription: Observable<LogSubscriptionState>;
  /**
   * Connects; resolves when connected and everything is restored.
   * @throws WirepactError why the server refused, `TIMEOUT` (the client goes on trying), `ABORTED` or `CLOSED`.
   */
  connect(options?: RequestOptions): Promise<void>;
  /** Ends the connection until `connect()`; what waits, messages aside, is rejected with `DISCONNECTED`. */
  disconnect(): void;
  /** Ends the connection for good; what waits, and whatever is asked later, is rejected with `CLOSED`. */
  close(): void;
  /** Version of the chat protocol that the server speaks; `undefined` until it has said so. */
  readonly protocolVersion: string | undefined;
  /** Whether the server handles an event. What an older server does not know, it answers with `UNKNOWN_EVENT`. */
  supports(event: RequestName<C>): boolean;
  /**
   * Calls `listener` with every payload of `event`; returns the function that stops it.
   * @throws WirepactError `INVALID_OPTIONS` where no server sends such an event
   */
  on<Name extends keyof C['serverToClient'] & string>(
    event: Name,
    listener: (payload: EventPayload<C, Name>) => void,
  ): () => void;
  /** As above; this signature is there to say what a misspelt name was probably meant to be. */
  on<Name extends EventName<C> | (string & {})>(
    event: Name extends EventName<C> ? Name : NoSuchEvent<Name, EventName<C>>,
    listener: (payload: EventPayload<C, Name & EventName<C>>) => void,
  ): () => void;
  /** Stops what {@link on} started; where one function listens several times, the newest of them. */
  off<Name extends keyof C['serverToClient'] & string>(
    event: Name,
    listener: (payload: EventPayload<C, Name>) => void,
  ): void;
  /**
   * Sends an event and resolves to the data of its reply; both are checked against the contract.
   * @throws WirepactError the server's code; `INVALID_OPTIONS`, `PAYLOAD_TOO_LARGE`, `INVALID_PAYLOAD` or
   * `INVALID_UUID` before anything is sent; `INVALID_REPLY`; `TIMEOUT`, `ABORTED`, `DISCONNECTED` or `CLOSED`.
   */
  readonly request: Request<C>;
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

/** Warnings of what should no longer be used, while an application is being developed. */
const warnOfDeprecated = () =>
  isDevelopment() ? createDeprecationWarning((text) => console.warn(`wirepact: ${text}`)) : undefined;

/**
 * A client of the chat server at `url`, which starts to connect at once.
 *
 * @example
 * const chat = createChatClient('https://example.org', { auth: () => ({ token: readToken() }) });
 * const channel = await chat.join(channelId);
 * channel.on('messageBroadcast', ({ senderName, text }) => render(senderName, text));
 * const { messageId } = await channel.send('Hello!');
 * @throws WirepactError `INVALID_OPTIONS` where the URL, or an option, cannot be meant
 */
export function createChatClient<C extends ChatContract = ChatProtocol>(
  url: string,
  options: ChatClientOptions<C> = {},
): ChatClient<C> {
  checkChatClientOptions(url, options);
  const { sender, contract, settings, heartbeatIntervalMs, ...sending } = resolveOptions(options);
  const { requestTimeoutMs } = sending;
  const connection = new Connection(url, settings, versionRangesOf(contract));
  const server = new ServerInfo();
  const check = new ContractCheck(
    contract,
    options.onContractViolation ?? createViolationWarning(),
    warnOfDeprecated(),
  );
  const requester = new Requester(connection, check, requestTimeoutMs);
  const hub = new EventHub();
  const storedSends = createStoredSends(contract, options.outbox);
  const channels = new ChannelRegistry({ connection, check, requester, sender, storedSends, ...sending });
  const logs = new LazyLogs(connection, requester, hub);

  followServer(hub, {
    server,
    sender,
    connection,
    requester,
    isRenewable: typeof settings.auth === 'function',
  });
  connection.onEvent((event, payload) => {
    if (!check.incoming(event, payload)) return;
    hub.emit({ event, payload });
    channels.deliver({ event, payload });
  });
  const isPromised = () => server.declares('heartbeat');
  startHeartbeat({ connection, intervalMs: heartbeatIntervalMs, timeoutMs: requestTimeoutMs, isPromised });
  if (options.autoConnect ?? true) connection.open();

  return {
    get entityId() {
      return sender.entityId;
    },
    connection: connection.state,
    logSubscription: logs.state,
    async connect(waiting = {}) {
      connection.open();
      await requester.withinTime('connect', waiting, (deadline) => connection.ready(deadline));
    },
    disconnect: () => connection.disconnect(),
    close() {
      connection.close();
      channels.close(closedError());
      logs.close(closedError());
    },
    supports: (event) => server.supports(event),
    get protocolVersion() {
      return server.protocolVersion;
    },
    on(event: string, listener: (payload: never) => void) {
      check.listening(event, listener);
      return hub.on(event, listener);
    },
    off: (event, listener) => hub.off(event, listener),
    request: requester.typed<C>(REQUEST_OPTIONS),
    join: (channelId, joining = {}) => channels.join(channelId, joining),
    logs: (filter, streaming) => logs.stream(filter, streaming),
    subscribeLogs: (filter, waiting) => logs.subscribe(filter, waiting),
    unsubscribeLogs: (waiting) => logs.unsubscribe(waiting),
  };
}
