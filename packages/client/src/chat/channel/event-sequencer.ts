import type { Position } from '@wirepact/protocol';
import { type DurableEvent, toPosition } from './durable-event';

/** Events kept at most while something is missing before them; the oldest are dropped first. */
const MAX_HELD = 10_000;

/** What an {@link EventSequencer} needs. */
export interface EventSequencerOptions {
  /** The last event that was applied. */
  readonly position: () => Position | undefined;
  /** Applies an event: the next one, or one without a number. */
  readonly apply: (event: DurableEvent) => void;
  /** Is told, once, that events are missing; until {@link EventSequencer.resume} the later ones are held. */
  readonly onGap: () => void;
  /** Default 10,000. */
  readonly maxHeld?: number;
}

const byNumber = (one: DurableEvent, other: DurableEvent) =>
  (one.payload.seq ?? 0) - (other.payload.seq ?? 0);

/** Passes durable events on in the order of their numbers, each once, and finds out where some are missing. */
export class EventSequencer {
  private readonly held: DurableEvent[] = [];
  private paused = true;
  private dropped = false;

  /** Starts paused. */
  constructor(private readonly options: EventSequencerOptions) {}

  /** Takes an event as it arrives. */
  accept(event: DurableEvent): void {
    const at = toPosition(event.payload);
    if (!at) this.options.apply(event);
    else if (this.paused) this.hold(event);
    else this.applyInOrder(event, at);
  }

  /** Holds events from now on, and forgets those held so far: whoever pauses is about to be sent them again. */
  pause(): void {
    this.paused = true;
    this.held.length = 0;
    this.dropped = false;
  }

  /** Whether every numbered event since {@link pause} is still held. */
  get isWhole(): boolean {
    return !this.dropped;
  }

  /** Applies the held events up to a position; numbers may be missing among them. */
  applyUpTo({ epoch, seq }: Position): void {
    const isUpTo = ({ payload }: DurableEvent) => payload.epoch === epoch && (payload.seq ?? 0) <= seq;
    for (const event of this.held.filter(isUpTo).sort(byNumber))
      if (this.isNew(event)) this.options.apply(event);
  }

  /** Goes on after the position that is reached now. */
  resume(): void {
    const held = this.held.splice(0).sort(byNumber);
    this.paused = false;
    for (const event of held) if (event.payload.epoch === this.options.position()?.epoch) this.accept(event);
  }

  private applyInOrder(event: DurableEvent, at: Position): void {
    const position = this.options.position();
    const isNext = !position || (at.epoch === position.epoch && at.seq <= position.seq + 1);
    if (isNext) {
      if (this.isNew(event)) this.options.apply(event);
      return;
    }
    this.pause();
    this.hold(event);
    this.options.onGap();
  }

  private isNew({ payload: { epoch, seq = 0 } }: DurableEvent): boolean {
    const position = this.options.position();
    return !position || epoch !== position.epoch || seq > position.seq;
  }

  private hold(event: DurableEvent): void {
    this.held.push(event);
    if (this.held.length <= (this.options.maxHeld ?? MAX_HELD)) return;
    this.held.shift();
    this.dropped = true;
  }
}
