/** RFC 6455: the whole of a message in one frame, as a server sends it. */
const FINAL = 0x80;
const TEXT = 0x1;
const BINARY = 0x2;
/** The longest payload whose length is in the second byte, and the longest whose length takes two more. */
const SHORT = 125;
const MEDIUM = 0xffff;

/** Bytes before the payload. */
function headerLength(length: number): number {
  if (length <= SHORT) return 2;
  return length <= MEDIUM ? 4 : 10;
}

function writeHeader(frame: Buffer, opcode: number, length: number): void {
  frame[0] = FINAL | opcode;
  if (length <= SHORT) {
    frame[1] = length;
  } else if (length <= MEDIUM) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
}

/** A message as the one frame of a websocket that a server sends for it. */
export function toFrame(message: string | Uint8Array): Buffer {
  const isText = typeof message === 'string';
  const length = isText ? Buffer.byteLength(message) : message.byteLength;
  const offset = headerLength(length);
  const frame = Buffer.allocUnsafe(offset + length);
  writeHeader(frame, isText ? TEXT : BINARY, length);
  if (isText) frame.write(message, offset);
  else frame.set(message, offset);
  return frame;
}
