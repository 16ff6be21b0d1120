import { expect, test } from 'vitest';
import { createPacketScan, type PacketBounds } from './packet-scan';

const TEXTS = ['', 'a', '"', '\\', '\\"', '[', '{"', ',', '":[', '\u0000', '😀', '\\\\"', 'x'.repeat(50)];

/** Numbers from 0 up to `below`, the same in every run. */
function createNumbers(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A value of JSON, some `depth` levels deep at most. */
function anyJson(next: (below: number) => number, depth: number): unknown {
  const items = () => Array.from({ length: next(6) }, () => anyJson(next, depth - 1));
  switch (depth > 0 ? next(5) : 2 + next(3)) {
    case 0:
      return items();
    case 1:
      return Object.fromEntries(items().map((item, index) => [`${TEXTS[next(TEXTS.length)]}${index}`, item]));
    case 2:
      return TEXTS[next(TEXTS.length)];
    case 3:
      return next(1_000) / 8;
    default:
      return null;
  }
}

/** What there is in a value, counted after it was parsed. */
function measure(value: unknown): PacketBounds {
  if (typeof value !== 'object' || value === null) return { maxDepth: 0, maxProperties: 0, maxValues: 0 };
  const items: unknown[] = Object.values(value);
  const inside = items.map(measure);
  const largest = (name: keyof PacketBounds) => Math.max(0, ...inside.map((bounds) => bounds[name]));
  return {
    maxDepth: 1 + largest('maxDepth'),
    maxProperties: Math.max(Array.isArray(value) ? 0 : items.length, largest('maxProperties')),
    // Brackets and commas: what can be counted without reading values.
    maxValues: 1 + Math.max(0, items.length - 1) + inside.reduce((sum, { maxValues }) => sum + maxValues, 0),
  };
}

test('[B8] a text is within its own bounds, and within no smaller ones', () => {
  const next = createNumbers(7);
  for (let round = 0; round < 500; round += 1) {
    const value = [anyJson(next, 5)];
    const text = `42${JSON.stringify(value)}`;
    const { maxDepth, maxProperties, maxValues } = measure(value);
    const scan = (bounds: Partial<PacketBounds>) =>
      createPacketScan({ maxDepth, maxProperties: Math.max(1, maxProperties), maxValues, ...bounds })(text);
    expect(scan({}), text).toBe(false);
    expect(scan({ maxDepth: maxDepth - 1 }), text).toBe(true);
    expect(scan({ maxValues: maxValues - 1 }), text).toBe(true);
    if (maxProperties > 1) expect(scan({ maxProperties: maxProperties - 1 }), text).toBe(true);
  }
});

test.each(['', '42', '"', '"\\', '[', '{', ']]]]', '}}', '[}{]', ',,,,', '"unfinished \\"'])(
  '[B8] what is no JSON is left to the parser: %j',
  (text) => {
    expect(createPacketScan({ maxDepth: 9, maxProperties: 9, maxValues: 9 })(text)).toBe(false);
  },
);
