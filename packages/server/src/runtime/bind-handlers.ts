import {
  type Contract,
  type ContractEvent,
  type EventRegistry,
  WirepactError,
} from '@wirepact/contract/runtime';
import type { Connections } from './connections';
import type { AnyConnection, BoundHandler, ContractContext, Middleware } from './contract-context';
import { withDeadline } from './gateway/deadline';
import { runThrough } from './middleware';
import type { OpenStream } from './streams/open-stream';
import type { Streams } from './streams/streams';

/** Who is connected, whatever the contract. */
interface AnyConnections extends Pick<Connections<EventRegistry>, 'disconnect'> {
  readonly connections: readonly unknown[];
  connectionsOf(entityId: string): readonly unknown[];
}

/** A context of any event: which one, only its handler's type says. */
interface AnyContext
  extends Pick<ContractContext<Contract>, 'event' | 'identity' | 'signal'>,
    AnyConnections {
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
  /** Who is connected: looked at where a handler does. */
  readonly connections: AnyConnections;
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

/** Makes handlers of an application into such as the pipeline calls. */
class HandlerBinder {
  private readonly fail: AnyContext['fail'];

  constructor(private readonly deps: BindingDeps) {
    this.fail = createFail(deps.contract);
  }

  bind(event: string, handle: AnyHandler): BoundHandler {
    const definition = this.deps.contract.clientToServer[event];
    if (definition?.stream) return this.bindStream(event, definition, handle);
    return this.bindReply(event, handle);
  }

  private bindReply(event: string, handle: AnyHandler): BoundHandler {
    const { use } = this.deps;
    if (use.length === 0)
      return ({ connection }, payload) => handle(this.toContext(connection, event), payload);
    return async ({ connection }, payload) => {
      const context = this.toContext(connection, event);
      let reply: unknown;
      await runThrough(use, context, async () => {
        reply = await handle(context, payload);
      });
      return reply;
    };
  }

  private bindStream(event: string, definition: ContractEvent, handle: AnyHandler): BoundHandler {
    const create = (connection: AnyConnection, payload: unknown) =>
      this.deps.streams.create({
        event,
        definition,
        connection,
        // What it gives is looked at when it is read.
        open: (signal) =>
          handle(this.toContext(connection, event, signal), payload) as AsyncIterable<unknown>,
      });
    if (this.deps.use.length === 0) return ({ connection }, payload) => create(connection, payload);
    return ({ connection }, payload) =>
      this.openInside(this.toContext(connection, event), () => create(connection, payload));
  }

  /** Opens a stream inside of all middleware, which lasts as long as the stream does. */
  private openInside(context: AnyContext, create: () => OpenStream): Promise<OpenStream> {
    const { use, timeoutMs } = this.deps;
    const { event } = context;
    let isLate = false;
    const opened = new Promise<OpenStream>((resolve, reject) => {
      const fill = async () => {
        if (isLate) throw new WirepactError('UNAVAILABLE', `${event} began too late.`, { retryable: true });
        const stream = create();
        resolve(stream);
        await stream.done;
        if (stream.failure) throw stream.failure.cause;
      };
      // Once the stream is open, its client has been told how it ended.
      runThrough(use, context, fill).catch(reject);
    });
    return withDeadline(opened, timeoutMs, `The handler of ${event}`).catch((cause: unknown) => {
      isLate = true;
      throw cause;
    });
  }

  private toContext(connection: AnyConnection, event: string, signal?: AbortSignal): AnyContext {
    const { shared, channelOf, connections } = this.deps;
    return {
      ...shared,
      ...(channelOf && { channel: (room: string, id: string) => channelOf(connection, room, id) }),
      connection,
      event,
      fail: this.fail,
      identity: connection.identity,
      connectionsOf: connections.connectionsOf,
      disconnect: connections.disconnect,
      get connections() {
        return connections.connections;
      },
      get signal() {
        // Made when it is asked for: most handlers do not, and most connections are idle.
        return signal ?? connection.closed;
      },
    };
  }
}

/**
 * The handlers of an application as the pipeline calls them: each with a context of its own, behind the middleware, those
 * of events that answer with streams with a stream to fill.
 */
export function bindHandlers(handlers: object, deps: BindingDeps): Readonly<Record<string, BoundHandler>> {
  const binder = new HandlerBinder(deps);
  const bind = ([event, handle]: [string, AnyHandler]) => [event, binder.bind(event, handle)] as const;
  return Object.fromEntries(Object.entries(handlers).map(bind));
}
