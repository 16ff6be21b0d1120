/** What frames of RFC 6455 are about. */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A frame. */
export interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
}

/** How a frame differs from one that is whole and right. */
export interface FrameFlaws {
  /** False: more is to follow. */
  readonly fin?: boolean;
  /** False: not masked, as only a server's frames may be. */
  readonly masked?: boolean;
  /** Three bits that nobody has agreed on. */
  readonly reserved?: number;
  /** The length that is told, where that is not the true one. */
  readonly length?: number;
}

function lengthBytes(length: number): Buffer {
  if (length < 126) return Buffer.of(length);
  if (length < 65_536) return Buffer.of(126, length >> 8, length & 255);
  const bytes = Buffer.alloc(9, 127);
  bytes.writeBigUInt64BE(BigInt(length), 1);
  return bytes;
}

/** The bytes of a client's frame. Its mask is zero, which is allowed and leaves the payload as it is. */
export function encodeFrame(opcode: number, payload: Buffer | string, flaws: FrameFlaws = {}): Buffer {
  const { fin = true, masked = true, reserved = 0 } = flaws;
  const bytes = Buffer.from(payload);
  const length = lengthBytes(flaws.length ?? bytes.length);
  if (masked) length.writeUInt8((length[0] ?? 0) | 128, 0);
  const first = Buffer.of((fin ? 128 : 0) | (reserved << 4) | opcode);
  return Buffer.concat([first, length, Buffer.alloc(masked ? 4 : 0), bytes]);
}

/** Where a frame's payload starts and ends; `undefined` where its head has not come whole. */
function measureFrame(bytes: Buffer): { start: number; end: number } | undefined {
  const short = (bytes[1] ?? 0) & 127;
  const start = { 126: 4, 127: 10 }[short] ?? 2;
  if (bytes.length < start) return undefined;
  const length = { 126: 2, 127: 8 }[short];
  return {
    start,
    end: start + (length ? bytes.readUIntBE(start - Math.min(length, 6), Math.min(length, 6)) : short),
  };
}

/** Takes the server's frames out of the bytes that come. */
export class FrameReader {
  private pending: Buffer[] = [];
  private size = 0;
  private needed = 2;

  /** The frames that these bytes complete. */
  push(chunk: Buffer): Frame[] {
    this.pending.push(chunk);
    this.size += chunk.length;
    if (this.size < this.needed) return [];
    let bytes = Buffer.concat(this.pending);
    const frames: Frame[] = [];
    for (;;) {
      const place = measureFrame(bytes);
      this.needed = place?.end ?? bytes.length + 1;
      if (!place || bytes.length < place.end) break;
      frames.push({ opcode: (bytes[0] ?? 0) & 15, payload: bytes.subarray(place.start, place.end) });
      bytes = bytes.subarray(place.end);
    }
    this.pending = [bytes];
    this.size = bytes.length;
    return frames;
  }
}
