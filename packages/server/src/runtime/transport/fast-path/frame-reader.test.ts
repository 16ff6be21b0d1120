import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OPCODE } from './frame';
import { FrameError, FrameReader } from './frame-reader';

const MAX_LENGTH = 100_000;

interface FrameParts {
  readonly opcode: number;
  readonly payload: Buffer;
  readonly isLast?: boolean;
  readonly mask?: Buffer;
}

/** The length as RFC 6455 writes it, behind the bit that says that a mask follows. */
function lengthBytes(length: number): Buffer {
  if (length < 126) return Buffer.of(0x80 | length);
  if (length < 65_536) return Buffer.of(0x80 | 126, length >> 8, length & 0xff);
  const bytes = Buffer.alloc(9, 0x80 | 127);
  bytes.writeBigUInt64BE(BigInt(length), 1);
  return bytes;
}

/** A frame as a client sends it. */
function clientFrame({ opcode, payload, isLast = true, mask = Buffer.of(1, 2, 3, 4) }: FrameParts): Buffer {
  const masked = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return Buffer.concat([
    Buffer.of((isLast ? 0x80 : 0) | opcode),
    lengthBytes(payload.length),
    mask,
    Buffer.from(masked),
  ]);
}

const text = (said: string, parts: Partial<FrameParts> = {}) =>
  clientFrame({ opcode: OPCODE.text, payload: Buffer.from(said), ...parts });

/** A reader, with all that it has told. */
function createReader(maxLength = MAX_LENGTH) {
  const told: unknown[] = [];
  const reader = new FrameReader(
    {
      onMessage: (message) =>
        told.push(typeof message === 'string' ? message : { binary: message.toString('hex') }),
      onPing: (payload) => told.push({ ping: String(payload) }),
      onCloseFrame: (code, reason) => told.push({ close: code, reason }),
    },
    maxLength,
  );
  return { reader, told };
}

/** What is told of these bytes, in one piece. */
function readAll(...frames: Buffer[]): unknown[] {
  const { reader, told } = createReader();
  reader.read(Buffer.concat(frames));
  return told;
}

/** The close code that these bytes are refused with. */
function refusalOf(...frames: Buffer[]): number | undefined {
  try {
    readAll(...frames);
  } catch (error) {
    if (error instanceof FrameError) return error.closeCode;
    throw error;
  }
  return undefined;
}

/** Cuts bytes in pieces, copies of their own, as a socket hands them on. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...ends].map((start, index) => Buffer.from(bytes.subarray(start, ends[index])));
}

const { continuation, binary, close, ping, pong } = OPCODE;

test.each([0, 1, 125, 126, 127, 65_535, 65_536, 99_999])('a text of %i bytes is read', (length) => {
  const said = 'x'.repeat(length);
  expect(readAll(text(said))).toEqual([said]);
});

test('a text is UTF-8, in one frame and in several', () => {
  const said = 'ä€😀 and more';
  const bytes = Buffer.from(said);
  // In the middle of the characters.
  const parts = [bytes.subarray(0, 1), bytes.subarray(1, 7), bytes.subarray(7)];
  const frames = parts.map((payload, index) =>
    clientFrame({ opcode: index === 0 ? OPCODE.text : continuation, payload, isLast: index === 2 }),
  );
  expect(readAll(text(said), ...frames)).toEqual([said, said]);
});

test('pings and pongs come between the frames of a message, and empty frames are part of one', () => {
  const none = Buffer.alloc(0);
  const frames = [
    clientFrame({ opcode: binary, payload: none, isLast: false }),
    clientFrame({ opcode: ping, payload: Buffer.from('there?') }),
    clientFrame({ opcode: continuation, payload: Buffer.of(1, 2), isLast: false }),
    clientFrame({ opcode: pong, payload: none }),
    clientFrame({ opcode: continuation, payload: Buffer.of(3), isLast: false }),
    clientFrame({ opcode: continuation, payload: none }),
  ];
  expect(readAll(...frames)).toEqual([{ ping: 'there?' }, { binary: '010203' }]);
});

test('pings do not count as part of the message that they come in', () => {
  const { reader, told } = createReader(10);
  reader.read(text('0123456789', { isLast: false }));
  reader.read(clientFrame({ opcode: ping, payload: Buffer.from('there?') }));
  reader.read(clientFrame({ opcode: continuation, payload: Buffer.alloc(0) }));
  expect(told).toEqual([{ ping: 'there?' }, '0123456789']);
});

test('nothing is read behind a close frame', () => {
  const payload = Buffer.concat([Buffer.of(0x03, 0xe8), Buffer.from('bye')]);
  expect(readAll(text('one'), clientFrame({ opcode: close, payload }), text('two'))).toEqual([
    'one',
    { close: 1000, reason: 'bye' },
  ]);
  const { reader, told } = createReader();
  reader.read(clientFrame({ opcode: close, payload: Buffer.alloc(0) }));
  reader.read(text('late'));
  expect(told).toEqual([{ close: undefined, reason: '' }]);
});

test('frames are the same however their bytes come, masked by whatever', () => {
  const message = fc.record({
    isText: fc.boolean(),
    said: fc.string({ unit: 'grapheme', maxLength: 300 }),
    mask: fc.uint8Array({ minLength: 4, maxLength: 4 }),
    parts: fc.integer({ min: 1, max: 4 }),
  });
  const places = fc.array(fc.nat(5_000), { maxLength: 20 });
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 6 }), places, (messages, cuts) => {
      const frames = messages.flatMap(({ isText, said, mask, parts }) => {
        const bytes = Buffer.from(said);
        const size = Math.ceil(bytes.length / parts);
        return Array.from({ length: parts }, (_, index) =>
          clientFrame({
            opcode: index > 0 ? continuation : isText ? OPCODE.text : binary,
            payload: bytes.subarray(index * size, (index + 1) * size),
            isLast: index === parts - 1,
            mask: Buffer.from(mask),
          }),
        );
      });
      const { reader, told } = createReader();
      for (const piece of cut(Buffer.concat(frames), cuts)) reader.read(piece);
      const expected = messages.map(({ isText, said }) =>
        isText ? said : { binary: Buffer.from(said).toString('hex') },
      );
      expect(told).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});

test('a frame is looked at when it is whole, not at every byte that comes', () => {
  const { reader, told } = createReader();
  const said = 'x'.repeat(50_000);
  const frame = text(said);
  for (const byte of frame.subarray(0, -1)) reader.read(Buffer.of(byte));
  expect(told).toEqual([]);
  reader.read(frame.subarray(-1));
  expect(told).toEqual([said]);
});

describe('what a client may not send is refused, with the code for it', () => {
  const frame = text('x');
  const changed = (index: number, change: (byte: number) => number) => {
    const bytes = Buffer.from(frame);
    bytes[index] = change(bytes[index] ?? 0);
    return bytes;
  };

  test.each([0x10, 0x20, 0x40])('bits that nobody has agreed on: %i', (bit) => {
    expect(refusalOf(changed(0, (byte) => byte | bit))).toBe(1002);
  });

  test.each([3, 4, 5, 6, 7, 11, 12, 13, 14, 15])('a frame of the unknown kind %i', (opcode) => {
    expect(refusalOf(clientFrame({ opcode, payload: Buffer.alloc(0) }))).toBe(1002);
  });

  test('a frame without a mask', () => {
    expect(refusalOf(changed(1, (byte) => byte & 0x7f))).toBe(1002);
  });

  test('a message within another, and one that goes on with nothing', () => {
    expect(refusalOf(text('one', { isLast: false }), text('two'))).toBe(1002);
    expect(refusalOf(text('one'), clientFrame({ opcode: continuation, payload: Buffer.of(1) }))).toBe(1002);
  });

  test.each([close, ping, pong])('a frame of kind %i in parts, or too long', (opcode) => {
    expect(refusalOf(clientFrame({ opcode, payload: Buffer.alloc(0), isLast: false }))).toBe(1002);
    expect(refusalOf(clientFrame({ opcode, payload: Buffer.alloc(126) }))).toBe(1002);
  });

  test.each([0, 999, 1004, 1005, 1006, 1015, 2999, 5000])('a close for the reason %i', (code) => {
    const payload = Buffer.of(code >> 8, code & 0xff);
    expect(refusalOf(clientFrame({ opcode: close, payload }))).toBe(1002);
  });

  test('a close with half a code', () => {
    expect(refusalOf(clientFrame({ opcode: close, payload: Buffer.of(3) }))).toBe(1002);
  });

  test('what is no UTF-8: in a text, in one of several frames, in why it is closed', () => {
    const payload = Buffer.of(0xc3, 0x28);
    expect(refusalOf(clientFrame({ opcode: OPCODE.text, payload }))).toBe(1007);
    const parts = [text('x', { isLast: false }), clientFrame({ opcode: continuation, payload })];
    expect(refusalOf(...parts)).toBe(1007);
    const reason = Buffer.concat([Buffer.of(0x03, 0xe8), payload]);
    expect(refusalOf(clientFrame({ opcode: close, payload: reason }))).toBe(1007);
  });

  test('a message over the limit, before more than its length has come', () => {
    const head = text('x'.repeat(MAX_LENGTH + 1)).subarray(0, 14);
    expect(refusalOf(head)).toBe(1009);
    const vast = Buffer.concat([Buffer.of(0x81, 0xff), Buffer.alloc(8, 0xff), Buffer.alloc(4)]);
    expect(refusalOf(vast)).toBe(1009);
  });

  test('a message whose frames together are over the limit', () => {
    const half = Buffer.alloc(MAX_LENGTH / 2 + 1, 'x');
    const first = clientFrame({ opcode: OPCODE.text, payload: half, isLast: false });
    expect(refusalOf(first)).toBeUndefined();
    expect(refusalOf(first, clientFrame({ opcode: continuation, payload: half }))).toBe(1009);
  });
});
