import { type Contract, type ContractEvent, WirepactError } from '@wirepact/contract/runtime';
import type { AnyConnection, BoundHandler, ContractContext, Middleware } from './contract-context';
import { withDeadline } from './gateway/deadline';
import { runThrough } from './middleware';
import type { OpenStream } from './streams/open-stream';
import type { Streams } from './streams/streams';

/** A context of any event: which one, only its handler's type says. */
interface AnyContext extends Pick<ContractContext<Contract>, 'event' | 'identity' | 'signal'> {
  readonly connection: AnyConnection;
  readonly fail: (code: string, data?: unknown, message?: string) => never;
}

type AnyHandler = (context: AnyContext, payload: unknown) => unknown;

/** What handlers are bound to. */
export interface BindingDeps {
  readonly contract: Contract;
  readonly streams: Pick<Streams, 'create'>;
  /** What every context has: whom to send to, and what the application adds. */
  readonly shared: object;
  /** Finds a room with a journal, where what is published is caused by a connection; left out where there are none. */
  readonly channelOf?: (connection: AnyConnection, room: string, id: string) => unknown;
  /** What runs around every handler, the first outermost. */
  readonly use: readonly Middleware<never>[];
  /** How long what runs around a handler may take until a stream begins, in milliseconds. */
  readonly timeoutMs: number;
}

/** A function that fails with a code of the contract's. */
const createFail =
  ({ errors = {} }: Pick<Contract, 'errors'>) =>
  (code: string, data?: unknown, message = `The event failed with ${code}.`): never => {
    throw new WirepactError(code, message, { retryable: errors[code]?.retryable, data });
  };

/**
 * The handlers of an application as the pipeline calls them: each with a context of its own, behind the middleware, those
 * of events that answer with streams with a stream to fill.
 */
export function bindHandlers(
  handlers: object,
  { contract, streams, shared, channelOf, use, timeoutMs }: BindingDeps,
): Readonly<Record<string, BoundHandler>> {
  const fail = createFail(contract);

  const toContext = (connection: AnyConnection, event: string, signal?: AbortSignal): AnyContext => ({
    ...shared,
    ...(channelOf && { channel: (room: string, id: string) => channelOf(connection, room, id) }),
    connection,
    event,
    fail,
    identity: connection.identity,
    get signal() {
      // Made when it is asked for: most handlers do not, and most connections are idle.
      return signal ?? connection.closed;
    },
  });

  const bindReply = (event: string, handle: AnyHandler): BoundHandler => {
    if (use.length === 0) return ({ connection }, payload) => handle(toContext(connection, event), payload);
    return async ({ connection }, payload) => {
      const context = toContext(connection, event);
      let reply: unknown;
      await runThrough(use, context, async () => {
        reply = await handle(context, payload);
      });
      return reply;
    };
  };

  const bindStream = (event: string, definition: ContractEvent, handle: AnyHandler): BoundHandler => {
    const create = (connection: AnyConnection, payload: unknown) =>
      streams.create({
        event,
        definition,
        connection,
        // What it gives is looked at when it is read.
        open: (signal) => handle(toContext(connection, event, signal), payload) as AsyncIterable<unknown>,
      });
    if (use.length === 0) return ({ connection }, payload) => create(connection, payload);
    return ({ connection }, payload) => {
      let isLate = false;
      const opened = new Promise<OpenStream>((resolve, reject) => {
        const fill = async () => {
          if (isLate) throw new WirepactError('UNAVAILABLE', `${event} began too late.`, { retryable: true });
          const stream = create(connection, payload);
          resolve(stream);
          await stream.done;
          if (stream.failure) throw stream.failure.cause;
        };
        // Once the stream is open, its client has been told how it ended.
        runThrough(use, toContext(connection, event), fill).catch(reject);
      });
      return withDeadline(opened, timeoutMs, `The handler of ${event}`).catch((cause: unknown) => {
        isLate = true;
        throw cause;
      });
    };
  };

  const bind = ([event, handle]: [string, AnyHandler]): [string, BoundHandler] => {
    const definition = contract.clientToServer[event];
    return [event, definition?.stream ? bindStream(event, definition, handle) : bindReply(event, handle)];
  };
  return Object.fromEntries(Object.entries(handlers).map(bind));
}
