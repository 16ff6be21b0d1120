import { checkOptions } from '../base/check-options';
import { asClientError, type ClientError, closedError, createClientError } from '../base/client-errors';
import { copyJson } from '../base/copy-json';
import { pause, untilAborted } from '../base/deadline';
import { isRecord } from '../base/is-record';
import { whenAborted } from '../base/when-aborted';
import type { Backoff } from '../connection/backoff';
import type { Connection } from '../connection/connection';
import { parseWireError } from '../connection/wire-error';
import type { ContractCheck } from '../request/contract-check';
import { REQUEST_OPTIONS, type Requester, type RequestOptions } from '../request/request';
import type { ItemStream } from './lazy-stream';
import type { StreamPacket, Streams } from './streams';

/** Items that a server may send at first; it is told of every half of them that was taken. */
const CREDIT = 32;

/** What a stream of items needs. */
export interface ItemStreamDeps {
  readonly streams: Streams;
  readonly connection: Connection;
  readonly requester: Requester;
  readonly check: ContractCheck;
}

/** Reads one stream: asks for it when its first item is wanted, and again after a loss where it can be resumed. */
class ItemReader {
  readonly #items: unknown[] = [];
  readonly #stopping = new AbortController();
  #last: unknown;
  /** The stream while it is open. */
  #id: string | undefined;
  #wasOpen = false;
  /** How it ended, once it has. */
  #end: { readonly error?: ClientError | undefined } | undefined;
  /** Items the server may still send. */
  #credit = 0;
  /** Items that were taken since the server was told. */
  #taken = 0;
  #wake = () => {};
  /** Over once it may be asked for again. */
  #pause: Promise<void> | undefined;

  readonly #backoff: Backoff;
  readonly #event: string;
  #payload: unknown;
  readonly #options: RequestOptions;
  readonly #deps: ItemStreamDeps;

  constructor(event: string, payload: unknown, options: RequestOptions, deps: ItemStreamDeps) {
    this.#event = event;
    this.#payload = payload;
    this.#options = options;
    this.#deps = deps;
    this.#backoff = deps.connection.createBackoff();
  }

  async *read(): AsyncGenerator<unknown, undefined> {
    await this.#check();
    const { signal } = this.#options;
    const stopListening = whenAborted(signal, () => {
      this.#end = { error: createClientError('ABORTED', `${this.#event} was aborted.`, signal?.reason) };
      this.stop();
    });
    try {
      while (!this.#stopping.signal.aborted) {
        if (this.#items.length > 0) yield await this.#take();
        else if (this.#end) break;
        else if (this.#id === undefined) await this.#open();
        else
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
      }
      if (this.#end?.error) throw this.#end.error;
    } finally {
      stopListening();
      this.stop();
    }
    return undefined;
  }

  /** Ends the reading, also where an item is waited for. */
  stop(): void {
    this.#stopping.abort();
    if (this.#id !== undefined) this.#deps.streams.cancel(this.#id);
    this.#id = undefined;
    this.#wake();
  }

  /** What is asked for, perhaps again much later, is what was checked. */
  async #check(): Promise<void> {
    checkOptions(this.#event, this.#options, REQUEST_OPTIONS);
    const refusal = this.#deps.check.refusal(this.#event, this.#payload);
    if (refusal) throw await refusal;
    this.#payload = copyJson(this.#payload);
  }

  async #take(): Promise<unknown> {
    const item = this.#items.shift();
    this.#last = item;
    this.#taken += 1;
    if (this.#taken >= CREDIT / 2 && this.#id !== undefined) {
      this.#deps.streams.grant(this.#id, this.#taken);
      this.#credit += this.#taken;
      this.#taken = 0;
    }
    const { check } = this.#deps;
    const schema = check.requestEvent(this.#event)?.stream;
    return check.answered(this.#event, item, schema);
  }

  async #open(): Promise<void> {
    const event = this.#event;
    const { streams, connection, requester } = this.#deps;
    const { signal } = this.#stopping;
    const timeoutMs = this.#wasOpen ? Number.POSITIVE_INFINITY : this.#options.timeoutMs;
    // Its end may come right behind the answer that names it.
    let isOver = false;
    const receive = (packet: StreamPacket | undefined) => {
      isOver = !packet?.items;
      this.#receive(packet);
    };
    try {
      await this.#pause;
      await requester.withinTime(event, { timeoutMs, signal }, (deadline) => connection.ready(deadline));
      this.#credit = CREDIT;
      this.#taken = 0;
      const options = { timeoutMs, resend: this.#resume !== undefined };
      const opened = (id: string) => {
        this.#wasOpen = true;
        if (signal.aborted) streams.cancel(id);
        else if (!isOver) this.#id = id;
      };
      await untilAborted(streams.open(event, this.#toPayload(), options, receive).then(opened), signal);
    } catch (cause) {
      const error = asClientError(cause);
      if (signal.aborted) return;
      // Many come back at once after a server has restarted, and it may not take them all at once.
      if (!this.#wasOpen || !error.retryable || !connection.isReady) throw error;
      this.#putOff(error);
    }
  }

  /** The server does not take it now: it is asked again later, and ever later until there is an item. */
  #putOff(error: ClientError | undefined): void {
    this.#pause = pause(this.#backoff.nextDelayMs(error?.retryAfterMs), this.#stopping.signal);
  }

  get #resume() {
    return this.#deps.check.requestEvent(this.#event)?.resume;
  }

  /** What the stream is asked for with: after its last item, where there was one. */
  #toPayload(): unknown {
    const resume = this.#resume;
    const payload = this.#payload;
    const last = this.#last;
    if (!resume || !isRecord(last)) return payload;
    return { ...Object(payload), [resume.payload]: last[resume.item] };
  }

  #receive(packet: StreamPacket | undefined): void {
    if (packet?.items) this.#accept(packet.items);
    else {
      this.#id = undefined;
      const error = packet ? parseWireError(packet.error) : this.#loss();
      // A server that is closing ends its streams before its connections; what comes back goes on with them.
      if (!this.#resume || (packet && error?.code !== 'UNAVAILABLE')) this.#end = { error };
      else if (packet) this.#putOff(error);
    }
    this.#wake();
  }

  #accept(items: readonly unknown[]): void {
    this.#backoff.reset();
    this.#credit -= items.length;
    if (this.#credit >= 0) this.#items.push(...items);
    else {
      const text = `The stream of ${this.#event} has more items than were asked for.`;
      this.#end = { error: createClientError('INVALID_REPLY', text) };
      this.stop();
    }
  }

  #loss(): ClientError {
    const text = `The connection ended before the stream of ${this.#event} did.`;
    return this.#deps.connection.closed ? closedError() : createClientError('DISCONNECTED', text);
  }
}

/** The items that the server answers `event` with. It is asked for them when the first is. */
export function createItemStream(
  event: string,
  payload: unknown,
  options: RequestOptions = {},
  deps: ItemStreamDeps,
): ItemStream<unknown> {
  const reader = new ItemReader(event, payload, options, deps);
  const items = reader.read();
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => items.next(),
    return() {
      reader.stop();
      return items.return(undefined);
    },
  };
}
