import type { WirepactError } from '@wirepact/contract/runtime';
import {
  asClientError,
  ClientError,
  createClientError,
  MAX_LOSSES,
  undeliverableError,
} from '../base/client-errors';
import type { Obstacle } from '../base/deadline';
import { pause, untilAborted, withDeadline } from '../base/deadline';
import { Turns } from '../base/turns';
import type { OutboxDeadline, OutboxDeps, OutboxWait } from './outbox-deps';

interface Entry<Send, Receipt> {
  readonly key: string;
  readonly send: Send;
  /** Ends the wait with a reason. */
  readonly stop: AbortController;
  /** Settles as the send does; absent once it has failed. */
  result: Promise<Receipt> | undefined;
  /** Whether it went out at least once, so that the server may have it. */
  attempted: boolean;
  /** How often in a row the connection was lost with it. */
  losses: number;
}

/**
 * Sends of one channel on their way: one after the other, each again until the server has it or there is a reason to
 * give it up, always with the same key, so that the server takes it once.
 */
export class Outbox<Send, Receipt> {
  readonly #entries = new Map<string, Entry<Send, Receipt>>();
  readonly #turns = new Turns();
  #closedBy: WirepactError | undefined;
  /** Why the last attempt failed, where another follows. */
  #refusal: ClientError | undefined;

  readonly #deps: OutboxDeps<Send, Receipt>;

  constructor(deps: OutboxDeps<Send, Receipt>) {
    this.#deps = deps;
  }

  /** True where nothing more fits. */
  get isFull(): boolean {
    return this.#entries.size >= this.#deps.maxSends;
  }

  /**
   * Puts a send at the end and resolves to its receipt. One with a key that is there already is that one: it is waited
   * for, or tried again where it had failed. An earlier page may have met `losses`.
   * @throws WirepactError the server's code; `OUTBOX_FULL`, `TIMEOUT`, `ABORTED` or what it was closed with.
   */
  async send(send: Send, deadline: OutboxDeadline, losses = 0): Promise<Receipt> {
    const known = this.#entries.get(this.#deps.keyOf(send));
    if (known) return known.result ?? this.#start({ ...known, losses }, deadline);
    if (this.#closedBy) throw this.#closedBy;
    if (this.isFull) {
      const text = `${this.#deps.maxSends} sends of this channel wait or have failed, which is as many as may.`;
      throw createClientError('OUTBOX_FULL', text);
    }
    return this.#start(this.#add(send, losses), deadline);
  }

  /** Puts in what had failed before this outbox was there. */
  addFailed(send: Send, error: WirepactError): void {
    if (this.#entries.has(this.#deps.keyOf(send))) return;
    this.#add(send, 0);
    this.#deps.events.queued(send, 0);
    this.#deps.events.failed(send, asClientError(error));
  }

  /** Puts what has failed at the end again; what waits is waited for. `undefined` where nothing has this key. */
  retry(key: string, deadline: OutboxDeadline): Promise<Receipt> | undefined {
    const entry = this.#entries.get(key);
    return entry && (entry.result ?? this.#start({ ...entry, losses: 0 }, deadline));
  }

  /** Takes a send out and rejects its promise with `ABORTED`; false where nothing has this key. */
  discard(key: string): boolean {
    const entry = this.#entries.get(key);
    if (!entry) return false;
    this.#drop(entry);
    entry.stop.abort(createClientError('ABORTED', `${this.#deps.eventOf(entry.send)} ${key} was discarded.`));
    return true;
  }

  /** Notes that the server turned out to have a send: one that had failed is done. */
  confirm(key: string): void {
    const entry = this.#entries.get(key);
    if (entry && !entry.result) this.#drop(entry);
  }

  /** Rejects what waits, and whatever comes later, with `reason`. */
  close(reason: WirepactError): void {
    this.#closedBy ??= reason;
    for (const { stop } of this.#entries.values()) stop.abort(reason);
  }

  /** As {@link close}, and takes everything out. */
  abandon(reason: WirepactError): void {
    const entries = [...this.#entries.values()];
    this.close(reason);
    for (const entry of entries) this.#drop(entry);
  }

  #add(send: Send, losses: number): Entry<Send, Receipt> {
    const key = this.#deps.keyOf(send);
    const entry = { key, send, stop: new AbortController(), result: undefined, attempted: false, losses };
    this.#entries.set(key, entry);
    return entry;
  }

  #drop({ key, send }: Entry<Send, Receipt>): void {
    this.#entries.delete(key);
    this.#deps.events.discarded(send);
  }

  #start(failedOrNew: Entry<Send, Receipt>, deadline: OutboxDeadline): Promise<Receipt> {
    // A `stop` that was used is used up.
    const entry = { ...failedOrNew, stop: new AbortController() };
    this.#entries.set(entry.key, entry);
    this.#deps.events.queued(entry.send, entry.losses);
    // Also one that is given up early keeps its place: the next waits for those before it all the same.
    entry.result = this.#turns.next((before) => this.#run(entry, before, deadline));
    return entry.result;
  }

  async #run(entry: Entry<Send, Receipt>, before: Promise<void>, deadline: OutboxDeadline): Promise<Receipt> {
    const explain = () => this.#findObstacle();
    const event = this.#deps.eventOf(entry.send);
    try {
      const receipt = await withDeadline(event, { ...deadline, explain }, (tooLate) => {
        const stop = () => entry.stop.abort(tooLate.reason);
        tooLate.addEventListener('abort', stop);
        return this.#deliver(entry, before);
      });
      this.#finish(entry, receipt);
      return receipt;
    } catch (cause) {
      const error = asClientError(cause);
      this.#giveUp(entry, error);
      throw error;
    }
  }

  /** Why the first of them has not been sent: what the server last said of it, or that there is no connection. */
  #findObstacle(): Obstacle | undefined {
    const refusal = this.#refusal;
    if (!refusal) return this.#deps.findObstacle();
    return { reason: `the last attempt failed with ${refusal.code}: ${refusal.message}`, cause: refusal };
  }

  /** Waits for those before, then sends until there is a receipt or a reason to give up. */
  async #deliver(entry: Entry<Send, Receipt>, before: Promise<void>): Promise<Receipt> {
    const { signal } = entry.stop;
    const backoff = this.#deps.createBackoff();
    await untilAborted(before, signal);
    try {
      for (;;) {
        if (!this.#deps.isReady()) await this.#waitFor({ for: 'connection' }, this.#deps.ready(signal));
        try {
          entry.attempted = true;
          return await untilAborted(this.#deps.deliver(entry.send, signal, entry.losses > 0), signal);
        } catch (error) {
          signal.throwIfAborted();
          this.#refusal = this.#checkRetryable(entry, error);
          const delayMs = backoff.nextDelayMs(this.#refusal.retryAfterMs);
          const retryAt = Date.now() + delayMs;
          await this.#waitFor({ for: 'retry', error: this.#refusal, retryAt }, pause(delayMs, signal));
          signal.throwIfAborted();
        }
      }
    } finally {
      this.#refusal = undefined;
    }
  }

  /** Tells what is waited for, as long as it is. */
  async #waitFor(waiting: OutboxWait, end: Promise<void>): Promise<void> {
    this.#deps.events.waiting(waiting);
    try {
      await end;
    } finally {
      this.#deps.events.waiting(undefined);
    }
  }

  /**
   * The error, where the send is to be repeated.
   * @throws WirepactError where it is not: the error itself, or `UNDELIVERABLE`
   */
  #checkRetryable(entry: Entry<Send, Receipt>, error: unknown): ClientError {
    if (!(error instanceof ClientError && error.retryable)) throw error;
    entry.losses = error.code === 'DISCONNECTED' ? entry.losses + 1 : 0;
    if (entry.losses >= MAX_LOSSES) throw undeliverableError(this.#deps.eventOf(entry.send));
    if (entry.losses > 0) this.#deps.events.lost(entry.send, entry.losses);
    return error;
  }

  /** Whether it was not taken out, or put in again, while it was on its way. */
  #isCurrent(entry: Entry<Send, Receipt>): boolean {
    return this.#entries.get(entry.key) === entry;
  }

  #finish(entry: Entry<Send, Receipt>, receipt: Receipt): void {
    if (!this.#isCurrent(entry)) return;
    this.#entries.delete(entry.key);
    this.#deps.events.sent(entry.send, receipt);
  }

  #giveUp(entry: Entry<Send, Receipt>, error: ClientError): void {
    if (!this.#isCurrent(entry)) return;
    entry.result = undefined;
    if (error.code === 'ABORTED' && !entry.attempted) this.#drop(entry);
    else this.#deps.events.failed(entry.send, error);
  }
}
