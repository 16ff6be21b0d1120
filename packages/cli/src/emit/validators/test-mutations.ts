import fc from 'fast-check';

/** One change to a value: where, which, and with what. */
interface Mutation {
  readonly place: number;
  readonly kind: number;
  readonly value: unknown;
  readonly name: string;
}

const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'a/b~c', '', 'extra', 'a', '0'];
const UUID = '123e4567-e89b-42d3-a456-42661417400';

const VALUES: readonly unknown[] = [
  ...[null, true, false, 0, -0, 1, -1, 0.5, 2 ** 53, 1e308, -1e-7, '', 'a', [], {}, [[]], [null], { a: 1 }],
  ...['A', 'a'.repeat(64), 'a'.repeat(65), 'a'.repeat(256), 'a'.repeat(257), '\u{1f600}'.repeat(256)],
  ...[
    '\ud83d',
    '\ude00\ud83d',
    'e\u0301',
    '\u0000',
    '\n',
    `${UUID}0`,
    `${UUID}g`,
    UUID,
    '2024-02-29T12:00:00Z',
  ],
  ...['2023-02-29T12:00:00Z', 'SUCCESS', 'Debug', 'debug', JSON.parse('{"__proto__":{"a":1},"toString":2}')],
];

const mutations: fc.Arbitrary<Mutation> = fc.record({
  place: fc.nat(),
  kind: fc.nat(),
  value: fc.oneof(fc.constantFrom(...VALUES), fc.jsonValue({ maxDepth: 1 })),
  name: fc.oneof(fc.constantFrom(...NAMES), fc.string({ maxLength: 3 })),
});

type Change = (value: unknown, mutation: Mutation) => unknown;

/** `fromEntries` makes `__proto__` a property like any other; no setter of a prototype is called. */
const withEntries = (entries: readonly (readonly [string, unknown])[]) => Object.fromEntries(entries);
const pick = ({ place }: Mutation, length: number) => (length === 0 ? -1 : place % length);

const OBJECT_CHANGES: readonly Change[] = [
  (value, mutation) => {
    const entries = Object.entries(Object(value));
    return withEntries(entries.filter((_, index) => index !== pick(mutation, entries.length)));
  },
  (value, { name, value: added }) => withEntries([...Object.entries(Object(value)), [name, added]]),
  (value, mutation) => {
    const entries = Object.entries(Object(value));
    const chosen = pick(mutation, entries.length);
    return withEntries(entries.map(([name, one], index) => [index === chosen ? mutation.name : name, one]));
  },
];

const ARRAY_CHANGES: readonly ((items: readonly unknown[], mutation: Mutation) => unknown)[] = [
  (items, mutation) => items.filter((_, index) => index !== pick(mutation, items.length)),
  (items, { value }) => [...items, value],
  (items) => [...items, ...items],
];

const TEXT_CHANGES: readonly ((text: string) => unknown)[] = [
  (text) => `${text}a`,
  (text) => text.slice(1),
  (text) => text.slice(0, -1),
  (text) => text.toUpperCase(),
  (text) => `${text}\u{1f600}`,
  (text) => `${text}\ud83d`,
  (text) => `${text}\u0301`,
  (text) => ` ${text}`,
  (text) => `${text}\n`,
];

const NUMBER_CHANGES: readonly ((number: number) => unknown)[] = [
  (number) => number + 1,
  (number) => number - 1,
  (number) => number + 0.5,
  (number) => -number,
  (number) => String(number),
];

const choose = <Item>(items: readonly Item[], { kind }: Mutation): Item | undefined =>
  items[kind % items.length];

/** A value changed at its root. */
function changed(value: unknown, mutation: Mutation): unknown {
  // One change in four is another value altogether.
  if (mutation.kind % 4 === 0) return mutation.value;
  if (typeof value === 'string') return choose(TEXT_CHANGES, mutation)?.(value);
  if (typeof value === 'number') return choose(NUMBER_CHANGES, mutation)?.(value);
  if (Array.isArray(value)) return choose(ARRAY_CHANGES, mutation)?.(value, mutation);
  if (typeof value === 'object' && value !== null) return choose(OBJECT_CHANGES, mutation)?.(value, mutation);
  return mutation.value;
}

/** A value changed somewhere: at its root, or further in with every second step. */
function mutate(value: unknown, mutation: Mutation): unknown {
  const inner = { ...mutation, place: Math.floor(mutation.place / 7) };
  const isLeaf = typeof value !== 'object' || value === null || Object.keys(value).length === 0;
  if (isLeaf || mutation.place % 3 === 0) return changed(value, mutation);
  const entries = Object.entries(value);
  const chosen = pick(inner, entries.length);
  const results = entries.map(
    ([name, one], index) => [name, index === chosen ? mutate(one, inner) : one] as const,
  );
  return Array.isArray(value) ? results.map(([, one]) => one) : withEntries(results);
}

/** Values with up to three changes to each. */
export const mutated = (values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(values, fc.array(mutations, { maxLength: 3 }))
    .map(([value, changes]) => changes.reduce(mutate, value));
