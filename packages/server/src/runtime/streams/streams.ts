import type { ContractEvent, SessionNames, WireError } from '@wirepact/contract/runtime';
import { retryable } from '../gateway/retryable';
import { emitByName } from '../ports/emitter';
import { INITIAL_CREDIT, OpenStream, type StreamConnection } from './open-stream';

/** A grant that comes after so many items costs nothing; more frequent ones would be a way to keep the server busy. */
const ITEMS_FOR_A_GRANT = INITIAL_CREDIT / 4;

/** What {@link Streams} are made of. */
export interface StreamsDeps {
  readonly names: Pick<SessionNames, 'streamItems' | 'streamEnd'>;
  /** Streams that one connection may have open. */
  readonly maxStreams: number;
  /** What the client is told of an error of the handler of an event. */
  readonly toWireError: (event: string, cause: unknown) => WireError;
}

/** A stream that is to be opened. */
export interface StreamRequest {
  /** Name of the event that asks for it. */
  readonly event: string;
  readonly definition: ContractEvent;
  readonly connection: StreamConnection & { readonly emit: unknown };
  /** Calls the handler; `signal` is aborted where its items are not wanted any more. */
  readonly open: (signal: AbortSignal) => AsyncIterable<unknown>;
}

/** The streams of one connection, by their ids. */
interface ConnectionStreams {
  readonly open: Map<string, OpenStream>;
  count: number;
}

/** The streams of all connections of a server. */
export class Streams {
  private readonly byConnection = new WeakMap<object, ConnectionStreams>();
  private readonly all = new Set<OpenStream>();

  constructor(private readonly deps: StreamsDeps) {}

  /** How many are open. */
  get count(): number {
    return this.all.size;
  }

  /**
   * Makes room for a stream; nothing is sent before it is started.
   * @throws WirepactError `OVERLOADED` where the connection has as many as it may.
   */
  create({ event, definition, connection, open }: StreamRequest): OpenStream {
    const { maxStreams, names, toWireError } = this.deps;
    const streams = this.streamsOf(connection);
    if (streams.open.size >= maxStreams)
      throw retryable('OVERLOADED', `This connection has ${maxStreams} streams open: end one of them first.`);
    streams.count += 1;
    const id = String(streams.count);
    const stream = new OpenStream(id, open, {
      connection,
      definition,
      sendItems: (items) => emitByName(connection, names.streamItems, { stream: id, items }),
      sendEnd: (error) =>
        emitByName(connection, names.streamEnd, error ? { stream: id, error } : { stream: id }),
      toWireError: (cause) => toWireError(event, cause),
      onEnd: () => {
        streams.open.delete(id);
        this.all.delete(stream);
      },
    });
    streams.open.set(id, stream);
    this.all.add(stream);
    if (connection.closed.aborted) stream.cancel();
    return stream;
  }

  /** Lets a stream send so many more items; harmless where it is over. */
  grant(connection: object, id: string, credit: number): void {
    this.find(connection, id)?.grant(credit);
  }

  /** Ends a stream whose client wants no more; harmless where it is over. */
  cancel(connection: object, id: string): void {
    this.find(connection, id)?.cancel();
  }

  /** Whether a grant comes at the pace of somebody who reads. */
  isUpkeep(connection: object, id: string): boolean {
    return (this.find(connection, id)?.sentSinceGrant ?? 0) >= ITEMS_FOR_A_GRANT;
  }

  /** Ends all of them, and tells their clients why. Resolves once every handler has returned; never rejects. */
  async end(error: WireError): Promise<void> {
    const ending = [...this.all];
    for (const stream of ending) stream.cancel(error);
    await Promise.all(ending.map(({ done }) => done));
  }

  private find(connection: object, id: string): OpenStream | undefined {
    return this.byConnection.get(connection)?.open.get(id);
  }

  private streamsOf(connection: StreamConnection): ConnectionStreams {
    const known = this.byConnection.get(connection);
    if (known) return known;
    const streams: ConnectionStreams = { open: new Map(), count: 0 };
    this.byConnection.set(connection, streams);
    const { closed } = connection;
    closed.addEventListener('abort', () => {
      for (const stream of [...streams.open.values()]) stream.cancel();
    });
    return streams;
  }
}
