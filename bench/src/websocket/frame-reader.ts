const OPCODE = { text: 0x1, close: 0x8 } as const;
/** Set in the last frame of a message. */
const FINAL = 0x80;

/** A text as it came, of which mostly the beginning says enough. It is there until whoever is told of it returns. */
export interface Frame {
  readonly byteLength: number;
  startsWith(ascii: string): boolean;
  toString(): string;
}

/** Whoever is told what a server sends. */
export interface FrameListener {
  onText(frame: Frame): void;
  onClose(code: number, reason: string): void;
}

/** Bytes before the payload, by what the second byte says of its length. */
function headLengthOf(short: number): number {
  if (short < 126) return 2;
  return short === 126 ? 4 : 10;
}

function lengthAt(bytes: Buffer, at: number, short: number): number {
  if (short < 126) return short;
  return short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
}

/** Reads what servers send on a websocket: texts, each in one frame, and the close frame. It copies and makes next to nothing. */
export class FrameReader implements Frame {
  private bytes: Buffer = Buffer.alloc(0);
  private start = 0;
  private end = 0;
  /** The beginning of a frame. */
  private held: Buffer | undefined;

  constructor(private readonly listener: FrameListener) {}

  get byteLength(): number {
    return this.end - this.start;
  }

  startsWith(ascii: string): boolean {
    if (ascii.length > this.byteLength) return false;
    for (let index = 0; index < ascii.length; index += 1)
      if (this.bytes[this.start + index] !== ascii.charCodeAt(index)) return false;
    return true;
  }

  toString(): string {
    return this.bytes.toString('utf8', this.start, this.end);
  }

  /** Takes what has come; keeps none of the bytes. @throws Error for any other kind of frame */
  read(chunk: Buffer, from: number, to: number): void {
    const { held } = this;
    this.held = undefined;
    if (held) this.readFrames(Buffer.concat([held, chunk.subarray(from, to)]), 0, held.length + to - from);
    else this.readFrames(chunk, from, to);
  }

  private readFrames(bytes: Buffer, from: number, to: number): void {
    let at = from;
    while (at < to) {
      const short = bytes[at + 1] ?? 0;
      const start = at + headLengthOf(short);
      const end = start + (start <= to ? lengthAt(bytes, at, short) : 0);
      if (start > to || end > to) {
        this.held = Buffer.from(bytes.subarray(at, to));
        return;
      }
      this.tell(bytes, at, start, end);
      at = end;
    }
  }

  private tell(bytes: Buffer, at: number, start: number, end: number): void {
    const first = bytes[at];
    if (first === (FINAL | OPCODE.close)) {
      const code = end - start < 2 ? 1005 : bytes.readUInt16BE(start);
      this.listener.onClose(code, bytes.toString('utf8', start + 2, end));
      return;
    }
    if (first !== (FINAL | OPCODE.text)) throw new Error(`A server sent a frame that begins with ${first}.`);
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.listener.onText(this);
  }
}
