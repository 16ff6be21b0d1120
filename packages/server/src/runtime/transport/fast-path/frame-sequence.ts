import type { Frame } from './frame';

/**
 * Frames that follow each other. Members of a room mostly get the same ones in a turn, and those share the sequence: each
 * is extended once, and its bytes are put together once, for all of them.
 */
export class FrameSequence {
  private next: FrameSequence | undefined;
  /** What that has at its end. */
  private nextFrame: Frame | undefined;

  private constructor(
    /** All frames, one after the other; each character is a byte. */
    readonly bytes: string,
  ) {}

  /** A sequence without frames, from which those of one turn begin. */
  static empty(): FrameSequence {
    return new FrameSequence('');
  }

  /** The sequence with one frame more. */
  followedBy(frame: Frame): FrameSequence {
    if (this.next && this.nextFrame === frame) return this.next;
    const next = new FrameSequence(this.bytes + frame.bytes);
    this.next = next;
    this.nextFrame = frame;
    return next;
  }
}
