import {
  asClientError,
  createClientError,
  MAX_LOSSES,
  undeliverableError,
} from '../../runtime/client-errors';
import type { Obstacle } from '../../runtime/connection-state';
import { pause, untilAborted, withDeadline } from '../../runtime/deadline';
import { Turns } from '../../runtime/turns';
import { ChatError } from '../chat-error';
import type { SentMessage } from './channel';
import type { OutboxWait } from './channel-view';
import type { OutboxDeadline, OutboxNeeds } from './outbox-needs';
import type { OutgoingPayload } from './outbox-storage';

interface Entry {
  readonly payload: OutgoingPayload;
  /** Ends the wait with a reason. */
  readonly stop: AbortController;
  /** Settles as the message does; absent once it has failed. */
  result: Promise<SentMessage> | undefined;
  /** Whether it went out at least once, so that the server may have it. */
  attempted: boolean;
  /** How often in a row the connection was lost with it. */
  losses: number;
}

/**
 * Messages of one channel on their way: sent one after the other, each again until the server has it or there
 * is a reason to give it up, always with the same id, so that the server takes it once.
 */
export class Outbox {
  private readonly entries = new Map<string, Entry>();
  private readonly turns = new Turns();
  private closedBy: ChatError | undefined;
  /** Why the last attempt failed, where another follows. */
  private refusal: ChatError | undefined;

  constructor(private readonly needs: OutboxNeeds) {}

  /** True where no further message fits. */
  get isFull(): boolean {
    return this.entries.size >= this.needs.maxMessages;
  }

  /**
   * Puts a message at the end and resolves to its receipt. A message with an id that is there already is that
   * one: it is waited for, or tried again where it had failed. An earlier page may have met `losses`.
   * @throws WirepactError the server's code; `OUTBOX_FULL`, `TIMEOUT`, `ABORTED` or what it was closed with.
   */
  async send(payload: OutgoingPayload, deadline: OutboxDeadline, losses = 0): Promise<SentMessage> {
    const known = this.entries.get(payload.messageId);
    if (known) return known.result ?? this.start({ ...known, losses }, deadline);
    if (this.closedBy) throw this.closedBy;
    if (this.isFull) {
      const text = `${this.needs.maxMessages} messages of this channel wait or have failed, which is as many as may.`;
      throw createClientError('OUTBOX_FULL', text);
    }
    return this.start(this.add(payload, losses), deadline);
  }

  /** Puts in a message that had failed before this outbox was there. */
  addFailed(payload: OutgoingPayload, error: ChatError): void {
    if (this.entries.has(payload.messageId)) return;
    this.add(payload);
    this.needs.events.queued(payload, 0);
    this.needs.events.failed(payload, error);
  }

  /**
   * Puts a failed message at the end again; one that waits is waited for.
   * @throws WirepactError as {@link send}; `MESSAGE_NOT_FOUND` where there is no such message.
   */
  async retry(messageId: string, deadline: OutboxDeadline): Promise<SentMessage> {
    const entry = this.entries.get(messageId);
    if (entry) return entry.result ?? this.start({ ...entry, losses: 0 }, deadline);
    throw new ChatError(
      'MESSAGE_NOT_FOUND',
      `This channel has no message "${messageId}" that waits or has failed.`,
    );
  }

  /** Takes a message out and rejects its promise with `ABORTED`; false where there is no such message. */
  discard(messageId: string): boolean {
    const entry = this.entries.get(messageId);
    if (!entry) return false;
    this.drop(entry);
    entry.stop.abort(createClientError('ABORTED', `Message ${messageId} was discarded.`));
    return true;
  }

  /** Notes that the server turned out to have a message: one that had failed is done. */
  confirm(messageId: string): void {
    const entry = this.entries.get(messageId);
    if (entry && !entry.result) this.drop(entry);
  }

  /** Rejects what waits, and whatever comes later, with `reason`. */
  close(reason: ChatError): void {
    this.closedBy ??= reason;
    for (const { stop } of this.entries.values()) stop.abort(reason);
  }

  /** As {@link close}, and takes everything out. */
  abandon(reason: ChatError): void {
    const entries = [...this.entries.values()];
    this.close(reason);
    for (const entry of entries) this.drop(entry);
  }

  private add(payload: OutgoingPayload, losses = 0): Entry {
    const stop = new AbortController();
    const entry: Entry = { payload, stop, result: undefined, attempted: false, losses };
    this.entries.set(payload.messageId, entry);
    return entry;
  }

  private drop({ payload }: Entry): void {
    this.entries.delete(payload.messageId);
    this.needs.events.discarded(payload);
  }

  private start(failedOrNew: Entry, deadline: OutboxDeadline): Promise<SentMessage> {
    // A `stop` that was used is used up.
    const entry = { ...failedOrNew, stop: new AbortController() };
    this.entries.set(entry.payload.messageId, entry);
    this.needs.events.queued(entry.payload, entry.losses);
    // Also one that is given up early keeps its place: the next waits for those before it all the same.
    entry.result = this.turns.next((before) => this.run(entry, before, deadline));
    return entry.result;
  }

  private async run(entry: Entry, before: Promise<void>, deadline: OutboxDeadline): Promise<SentMessage> {
    const explain = () => this.findObstacle();
    try {
      const receipt = await withDeadline('send_message', { ...deadline, explain }, (tooLate) => {
        const stop = () => entry.stop.abort(tooLate.reason);
        tooLate.addEventListener('abort', stop);
        return this.deliver(entry, before);
      });
      this.finish(entry, receipt);
      return receipt;
    } catch (cause) {
      const error = asClientError(cause);
      this.giveUp(entry, error);
      throw error;
    }
  }

  /** Why the first message has not been sent: what the server last said of it, or that there is no connection. */
  private findObstacle(): Obstacle | undefined {
    const { refusal } = this;
    if (!refusal) return this.needs.findObstacle();
    return { reason: `the last attempt failed with ${refusal.code}: ${refusal.message}`, cause: refusal };
  }

  /** Waits for those before, then sends until there is a receipt or a reason to give up. */
  private async deliver(entry: Entry, before: Promise<void>): Promise<SentMessage> {
    const { signal } = entry.stop;
    const backoff = this.needs.createBackoff();
    await untilAborted(before, signal);
    try {
      for (;;) {
        if (!this.needs.isReady()) await this.waitFor({ for: 'connection' }, this.needs.ready(signal));
        try {
          entry.attempted = true;
          return await untilAborted(this.needs.deliver(entry.payload, signal, entry.losses > 0), signal);
        } catch (error) {
          signal.throwIfAborted();
          this.refusal = this.checkRetryable(entry, error);
          const delayMs = backoff.nextDelayMs(this.refusal.retryAfterMs);
          const retryAt = Date.now() + delayMs;
          await this.waitFor({ for: 'retry', error: this.refusal, retryAt }, pause(delayMs, signal));
          signal.throwIfAborted();
        }
      }
    } finally {
      this.refusal = undefined;
    }
  }

  /** Tells what is waited for, as long as it is. */
  private async waitFor(waiting: OutboxWait, end: Promise<void>): Promise<void> {
    this.needs.events.waiting(waiting);
    try {
      await end;
    } finally {
      this.needs.events.waiting(undefined);
    }
  }

  /**
   * The error, where the message is to be sent again.
   * @throws WirepactError where it is not: the error itself, or `UNDELIVERABLE`
   */
  private checkRetryable(entry: Entry, error: unknown): ChatError {
    if (!(error instanceof ChatError && error.retryable)) throw error;
    entry.losses = error.code === 'DISCONNECTED' ? entry.losses + 1 : 0;
    if (entry.losses >= MAX_LOSSES) throw undeliverableError('send_message');
    if (entry.losses > 0) this.needs.events.lost(entry.payload, entry.losses);
    return error;
  }

  /** Whether the message was not taken out, or put in again, while it was on its way. */
  private isCurrent(entry: Entry): boolean {
    return this.entries.get(entry.payload.messageId) === entry;
  }

  private finish(entry: Entry, receipt: SentMessage): void {
    if (!this.isCurrent(entry)) return;
    this.entries.delete(entry.payload.messageId);
    this.needs.events.sent(entry.payload, receipt);
  }

  private giveUp(entry: Entry, error: ChatError): void {
    if (!this.isCurrent(entry)) return;
    entry.result = undefined;
    if (error.code === 'ABORTED' && !entry.attempted) this.drop(entry);
    else this.needs.events.failed(entry.payload, error);
  }
}
