import { once } from 'node:events';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { createTurnEngine } from './turn-engine';

const MAX_PAYLOAD = 300;

/** A stream whose other side is the test. */
class Wire extends Duplex {
  readonly written: Buffer[] = [];

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.written.push(chunk);
    done();
  }

  /** What was written behind the lines that opened the websocket. */
  get frames(): string {
    const all = Buffer.concat(this.written);
    return all.subarray(all.indexOf('\r\n\r\n') + 4).toString('hex');
  }
}

/** A request for a websocket. */
function createRequest(): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  request.method = 'GET';
  request.headers = {
    upgrade: 'websocket',
    connection: 'Upgrade',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  };
  return request;
}

interface Listener {
  onMessage(message: unknown, isBinary: boolean): void;
  onError(): void;
}

type Open = (wire: Wire, listener: Listener) => void;

const NOTHING = Buffer.alloc(0);
const ws = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD });
const turns = new (createTurnEngine(64 * 1024))({ maxPayload: MAX_PAYLOAD });
const openWs: Open = (wire, { onMessage, onError }) =>
  ws.handleUpgrade(createRequest(), wire, NOTHING, (websocket) =>
    websocket.on('message', onMessage).on('error', onError),
  );
const openOurs: Open = (wire, { onMessage, onError }) =>
  turns.handleUpgrade(createRequest(), wire, NOTHING, (websocket) =>
    websocket.on('message', onMessage).on('error', onError),
  );

/** What is told of these bytes, and what is answered, until the other side has nothing more to say. */
async function tell(open: Open, pieces: readonly Buffer[]) {
  const wire = new Wire();
  const messages: unknown[] = [];
  let errors = 0;
  open(wire, {
    // ws has texts as bytes.
    onMessage: (message, isBinary) => messages.push(isBinary ? message : String(message)),
    onError: () => {
      errors += 1;
    },
  });
  for (const piece of pieces) {
    // Bytes are the reader's own from then on.
    if (!wire.readableEnded) wire.push(Buffer.from(piece));
    await nextTurn();
  }
  const closed = once(wire, 'close');
  wire.push(null);
  await nextTurn();
  wire.destroy();
  await closed;
  return { messages, errors, frames: wire.frames };
}

interface Frame {
  readonly head: number;
  readonly payload: Uint8Array;
  readonly isMasked: boolean;
}

/** A frame as a client sends it, or nearly. */
function toBytes({ head, payload, isMasked }: Frame): Buffer {
  const { length } = payload;
  const size = length < 126 ? [length] : [126, length >> 8, length & 0xff];
  const [short = 0, ...rest] = size;
  const mask = [0x37, 0xfa, 0x21, 0x3d];
  const body = isMasked ? payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0)) : payload;
  return Buffer.from([head, short | (isMasked ? 0x80 : 0), ...rest, ...(isMasked ? mask : []), ...body]);
}

const HEADS = [0x81, 0x82, 0x01, 0x02, 0x00, 0x80, 0x89, 0x8a];
/** Codes that a close frame may give, and those beside them that it may not. */
const CLOSE_CODES = [999, 1_000, 1_003, 1_004, 1_005, 1_006, 1_007, 1_014, 1_015, 2_999, 3_000, 4_999, 5_000];

const message: fc.Arbitrary<Frame> = fc.record({
  head: fc.constantFrom(...HEADS),
  payload: fc.string({ unit: 'grapheme', maxLength: 30 }).map((said) => Buffer.from(said)),
  isMasked: fc.constant(true),
});
const long = fc.record({
  head: fc.constantFrom(...HEADS),
  payload: fc.integer({ min: 120, max: MAX_PAYLOAD + 1 }).map((length) => Buffer.alloc(length, 'a')),
  isMasked: fc.constant(true),
});
const close = fc.record({
  head: fc.constant(0x88),
  payload: fc
    .tuple(fc.constantFrom(...CLOSE_CODES), fc.string({ maxLength: 10 }))
    .map(([code, reason]) => Buffer.from([code >> 8, code & 0xff, ...Buffer.from(reason)])),
  isMasked: fc.constant(true),
});
const wrong = fc.record({
  head: fc.tuple(fc.constantFrom(...HEADS, 0x88), fc.nat(7)).map(([head, bit]) => head ^ (1 << bit)),
  payload: fc.uint8Array({ maxLength: 20 }),
  isMasked: fc.integer({ max: 4, min: 0 }).map((number) => number > 0),
});

/** What clients send: mostly right, with all that may be wrong now and then. */
const FRAME = fc.oneof(
  { weight: 8, arbitrary: message },
  { weight: 2, arbitrary: long },
  { weight: 1, arbitrary: close },
  { weight: 1, arbitrary: wrong },
);

/** Bytes in pieces that end wherever. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

test('whatever frames a client sends, they are read, refused and answered as ws does it', async () => {
  const frames = fc.array(FRAME, { minLength: 1, maxLength: 8 });
  const places = fc.array(fc.nat(2_000), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(frames, places, async (sent, cuts) => {
      const pieces = cut(Buffer.concat(sent.map(toBytes)), cuts);
      expect(await tell(openOurs, pieces)).toEqual(await tell(openWs, pieces));
    }),
    { numRuns: 300 },
  );
});
