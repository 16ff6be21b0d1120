import type {
  Contract,
  RequestNames,
  RoomNames,
  ServerRequestNames,
  StreamNames,
} from '@wirepact/contract/runtime';
import { asClientError, type ClientError, closedError, invalidOptions } from './base/client-errors';
import type { NoSuchEvent } from './base/event-name-hint';
import { isRecord } from './base/is-record';
import { LazyPart } from './base/lazy-part';
import type { Observable } from './base/observable';
import type { Channel } from './channel/channel';
import type { ChannelsPart } from './channel/channels';
import type { ConnectionState } from './connection/connection-state';
import { type ContractClientOptions, checkClientOptions } from './contract-client-options';
import { type ClientCore, createClientCore } from './request/client-core';
import type {
  EventName,
  EventPayload,
  EventReply,
  RequestError,
  RequestName,
  RequestPayload,
  RequestReply,
  StreamItem,
} from './request/contract-events';
import {
  CALL_OPTIONS,
  type CallOptions,
  type Request,
  type RequestArguments,
  type RequestOptions,
} from './request/request';
import { createLazyStream, type ItemStream } from './stream/lazy-stream';

/** What became of a request: the data of its reply, or why there is none. */
export type SafeResult<Data, Failure = ClientError> =
  | { readonly ok: true; readonly data: Data }
  | { readonly ok: false; readonly error: Failure };

/** Sends an event of the contract `C` and resolves to its {@link SafeResult}; never rejects. */
export type SafeRequest<C extends Contract> = <Name extends RequestNames<C['clientToServer']>>(
  event: Name,
  ...args: RequestArguments<RequestPayload<C, Name>, CallOptions>
) => Promise<SafeResult<RequestReply<C, Name>, RequestError<C, Name>>>;

/** Asks for the stream that an event of the contract `C` is answered with. */
export type StreamRequest<C extends Contract> = <Name extends StreamNames<C['clientToServer']>>(
  event: Name,
  ...args: RequestArguments<RequestPayload<C, Name>, RequestOptions>
) => ItemStream<StreamItem<C, Name>>;

/**
 * A connection to a server of the contract `C` that keeps itself alive. Requests made while it is away wait for it, each
 * within its time limit.
 */
export interface EventClient<C extends Contract> {
  /** Where the connection stands, with its latency and the last error. */
  readonly connection: Observable<ConnectionState>;
  /**
   * Connects; resolves when connected and everything is restored.
   * @throws WirepactError why the server refused, `TIMEOUT` (the client goes on trying), `ABORTED` or `CLOSED`.
   */
  connect(options?: RequestOptions): Promise<void>;
  /** Ends the connection until `connect()`; what waits, the outbox aside, is rejected with `DISCONNECTED`. */
  disconnect(): void;
  /** Ends the connection for good; what waits, and whatever is asked later, is rejected with `CLOSED`. */
  close(): void;
  /** Version of the contract that the server speaks; `undefined` until it has said so. */
  readonly protocolVersion: string | undefined;
  /**
   * Whether the server handles an event, as far as it has said: it does so before it answers anything, and until then this is
   * true, also right after {@link connect}. What an older server does not know, it answers with `UNKNOWN_EVENT`.
   */
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
  /** As {@link on}, for the next payload alone. */
  once<Name extends keyof C['serverToClient'] & string>(
    event: Name,
    listener: (payload: EventPayload<C, Name>) => void,
  ): () => void;
  /** Stops what {@link on} started; where one function listens several times, the newest of them. */
  off<Name extends keyof C['serverToClient'] & string>(
    event: Name,
    listener: (payload: EventPayload<C, Name>) => void,
  ): void;
  /**
   * Answers what the server asks with `event`: `handler` gets its payload and gives the reply, or a promise of it. A
   * `WirepactError` it throws is told to the server, anything else is reported as uncaught. Returns the function that
   * stops it; without a handler the server is told `UNKNOWN_EVENT`.
   * @throws WirepactError `INVALID_OPTIONS` where `event` is none that is answered, or has a handler already
   */
  handle<Name extends ServerRequestNames<C>>(
    event: Name,
    handler: (payload: EventPayload<C, Name>) => EventReply<C, Name> | Promise<EventReply<C, Name>>,
  ): () => void;
  /**
   * Sends an event and resolves to the data of its reply; both are checked against the contract.
   * @throws WirepactError the server's code; `INVALID_OPTIONS`, `PAYLOAD_TOO_LARGE`, `INVALID_PAYLOAD` or
   * `INVALID_UUID` before anything is sent; `INVALID_REPLY`; `TIMEOUT`, `ABORTED`, `DISCONNECTED` or `CLOSED`.
   */
  readonly request: Request<C>;
  /** As {@link request}, but what it would throw is the `error` of what it resolves to. */
  readonly safeRequest: SafeRequest<C>;
  /**
   * The items that the server answers `event` with, each checked: asks for them when the first is wanted, and lets the
   * server go only a little ahead of whoever reads. `break`, or aborting `signal`, ends them on the server, too. Where
   * the event declares `resume`, a stream goes on over reconnects, each item once.
   * @throws WirepactError from the iteration: the server's code, `INVALID_PAYLOAD`, `INVALID_REPLY`, `TIMEOUT` where the
   * server does not begin in time, `ABORTED`, `DISCONNECTED` where the stream ends with the connection, `CLOSED`.
   */
  readonly stream: StreamRequest<C>;
}

/** An {@link EventClient} that takes part in the rooms of its contract. */
export interface ContractClient<C extends Contract> extends EventClient<C> {
  /**
   * A channel of a room, at once: joining it is a `state` that goes on by itself, and sends wait for it. Each call gives a
   * holder of its own; this client leaves the room once all of them are released.
   * @throws WirepactError `INVALID_OPTIONS` where the contract has no such rooms; `CLOSED`
   */
  channel<Kind extends RoomNames<C> & string>(room: Kind, id: string): Channel<C, Kind>;
}

/** An {@link EventClient} that was created without the option `channels`. */
export interface ClientWithoutChannels<C extends Contract> extends EventClient<C> {
  /**
   * Is there in a {@link ContractClient} only: give `createContractClient` the option `channels`. Nothing is of the type of
   * `room`, so that the compiler says the same.
   * @throws WirepactError `INVALID_OPTIONS`
   */
  channel(room: { 'There are none. Give createContractClient the option': 'channels' }, id: string): never;
}

/** What an application sees of a {@link ClientCore}, typed by its contract. */
export function toEventClient<C extends Contract>(core: ClientCore): EventClient<C> {
  const { connection, check, requester, hub, server, requests } = core;
  const request = requester.typed<C>(CALL_OPTIONS);
  const streams = new LazyPart('reads streams', async () => {
    const { createStreamPart } = await import('./stream/stream-part');
    return createStreamPart(core);
  });
  const on = (event: string, listener: (payload: never) => void) => {
    check.listening(event, listener);
    return hub.on(event, listener);
  };
  return {
    connection: connection.state,
    async connect(waiting = {}) {
      connection.open();
      await requester.withinTime('connect', waiting, (deadline) => connection.ready(deadline));
    },
    disconnect: () => connection.disconnect(),
    close: () => connection.close(),
    get protocolVersion() {
      return server.protocolVersion;
    },
    supports: (event) => server.supports(event),
    on,
    once(event, listener) {
      check.listening(event, listener);
      const stop = on(event, (payload) => {
        stop();
        listener(payload);
      });
      return stop;
    },
    off: (event, listener) => hub.off(event, listener),
    handle: (event, handler) => requests.handle(event, handler),
    request,
    safeRequest<Name extends RequestNames<C['clientToServer']>>(
      event: Name,
      ...args: RequestArguments<RequestPayload<C, Name>, CallOptions>
    ): Promise<SafeResult<RequestReply<C, Name>, RequestError<C, Name>>> {
      return request(event, ...args).then(
        (data) => ({ ok: true, data }),
        // Which codes a server answers with is known to the contract alone.
        (cause: unknown) => ({ ok: false, error: asClientError(cause) as RequestError<C, Name> }),
      );
    },
    stream<Name extends StreamNames<C['clientToServer']>>(
      event: Name,
      ...[payload, options]: RequestArguments<RequestPayload<C, Name>, RequestOptions>
    ) {
      // Every item is checked against the schema of the event's items.
      return createLazyStream(async () => {
        const create = await streams.load();
        return () => create(event, payload, options);
      }) as ItemStream<StreamItem<C, Name>>;
    },
  };
}

/** Stands for the channels of a client that has none; `of` is the function that makes it. */
export const withoutChannels = (of: string): ChannelsPart => {
  const text = `client.channel: this client has no channels. Give \`${of}\` the option \`channels\`, which @wirepact/client exports.`;
  const channel = () => {
    throw invalidOptions(text);
  };
  return () => ({ channel, close() {} });
};

/**
 * A client of the server of `contract` at `url`, which starts to connect at once. With the option `channels` it takes part
 * in rooms; a page that leaves it out does not load what that needs.
 *
 * @example
 * const client = createContractClient('https://example.org', board);
 * client.on('cardMoved', ({ cardId, column }) => render(cardId, column));
 * const { seq } = await client.request('move_card', { cardId, column });
 * @throws WirepactError `INVALID_OPTIONS` where the URL, or an option, cannot be meant
 */
export function createContractClient<C extends Contract>(
  url: string,
  contract: C,
  options: ContractClientOptions & { readonly channels: ChannelsPart },
): ContractClient<C>;
export function createContractClient<C extends Contract>(
  url: string,
  contract: C,
  options?: ContractClientOptions,
): ClientWithoutChannels<C>;
export function createContractClient<C extends Contract>(
  url: string,
  contract: C,
  options: ContractClientOptions & { readonly channels?: ChannelsPart } = {},
): ContractClient<C> | ClientWithoutChannels<C> {
  checkClientOptions('createContractClient', url, options, { channels: 'function' });
  if (!isRecord(contract)) throw invalidOptions('createContractClient needs a contract.');
  const {
    channels: createChannels = withoutChannels('createContractClient'),
    autoConnect = true,
    ...coreOptions
  } = options;
  const core = createClientCore(url, contract, coreOptions);
  const channels = createChannels(core);
  if (autoConnect) core.connection.open();
  return Object.assign(toEventClient<C>(core), {
    close() {
      core.connection.close();
      channels.close(closedError());
    },
    channel: <Kind extends RoomNames<C> & string>(room: Kind, id: string) =>
      channels.channel<C, Kind>(room, id),
  });
}
