/** RFC 6455: kinds of frames. */
export const OPCODE = {
  continuation: 0x0,
  text: 0x1,
  binary: 0x2,
  close: 0x8,
  ping: 0x9,
  pong: 0xa,
} as const;

/** RFC 6455: why a websocket is closed, as its close frame says it. */
export const CLOSE_CODE = { protocolError: 1002, noText: 1007, tooLarge: 1009 } as const;

/** Set in the last frame of a message. */
export const FINAL = 0x80;

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
  if (typeof message !== 'string') return toFrameOf(OPCODE.binary, message);
  const length = Buffer.byteLength(message);
  const offset = headerLength(length);
  const frame = Buffer.allocUnsafe(offset + length);
  writeHeader(frame, OPCODE.text, length);
  frame.write(message, offset);
  return frame;
}

/** A frame with any bytes. */
export function toFrameOf(opcode: number, payload: Uint8Array): Buffer {
  const offset = headerLength(payload.byteLength);
  const frame = Buffer.allocUnsafe(offset + payload.byteLength);
  writeHeader(frame, opcode, payload.byteLength);
  frame.set(payload, offset);
  return frame;
}

/** The frame that says why a websocket is closed, where anything is to be said of it. */
export function toCloseFrame(code?: number, reason = ''): Buffer {
  if (code === undefined) return toFrameOf(OPCODE.close, Buffer.alloc(0));
  const payload = Buffer.concat([Buffer.of(code >> 8, code & 0xff), Buffer.from(reason)]);
  return toFrameOf(OPCODE.close, payload);
}
