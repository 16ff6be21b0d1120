/** Bytes that come in parts. However small those are, and however many, they take twice their length at most. */
export class GrowingBytes {
  length: number;
  private bytes: Buffer;

  constructor(first: Buffer) {
    this.bytes = Buffer.from(first);
    this.length = first.length;
  }

  append(part: Buffer): void {
    const length = this.length + part.length;
    if (length > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(length, 2 * this.bytes.length));
      larger.set(this.toBuffer());
      this.bytes = larger;
    }
    this.bytes.set(part, this.length);
    this.length = length;
  }

  /** All of them, one after the other. */
  toBuffer(): Buffer {
    return this.bytes.subarray(0, this.length);
  }
}
