/**
 * Frames that follow each other. Members of a room mostly get the same ones in a turn, and those share the sequence: each
 * is extended once, and its bytes are put together once, for all of them.
 */
export class FrameSequence {
  private bytes: Buffer | undefined;
  private next: FrameSequence | undefined;

  private constructor(
    private readonly before: FrameSequence | undefined,
    private readonly frame: Buffer,
    /** Bytes of all frames together. */
    readonly length: number,
  ) {}

  /** A sequence without frames, from which those of one turn begin. */
  static empty(): FrameSequence {
    return new FrameSequence(undefined, Buffer.alloc(0), 0);
  }

  /** The sequence with one frame more. */
  followedBy(frame: Buffer): FrameSequence {
    if (this.next?.frame === frame) return this.next;
    const next = new FrameSequence(this, frame, this.length + frame.length);
    this.next = next;
    return next;
  }

  /** All frames, one after the other. */
  toBytes(): Buffer {
    this.bytes ??= this.before?.before ? this.join() : this.frame;
    return this.bytes;
  }

  private join(): Buffer {
    const joined = Buffer.allocUnsafe(this.length);
    let end = this.length;
    for (let at: FrameSequence = this; at.before; at = at.before) {
      end -= at.frame.length;
      joined.set(at.frame, end);
    }
    return joined;
  }
}
