import { isUtf8 } from 'node:buffer';
import { CLOSE_CODE, FINAL, OPCODE } from './frame';
import { GrowingBytes } from './growing-bytes';

/** Bits that only an extension gives a meaning, and nobody has agreed on one. */
const RESERVED = 0x70;
const MASKED = 0x80;
const MASK_LENGTH = 4;
/** Set in the kind of a frame that is about the websocket itself. */
const CONTROL = 0x08;
/** The longest payload of a frame that is about the websocket itself. */
const MAX_CONTROL_LENGTH = 125;
/** What all bits of a text are below whose characters are bytes. */
const BEYOND_ASCII = 0x80;

/** What a client sent is no frame that it may send: the websocket is closed with this code. */
export class FrameError extends Error {
  override readonly name = 'FrameError';

  constructor(
    message: string,
    readonly closeCode: number,
  ) {
    super(message);
  }
}

const malformed = (what: string) => new FrameError(`A websocket frame ${what}.`, CLOSE_CODE.protocolError);
const tooLarge = () => new FrameError('A message is too large.', CLOSE_CODE.tooLarge);

/** Whoever is told what comes on a websocket. */
export interface FrameListener {
  /** A text, or binary data. */
  onMessage(message: string | Buffer): void;
  onPing(payload: Buffer): void;
  /** The other side closes it; nothing it sends is read from then on. */
  onCloseFrame(code: number | undefined, reason: string): void;
}

/** @throws FrameError */
function toText(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString();
  throw new FrameError('A text is not UTF-8.', CLOSE_CODE.noText);
}

/** Takes the mask, which is right before the payload, off the payload; answers with all bits that are set anywhere in it. */
function unmask(bytes: Buffer, start: number, end: number): number {
  const mask = start - MASK_LENGTH;
  let bits = 0;
  for (let index = start; index < end; index += 1) {
    const byte = (bytes[index] ?? 0) ^ (bytes[mask + ((index - start) & 3)] ?? 0);
    bytes[index] = byte;
    bits |= byte;
  }
  return bits;
}

/** Bytes of the length behind the second byte, by what that says of it. */
function extraLengthOf(short: number): number {
  if (short < 126) return 0;
  return short === 126 ? 2 : 8;
}

function lengthAt(bytes: Buffer, at: number, short: number): number {
  if (short < 126) return short;
  return short === 126 ? bytes.readUInt16BE(at) : Number(bytes.readBigUInt64BE(at));
}

/** Whether a close frame may give this code; the others are for what no frame says. */
const isCloseCode = (code: number) =>
  (code >= 1000 && code <= 1014 && (code < 1004 || code > 1006)) || (code >= 3000 && code <= 4999);

/** RFC 6455: reads the frames of a client, where no extension is agreed on. */
export class FrameReader {
  /** The beginning of a frame. */
  private held: GrowingBytes | undefined;
  /** Bytes of it from which on it is worth to look at it again. */
  private needed = 0;
  /** The beginning of a message that comes in several frames, and what kind it is. */
  private message: GrowingBytes | undefined;
  private messageKind = 0;
  private isOver = false;

  constructor(
    private readonly listener: FrameListener,
    /** Bytes of a message at most. */
    private readonly maxLength: number,
  ) {}

  /** Takes what has come; tells the listener of every frame that is whole with it. The bytes are its own from now on. @throws FrameError */
  read(chunk: Buffer): void {
    const bytes = this.joinHeld(chunk);
    let at = 0;
    while (at < bytes.length && !this.isOver) {
      const end = this.readFrame(bytes, at);
      if (end === undefined) {
        this.held = new GrowingBytes(bytes.subarray(at));
        return;
      }
      at = end;
    }
  }

  /** What is to be looked at: nothing while a frame is known to be longer than what has come of it. */
  private joinHeld(chunk: Buffer): Buffer {
    const { held } = this;
    if (!held) return chunk;
    held.append(chunk);
    if (held.length < this.needed) return chunk.subarray(chunk.length);
    this.held = undefined;
    return held.toBuffer();
  }

  /** Reads the frame that begins at `at`. Answers with where it ends, or `undefined` while it is not whole. */
  private readFrame(bytes: Buffer, at: number): number | undefined {
    const first = bytes[at] ?? 0;
    const second = bytes[at + 1];
    if (second === undefined) return this.awaitBytes(2);
    this.checkHead(first, second);
    const short = second & ~MASKED;
    const start = at + 2 + extraLengthOf(short) + MASK_LENGTH;
    if (bytes.length < start) return this.awaitBytes(start - at);
    const length = lengthAt(bytes, at + 2, short);
    const before = first & CONTROL ? 0 : (this.message?.length ?? 0);
    if (length + before > this.maxLength) throw tooLarge();
    const end = start + length;
    if (bytes.length < end) return this.awaitBytes(end - at);
    const bits = unmask(bytes, start, end);
    if (first === (FINAL | OPCODE.text) && bits < BEYOND_ASCII)
      this.listener.onMessage(bytes.toString('latin1', start, end));
    else this.take(first, bytes.subarray(start, end));
    return end;
  }

  private awaitBytes(count: number): undefined {
    this.needed = count;
  }

  /** @throws FrameError */
  private checkHead(first: number, second: number): void {
    if (first & RESERVED) throw malformed('has bits that nobody has agreed on');
    if (!(second & MASKED)) throw malformed('is not masked');
    const opcode = first & ~FINAL;
    if (opcode === OPCODE.continuation) {
      if (this.messageKind === 0) throw malformed('goes on with nothing');
    } else if (opcode === OPCODE.text || opcode === OPCODE.binary) {
      if (this.messageKind !== 0) throw malformed('begins a message within another');
    } else if (opcode !== OPCODE.close && opcode !== OPCODE.ping && opcode !== OPCODE.pong) {
      throw malformed('is of an unknown kind');
    } else if (!(first & FINAL) || (second & ~MASKED) > MAX_CONTROL_LENGTH) {
      throw malformed('that is about the websocket itself comes in parts, or is too long');
    }
  }

  private take(first: number, payload: Buffer): void {
    const opcode = first & ~FINAL;
    if (opcode === OPCODE.close) this.close(payload);
    else if (opcode === OPCODE.ping) this.listener.onPing(payload);
    else if (opcode !== OPCODE.pong) this.takePart(opcode, payload, (first & FINAL) !== 0);
  }

  private takePart(opcode: number, part: Buffer, isLast: boolean): void {
    if (opcode !== OPCODE.continuation) this.messageKind = opcode;
    if (this.message) this.message.append(part);
    else if (!isLast) this.message = new GrowingBytes(part);
    if (!isLast) return;
    const whole = this.message?.toBuffer() ?? part;
    const kind = this.messageKind;
    this.message = undefined;
    this.messageKind = 0;
    this.listener.onMessage(kind === OPCODE.text ? toText(whole) : whole);
  }

  private close(payload: Buffer): void {
    if (payload.length === 1) throw malformed('closes with half a code');
    const code = payload.length === 0 ? undefined : payload.readUInt16BE(0);
    if (code !== undefined && !isCloseCode(code)) throw malformed('closes with a code that there is not');
    const reason = toText(payload.subarray(2));
    this.isOver = true;
    this.listener.onCloseFrame(code, reason);
  }
}
