import { checkOptions } from '../base/check-options';
import { asClientError, type ClientError, closedError, createClientError } from '../base/client-errors';
import { pause, untilAborted } from '../base/deadline';
import { isRecord } from '../base/is-record';
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

  readonly #event: string;
  #payload: unknown;
  readonly #options: RequestOptions;
  readonly #deps: ItemStreamDeps;

  constructor(event: string, payload: unknown, options: RequestOptions, deps: ItemStreamDeps) {
    this.#event = event;
    this.#payload = payload;
    this.#options = options;
    this.#deps = deps;
  }

  async *read(): AsyncGenerator<unknown, undefined> {
    await this.#check();
    const { signal } = this.#options;
    const onAbort = () => this.#abort(signal?.reason);
    signal?.addEventListener('abort', onAbort);
    if (signal?.aborted) onAbort();
    try {
      while (!this.#stopping.signal.aborted) {
        if (this.#items.length > 0) yield await this.#take();
        else if (this.#end) break;
        else if (this.#id === undefined) await this.#open();
        else await this.#untilWoken();
      }
      if (this.#end?.error) throw this.#end.error;
    } finally {
      signal?.removeEventListener('abort', onAbort);
      this.stop();
    }
    return undefined;
  }

  #untilWoken(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
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
    this.#payload = structuredClone(this.#payload);
  }

  #abort(cause: unknown): void {
    this.#end = { error: createClientError('ABORTED', `${this.#event} was aborted.`, cause) };
    this.stop();
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
    const { signal } = this.#stopping;
    const { connection } = this.#deps;
    try {
      await this.#ask(signal);
    } catch (cause) {
      const error = asClientError(cause);
      if (signal.aborted) return;
      // Many come back at once after a server has restarted, and it may not take them all at once.
      if (!this.#wasOpen || !error.retryable || !connection.isReady) throw error;
      await pause(connection.createBackoff().nextDelayMs(error.retryAfterMs), signal);
    }
  }

  async #ask(signal: AbortSignal): Promise<void> {
    const event = this.#event;
    const deps = this.#deps;
    const wasOpen = this.#wasOpen;
    const { streams, connection, requester } = deps;
    const { timeoutMs } = wasOpen ? { timeoutMs: Number.POSITIVE_INFINITY } : this.#options;
    await requester.withinTime(event, { timeoutMs, signal }, (deadline) => connection.ready(deadline));
    this.#credit = CREDIT;
    this.#taken = 0;
    const options = { timeoutMs, resend: this.#resume !== undefined };
    const opening = streams.open(event, this.#toPayload(), options, (packet) => this.#receive(packet));
    const opened = opening.then((id) => {
      this.#wasOpen = true;
      if (signal.aborted) streams.cancel(id);
      else if (!this.#end) this.#id = id;
    });
    await untilAborted(opened, signal);
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
    if (!packet) this.#lose();
    else if (packet.items) this.#accept(packet.items);
    else this.#finish(packet.error === undefined ? undefined : parseWireError(packet.error));
    this.#wake();
  }

  #accept(items: readonly unknown[]): void {
    this.#credit -= items.length;
    if (this.#credit >= 0) this.#items.push(...items);
    else {
      const text = `The stream of ${this.#event} has more items than were asked for.`;
      this.#end = { error: createClientError('INVALID_REPLY', text) };
      this.stop();
    }
  }

  #lose(): void {
    this.#id = undefined;
    const text = `The connection ended before the stream of ${this.#event} did.`;
    if (!this.#resume)
      this.#end = {
        error: this.#deps.connection.closed ? closedError() : createClientError('DISCONNECTED', text),
      };
  }

  #finish(error: ClientError | undefined): void {
    this.#id = undefined;
    // A server that is closing ends its streams before its connections; what comes back goes on with them.
    if (!(this.#resume && error?.code === 'UNAVAILABLE')) this.#end = { error };
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
