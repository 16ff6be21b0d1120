import type { CodeOf, Contract, ErrorDataOf, EventRegistry, Handler } from '@wirepact/contract/runtime';
import type { ChannelOf } from './channels/channel-handle';
import type { Connections } from './connections';
import type { Connection } from './ports/connection';
import type { Identity } from './ports/identity';
import type { Recipients } from './recipients';

/** Ends the handling of an event with one of the codes that it declares; what the code tells besides is asked for. */
export type Fail<C extends Contract, Codes extends string> = <Code extends Codes>(
  code: Code,
  ...details: undefined extends ErrorDataOf<C, Code>
    ? [data?: undefined, message?: string]
    : [data: ErrorDataOf<C, Code>, message?: string]
) => never;

/** What the handler of an event is given beside the payload: all that it needs of its server, which it need not name. */
export interface ContractContext<
  C extends Contract,
  Name extends keyof C['clientToServer'] = keyof C['clientToServer'],
> extends Recipients<C['serverToClient']>,
    Connections<C['serverToClient']> {
  /** Whoever sent the event; it may join rooms and leave them. */
  readonly connection: Connection<C['serverToClient']>;
  /** Who that is, where the server authenticates. */
  readonly identity: Identity | undefined;
  /** Finds a room with a journal: what is published there is caused by whoever sent the event. */
  readonly channel: ChannelOf<C>;
  /** Name of the event. */
  readonly event: Name & string;
  /** Aborted where nobody waits for the answer any more: the connection has ended, or the items are not wanted. */
  readonly signal: AbortSignal;
  /**
   * Fails with a code of the event's: throws a `WirepactError`, so nothing after it runs. Its data is checked before it
   * goes out. `message` says to a developer what was wrong and what to do.
   */
  readonly fail: Fail<C, CodeOf<C['clientToServer'][Name]>>;
}

/** The handler of one event of a contract. */
export type ContractHandler<C extends Contract, Name extends keyof C['clientToServer']> = Handler<
  C,
  ContractContext<C, Name>,
  Name
>;

/** The handler of every event that clients of a contract send; a missing one does not compile. */
export type ContractHandlers<C extends Contract> = {
  readonly [Name in keyof C['clientToServer']]: ContractHandler<C, Name>;
};

/**
 * Runs around the handler of every event: call `next` once, and await it. What it throws is answered as what a handler
 * throws. Around an event that answers with a stream, `next` resolves once the stream is over.
 */
export type Middleware<Context> = (context: Context, next: () => Promise<void>) => Promise<void>;

/** What is used of a connection, whatever its contract, to make a context with it. */
export interface AnyConnection
  extends Pick<Connection<EventRegistry>, 'id' | 'identity' | 'closed' | 'isCongested' | 'drained'> {
  readonly emit: unknown;
}

/** A handler as the pipeline calls it. */
export type BoundHandler = (context: { readonly connection: AnyConnection }, payload: unknown) => unknown;
