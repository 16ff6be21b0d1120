import { type ContractEvent, findItemError, type WireError } from '@wirepact/contract/runtime';
import { sizeOf } from '../gateway/payload-size';
import { copyJson } from '../json-copy';

/** Items that may be sent before the client grants more. */
export const INITIAL_CREDIT = 32;
/** Items that a client may let wait at most, whatever it grants. */
const MAX_CREDIT = 4_096;

/** Characters of an item, as `limits.maxSize` counts them. */
const MAX_SIZE = 1024 * 1024;
/** Characters of items that wait, from which on they are sent before there is another. */
const BATCH_SIZE = 64 * 1024;

/** What a stream uses of its connection. */
export interface StreamConnection {
  readonly id: string;
  readonly closed: AbortSignal;
  isCongested(): boolean;
  drained(): Promise<void>;
}

/** What a stream needs of its server. */
export interface StreamDeps {
  readonly connection: StreamConnection;
  readonly definition: ContractEvent;
  /** Puts items on the wire. */
  readonly sendItems: (items: readonly unknown[]) => void;
  /** Tells the client that the stream is over, unless the client or its connection has ended it. */
  readonly sendEnd: (error: WireError | undefined) => void;
  /** What the client is told of an error of the handler's. */
  readonly toWireError: (cause: unknown) => WireError;
  /** Told once it is over. */
  readonly onEnd: () => void;
}

const brokenItem = (cause: unknown) => new Error('An item is not what the contract says.', { cause });

/**
 * The items of one answer, on their way to the client: as many as it has granted and its connection takes, those of one
 * turn of the event loop together.
 */
export class OpenStream {
  /** Resolves once the stream is over, whoever ended it; never rejects. */
  readonly done: Promise<void>;
  /** What the handler threw, where it did. */
  failure: { readonly cause: unknown } | undefined;
  /** Items sent since the client granted more. */
  sentSinceGrant = 0;
  private readonly controller = new AbortController();
  private credit = INITIAL_CREDIT;
  private waiting: unknown[] = [];
  private waitingSize = 0;
  private flushing: NodeJS.Immediate | undefined;
  private delivery: Promise<void> | undefined;
  private onCredit: (() => void) | undefined;
  private items: AsyncIterator<unknown> | undefined;
  private isOver = false;
  private settle: () => void = () => {};

  constructor(
    /** Names it among all of its connection. */
    readonly id: string,
    private readonly open: (signal: AbortSignal) => AsyncIterable<unknown>,
    private readonly deps: StreamDeps,
  ) {
    this.done = new Promise((resolve) => {
      this.settle = resolve;
    });
  }

  /** Calls the handler and sends what it gives. The client knows the stream by now. */
  start(): void {
    if (!this.isOver) void this.run();
  }

  /** So many more items may be sent. */
  grant(credit: number): void {
    this.credit = Math.min(this.credit + credit, MAX_CREDIT);
    this.sentSinceGrant = 0;
    this.onCredit?.();
  }

  /** Ends the stream: the handler's signal is aborted, and its generator returns. The client is told where `error` is given. */
  cancel(error?: WireError): void {
    if (error) this.finish(error);
    else if (!this.isOver) this.close();
  }

  private async run(): Promise<void> {
    try {
      this.items = this.open(this.controller.signal)[Symbol.asyncIterator]();
      while (!this.isOver) {
        if (this.credit === 0) await this.granted();
        if (this.waitingSize >= BATCH_SIZE) await this.deliver();
        else if (this.delivery) await this.delivery;
        if (this.isOver) return;
        const next = await this.items.next();
        if (this.isOver) return;
        if (next.done) break;
        const flaw = findItemError(this.deps.definition, next.value);
        if (flaw) throw brokenItem(await flaw);
        this.push(next.value);
      }
      await this.deliver();
      this.finish(undefined);
    } catch (cause) {
      // What a handler throws that heeds its signal is nobody's to hear.
      if (this.isOver) return;
      this.failure = { cause };
      await this.deliver();
      this.finish(this.deps.toWireError(cause));
    }
  }

  /** Takes an item; it goes out with the others of this turn. */
  private push(item: unknown): void {
    const size = sizeOf(item);
    if (size > MAX_SIZE) throw new Error(`An item has ${size} characters; it may have ${MAX_SIZE}.`);
    // The handler may go on with the same object.
    this.waiting.push(copyJson(item));
    this.waitingSize += size;
    this.credit -= 1;
    this.sentSinceGrant += 1;
    this.flushing ??= setImmediate(() => void this.deliver());
  }

  private async granted(): Promise<void> {
    await this.deliver();
    while (this.credit === 0 && !this.isOver) {
      await new Promise<void>((resolve) => {
        this.onCredit = resolve;
      });
    }
  }

  /** Sends what waits: at once, or when the connection takes more, with what has come until then. */
  private deliver(): Promise<void> {
    if (this.flushing) clearImmediate(this.flushing);
    this.flushing = undefined;
    if (this.deps.connection.isCongested()) this.delivery ??= this.deliverLater();
    else if (!this.delivery) this.flush();
    return this.delivery ?? Promise.resolve();
  }

  private async deliverLater(): Promise<void> {
    const { connection } = this.deps;
    // Of several streams that wait for their connection, the first to go on may have filled it again.
    while (connection.isCongested() && !this.isOver) await connection.drained();
    this.delivery = undefined;
    this.flush();
  }

  private flush(): void {
    if (this.isOver || this.waiting.length === 0) return;
    const items = this.waiting;
    this.waiting = [];
    this.waitingSize = 0;
    this.deps.sendItems(items);
  }

  private finish(error: WireError | undefined): void {
    if (this.isOver) return;
    this.deps.sendEnd(error);
    this.close();
  }

  private close(): void {
    this.isOver = true;
    if (this.flushing) clearImmediate(this.flushing);
    this.waiting = [];
    this.controller.abort();
    this.onCredit?.();
    this.deps.onEnd();
    void this.returnItems().then(this.settle);
  }

  /** Lets the handler clean up. What it throws then is nobody's to hear. */
  private async returnItems(): Promise<void> {
    try {
      await this.items?.return?.();
    } catch {
      // The stream is over, and its client has been told how.
    }
  }
}
