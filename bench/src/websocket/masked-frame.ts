const FINAL_TEXT = 0x81;
const FINAL_CLOSE = 0x88;
const MASKED = 0x80;
/** Servers take it off byte by byte, whatever it is, unless it is all zeros. */
const MASK = Buffer.of(0x5a, 0xc3, 0x96, 0x3c);

function writeHead(frame: Buffer, length: number): void {
  frame[0] = FINAL_TEXT;
  if (length < 126) {
    frame[1] = MASKED | length;
  } else if (length < 65_536) {
    frame[1] = MASKED | 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = MASKED | 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
}

function extraLengthOf(length: number): number {
  if (length < 126) return 0;
  return length < 65_536 ? 2 : 8;
}

/** A text as the frame that a client sends for it. */
export function toMaskedFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const maskAt = 2 + extraLengthOf(length);
  const start = maskAt + MASK.length;
  const frame = Buffer.allocUnsafe(start + length);
  writeHead(frame, length);
  frame.set(MASK, maskAt);
  frame.write(text, start);
  for (let index = 0; index < length; index += 1)
    frame[start + index] = (frame[start + index] ?? 0) ^ (MASK[index & 3] ?? 0);
  return frame;
}

/** A close frame that says nothing. */
export const MASKED_CLOSE_FRAME = Buffer.concat([Buffer.of(FINAL_CLOSE, MASKED), MASK]);
