import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readEventData } from './event-stream';

async function* piecesOf(bytes: Uint8Array, sizes: readonly number[]) {
  let at = 0;
  for (const size of sizes) {
    yield bytes.subarray(at, at + size);
    at += size;
  }
  yield bytes.subarray(at);
}

async function read(text: string, sizes: readonly number[] = []): Promise<string[]> {
  const events: string[] = [];
  for await (const data of readEventData(piecesOf(new TextEncoder().encode(text), sizes))) events.push(data);
  return events;
}

test.each([
  ['line feeds', 'data: a\n\ndata: b\n\n', ['a', 'b']],
  ['carriage returns and line feeds', 'data: a\r\n\r\ndata: b\r\n\r\n', ['a', 'b']],
  ['carriage returns', 'data: a\r\rdata: b\r\r:\n', ['a', 'b']],
  ['no space behind the colon', 'data:a\n\n', ['a']],
  ['two spaces behind the colon', 'data:  a\n\n', [' a']],
  ['several lines of data', 'data: a\ndata: b\n\n', ['a\nb']],
  ['data without a value', 'data\n\n', ['']],
  ['other fields and comments', ': hello\nevent: x\nid: 1\nretry: 5\ndata: a\nother\n\n', ['a']],
  ['a byte order mark', '\uFEFFdata: a\n\n', ['a']],
  ['no data at all', 'event: x\n\n: hello\n\n', []],
  ['an event that is cut off', 'data: a\n\ndata: b\n', ['a']],
])('events with %s are read', async (_what, text, events) => {
  expect(await read(text)).toEqual(events);
});

test('events are the same, wherever their bytes are cut', async () => {
  const lines = fc.constantFrom('data: é€😀', 'data:x', ': c', 'event: x', '', '', 'data');
  const ends = fc.constantFrom('\n', '\r\n');
  const texts = fc.array(fc.tuple(lines, ends)).map((parts) => parts.flat().join(''));
  await fc.assert(
    fc.asyncProperty(texts, fc.array(fc.nat({ max: 7 })), async (text, sizes) => {
      expect(await read(text, sizes)).toEqual(await read(text));
    }),
  );
});
