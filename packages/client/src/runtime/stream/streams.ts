import { STREAM_NAMES } from '@wirepact/contract/runtime';
import { type ClientError, createClientError } from '../base/client-errors';
import type { EventHub } from '../base/event-hub';
import { isRecord } from '../base/is-record';
import type { Connection } from '../connection/connection';
import { type Restoration, restore } from '../connection/restore';
import type { DeliveryOptions, Requester } from '../request/request';

/** What a server sends for one stream: items, or its end. */
export interface StreamPacket {
  readonly stream: string;
  /** The next items; left out where this is the end. */
  readonly items?: readonly unknown[];
  /** Why the stream ends, where it does not end well. */
  readonly error?: unknown;
}

/** Packets that may be there before their streams are known; a server that sends more means none of them. */
const MAX_EARLY = 1_000;

/** What {@link Streams} need. */
export interface StreamDeps {
  readonly connection: Connection;
  readonly requester: Requester;
  readonly hub: EventHub;
}

/** How something is said of a stream. */
interface Telling {
  /** Whether it still matters. */
  readonly isWanted?: () => boolean;
  /** Told that the server will not take it. */
  readonly onRefused?: (error: ClientError) => void;
}

/** Is told what comes for a stream, and of `undefined` where the connection was lost with it. */
export type StreamReceiver = (packet: StreamPacket | undefined) => void;

/** The streams of items that are open on a connection. */
export class Streams {
  readonly #receivers = new Map<string, StreamReceiver>();
  /** Requests whose acknowledgement, which names the stream, is awaited. */
  #opening = 0;
  /** What came for streams that are not known yet: items may overtake what reads their acknowledgement. */
  #early: StreamPacket[] = [];

  readonly #deps: StreamDeps;

  constructor(deps: StreamDeps) {
    this.#deps = deps;
    const { hub, connection } = deps;
    hub.on(STREAM_NAMES.streamItems, ({ stream, items }: StreamPacket) => {
      if (Array.isArray(items)) this.#receive({ stream, items });
    });
    hub.on(STREAM_NAMES.streamEnd, ({ stream, error }: StreamPacket) => this.#receive({ stream, error }));
    connection.state.subscribe(({ status }) => {
      if (status === 'connected') return;
      const lost = [...this.#receivers.values()];
      this.#receivers.clear();
      this.#early = [];
      for (const receiver of lost) receiver(undefined);
    });
  }

  /** Asks for a stream and gives its id; `receiver` is told what comes for it. */
  async open(
    event: string,
    payload: unknown,
    options: DeliveryOptions,
    receiver: StreamReceiver,
  ): Promise<string> {
    this.#opening += 1;
    try {
      const reply = await this.#deps.requester.send(event, payload, options);
      const id = isRecord(reply) ? reply.stream : undefined;
      if (typeof id !== 'string')
        throw createClientError('INVALID_REPLY', `The reply to ${event} names no stream.`);
      this.#receivers.set(id, receiver);
      return id;
    } finally {
      this.#opening -= 1;
      for (const packet of this.#early.splice(0)) this.#receive(packet);
    }
  }

  /** Lets the server send so many items more. */
  grant(stream: string, credit: number): void {
    this.#tell(
      STREAM_NAMES.streamCredit,
      { stream, credit },
      {
        isWanted: () => this.#receivers.has(stream),
        // Without it the server would send nothing more, and say nothing.
        onRefused: (error) => {
          this.#receive({ stream, error: error.toWire() });
          this.cancel(stream);
        },
      },
    );
  }

  /** Has the server send no more. */
  cancel(stream: string): void {
    this.#receivers.delete(stream);
    this.#tell(STREAM_NAMES.streamCancel, { stream });
  }

  /** Says something of a stream until the server has taken it: it may have no room for it now. */
  #tell(event: string, payload: object, { isWanted = () => true, onRefused = () => {} }: Telling = {}): void {
    const { connection, requester } = this.#deps;
    // Only an answer tells that it was refused: what is granted twice is sent twice.
    const waiting = { timeoutMs: Number.POSITIVE_INFINITY, restoring: true, checked: true };
    const restoration: Restoration = {
      async attempt() {
        if (isWanted()) await requester.send(event, payload, waiting);
      },
      onFailure(error, willRetry) {
        if (!willRetry && isWanted()) onRefused(error);
      },
    };
    void restore(restoration, connection.session, connection.createBackoff());
  }

  #receive(packet: StreamPacket): void {
    const { stream, items } = packet;
    const receiver = this.#receivers.get(stream);
    if (receiver) {
      if (!items) this.#receivers.delete(stream);
      receiver(packet);
    } else if (this.#opening > 0 && this.#early.length < MAX_EARLY) this.#early.push(packet);
    // Nobody reads it: it was given up before the server had answered.
    else if (items) this.cancel(stream);
  }
}
