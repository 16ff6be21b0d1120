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

/**
 * A frame, of whose text each character is one byte: such texts are made, joined and written at a fraction of what buffers
 * cost, most of which are short. Members who are sent the same have the same frame.
 */
export interface Frame {
  readonly bytes: string;
}

/** A number in eight bytes. */
function longLength(length: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(length));
  return bytes.toString('latin1');
}

/** What is before a payload. */
function headOf(opcode: number, length: number): string {
  if (length <= SHORT) return String.fromCharCode(FINAL | opcode, length);
  if (length > MEDIUM) return String.fromCharCode(FINAL | opcode, 127) + longLength(length);
  return String.fromCharCode(FINAL | opcode, 126, length >> 8, length & 0xff);
}

/** Where texts become bytes, one after the other. */
const encoded = Buffer.allocUnsafe(64 * 1024);

/** The bytes of a text in UTF-8. Mostly it is ASCII, and they are its characters. */
function utf8Of(text: string): string {
  const length = Buffer.byteLength(text);
  if (length === text.length) return text;
  const bytes = length > encoded.length ? Buffer.allocUnsafe(length) : encoded;
  bytes.write(text);
  return bytes.toString('latin1', 0, length);
}

/** A message as the one frame of a websocket that a server sends for it. */
export function toFrame(message: string | Uint8Array): Frame {
  if (typeof message !== 'string') return toFrameOf(OPCODE.binary, message);
  const payload = utf8Of(message);
  return { bytes: headOf(OPCODE.text, payload.length) + payload };
}

/** A frame with any bytes. */
export function toFrameOf(opcode: number, payload: Uint8Array): Frame {
  const { buffer, byteOffset, byteLength } = payload;
  const bytes = Buffer.from(buffer, byteOffset, byteLength).toString('latin1');
  return { bytes: headOf(opcode, byteLength) + bytes };
}

/** The frame that says why a websocket is closed, where anything is to be said of it. */
export function toCloseFrame(code?: number, reason = ''): Frame {
  if (code === undefined) return toFrameOf(OPCODE.close, Buffer.alloc(0));
  const payload = Buffer.concat([Buffer.of(code >> 8, code & 0xff), Buffer.from(reason)]);
  return toFrameOf(OPCODE.close, payload);
}
