import type { JsonSchema, JsonSchemaObject } from '@wirepact/contract';
import fc from 'fast-check';

type Definitions = Readonly<Record<string, JsonSchema>>;

/** How deep values of recursive schemas get. */
const MAX_DEPTH = 4;
/** Texts are made up to this length, above it only around the bounds of a schema that are small. */
const LONG = 300;

const UUID = '123e4567-e89b-42d3-a456-426614174000';

/** Texts of every format: a right one first, then others, and near misses. */
const FORMATTED: Readonly<Record<string, readonly [string, ...string[]]>> = {
  uuid: [UUID, UUID.toUpperCase(), `${UUID}0`, UUID.slice(1), UUID.replace('-', ''), UUID.replace('e', 'g')],
  date: [
    '2024-02-29',
    '2023-02-29',
    '1900-02-29',
    '2000-02-29',
    '2024-04-31',
    '2024-00-10',
    '24-01-01',
    '2024-1-01',
  ],
  time: [
    '12:00:00Z',
    '23:59:60Z',
    '22:59:60-01:00',
    '23:58:60Z',
    '24:00:00Z',
    '12:00:00',
    '12:00:00.5+24:00',
    '01:29:60+01:30',
  ],
  'date-time': [
    '2024-02-29T12:00:00Z',
    '2024-02-29t12:00:00.123z',
    '2024-02-29 12:00:00Z',
    '2024-02-30T12:00:00Z',
    '1998-12-31T15:59:60.1-08:00',
    '2024-02-29T12:00:00',
    '2024-02-29T12:00:00+01:00',
    '0000-02-29T00:00:00Z',
  ],
  duration: ['P1D', 'P1Y2M3DT4H5M6S', 'PT1H', 'P', 'PT', 'P1W', 'P1Y1D', 'P1M1D', 'PT1H1S', 'P1W1D', 'p1d'],
  email: [
    'a@b.cd',
    'a.b@c',
    '.a@b',
    'a..b@c',
    '"a b"@c',
    '"a\\"b"@c',
    'a@[127.0.0.1]',
    'a@[IPv6:::1]',
    'a@-b',
    'a@b-',
    `a@${'x'.repeat(63)}`,
    `a@${'x'.repeat(64)}`,
    'a@b@c',
    'ä@b',
  ],
  ipv4: ['1.2.3.4', '255.255.255.255', '256.1.1.1', '01.2.3.4', '1.2.3', '1.2.3.4.5', '1.2.3.4 '],
  ipv6: [
    '::',
    '::1',
    '1::',
    '1:2:3:4:5:6:7:8',
    '1:2:3:4:5:6:7::',
    '::2:3:4:5:6:7:8',
    '1::3:4:5:6:7:8',
    '1:2:3:4::5:6:7:8',
    '1::2::3',
    ':::',
    '12345::',
    '1:2:3:4:5:6:1.2.3.4',
    '1:2:3:4:5::1.2.3.4',
    '1:2:3:4:5:6::1.2.3.4',
    '::ffff:1.2.3.4',
    '::1.2.3',
    ':1',
    '1:',
    '1:2:3:4:5:6:7',
  ],
  uri: [
    'http://a.b/c?d#e',
    'urn:x:y',
    'a:',
    'a:/',
    'a://',
    'a:///b',
    '//a',
    'a',
    'http://[::1]:80/x',
    'http://[v1.a:b]/',
    'http://[1:2]/',
    'http://a b',
    'http://u:p@h:1/%20',
    'http://h/%2',
    'a:b?c?d#e',
    'a:#b#c',
    'http://h:x/',
    '1a:b',
    'a:b\\c',
    'http://ä/',
  ],
  'uri-reference': [
    '',
    '#',
    '?',
    '/a',
    'a/b',
    '//h/p',
    './a:b',
    'a:b',
    ':a',
    '1:2',
    'a b',
    '%zz',
    '#a#b',
    'x@y',
    '//[::1]/',
  ],
  'json-pointer': ['', '/', '/a/b', '/~0~1', '/~2', 'a', '/a~', '//', '/ä'],
};

/** Texts for patterns that look ahead or behind, which fast-check makes none for: links of all kinds, a right one first. */
const LINKS = [
  'https://a.example/b',
  ...['HTTP://a', 'a/b', '/a?b#c', '//a.example', 'data:image/png;base64,AA==', 'data:audio/ogg,a', ''],
  ...[
    'javascript:alert(1)',
    'JavaScript:a',
    ' https://a',
    '\njavascript:a',
    'data:text/html,a',
    'vbscript:a',
  ],
  ...['data:image/svg+xml,a', 'file:///a', 'mailto:a@b', 'https://a\u0000', 'a:b'],
] as const;

const near = (limits: readonly (number | undefined)[]) =>
  limits.filter((limit) => limit !== undefined).flatMap((limit) => [limit - 1, limit, limit + 1]);

/** The first of some values, which is a right one, more often than the others. */
const mostly = <Value>(first: Value, ...others: Value[]) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(first) },
    { weight: 1, arbitrary: fc.constantFrom(first, ...others) },
  );

function textsOf({ format, pattern, minLength, maxLength }: JsonSchemaObject): fc.Arbitrary<string> {
  if (format !== undefined) return mostly(...(FORMATTED[format] ?? ([''] as const)));
  if (pattern !== undefined && /\(\?[=!<]/.test(pattern)) return mostly(...LINKS);
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern, 'u'));
  const lengths = near([minLength, maxLength]).filter((length) => length >= 0 && length <= LONG);
  const letter = fc.constantFrom('a', '\u{1f600}', 'e\u0301', '\ud83d', '\ude00');
  // As many characters as a bound, or about as many of JavaScript's units.
  const around = fc
    .tuple(letter, fc.constantFrom(...lengths, 3), fc.constantFrom(1, 2))
    .map(([text, length, divisor]) => text.repeat(Math.ceil(length / divisor)));
  return fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), around);
}

function numbersOf(schema: JsonSchemaObject): fc.Arbitrary<number> {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf = 1 } = schema;
  const limits = near([minimum, maximum, exclusiveMinimum, exclusiveMaximum]);
  const multiples = fc
    .integer({ min: -50, max: 50 })
    .map((count) => Number((count * multipleOf).toPrecision(12)));
  const right = fc.integer({ min: minimum ?? -50, max: maximum ?? 50 });
  const others = fc.oneof(fc.constantFrom(...limits, 0, -0, 0.5), multiples, fc.integer());
  return fc.oneof({ weight: 3, arbitrary: right }, { weight: 2, arbitrary: others });
}

const isNothing = (schema: JsonSchema) =>
  schema === false || (schema !== true && JSON.stringify(schema.not) === '{}');

function objectsOf(schema: JsonSchemaObject, $defs: Definitions, depth: number): fc.Arbitrary<unknown> {
  const required = new Set(schema.required);
  const known = Object.entries(schema.properties ?? {}).filter(
    ([name, property]) => required.has(name) || (depth < MAX_DEPTH && !isNothing(property)),
  );
  const others = [...required].filter((name) => !Object.hasOwn(schema.properties ?? {}, name));
  const properties = [...known, ...others.map((name) => [name, true] as const)].map(([name, property]) => {
    const value = valuesOf(property, $defs, depth + 1).map((one) => [[name, one]]);
    return required.has(name) ? value : fc.oneof(value, fc.constant([]));
  });
  const { additionalProperties: rest = true } = schema;
  const more =
    rest === false || depth >= MAX_DEPTH
      ? fc.constant([])
      : fc.array(fc.tuple(fc.string({ maxLength: 3 }), valuesOf(rest, $defs, depth + 1)), { maxLength: 2 });
  // `fromEntries` makes `__proto__` a property like any other.
  return fc
    .tuple(...properties, more)
    .map((entries) => Object.fromEntries(entries.flat() as [string, unknown][]));
}

function arraysOf(schema: JsonSchemaObject, $defs: Definitions, depth: number): fc.Arbitrary<unknown[]> {
  const prefix = (schema.prefixItems ?? []).map((item) => valuesOf(item, $defs, depth + 1));
  const { items = true, contains = true, minItems = 0, maxItems = minItems + 3 } = schema;
  if (items === false || depth >= MAX_DEPTH) return fc.tuple(...prefix);
  const item = fc.oneof(valuesOf(items, $defs, depth + 1), valuesOf(contains, $defs, depth + 1));
  const rest = fc.array(item, { minLength: Math.min(minItems, 6), maxLength: Math.min(maxItems + 1, 6) });
  return fc.tuple(fc.tuple(...prefix), rest).map(([first, more]) => [...first, ...more]);
}

/** Values that all branches had a part in; of two that have the same property, the first. */
const merged = (branches: readonly fc.Arbitrary<unknown>[]) =>
  fc
    .tuple(...branches)
    .map((values) =>
      values.every((value) => typeof value === 'object' && value !== null && !Array.isArray(value))
        ? Object.fromEntries(values.toReversed().flatMap((value) => Object.entries(Object(value))))
        : values.at(-1),
    );

function typedValues(schema: JsonSchemaObject, $defs: Definitions, depth: number): fc.Arbitrary<unknown> {
  const types = schema.type === undefined ? guessTypes(schema) : [schema.type].flat();
  return fc.oneof(
    ...types.map((type): fc.Arbitrary<unknown> => {
      if (type === 'string') return textsOf(schema);
      if (type === 'object') return objectsOf(schema, $defs, depth);
      if (type === 'array') return arraysOf(schema, $defs, depth);
      if (type === 'boolean') return fc.boolean();
      return type === 'null' ? fc.constant(null) : numbersOf(schema);
    }),
  );
}

/** The types that a schema without any seems to be about. */
function guessTypes(schema: JsonSchemaObject): string[] {
  const text = Object.keys(schema).join();
  if (/Length|pattern$|format/.test(text)) return ['string'];
  if (/[pP]ropert|required|dependent/i.test(text)) return ['object'];
  if (/[iI]tems|ontains/.test(text)) return ['array'];
  return ['string', 'number', 'boolean', 'null', 'object', 'array'];
}

/** Values that mostly match a schema, or nearly do. */
export function valuesOf(schema: JsonSchema, $defs: Definitions, depth = 0): fc.Arbitrary<unknown> {
  if (typeof schema === 'boolean') return fc.jsonValue({ maxDepth: 1 });
  if (schema.$ref !== undefined)
    return valuesOf($defs[schema.$ref.slice('#/$defs/'.length)] ?? true, $defs, depth);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const branches =
    schema.anyOf ??
    schema.oneOf ??
    [schema.then ?? {}, schema.else ?? {}].filter((one) => one !== true && Object.keys(one).length > 0);
  const {
    anyOf: _any,
    oneOf: _one,
    allOf = [],
    if: _if,
    then: _then,
    else: _else,
    not: _not,
    ...own
  } = schema;
  const parts = allOf.map((part) => valuesOf(part, $defs, depth));
  if (branches.length > 0) parts.push(fc.oneof(...branches.map((branch) => valuesOf(branch, $defs, depth))));
  if (Object.keys(own).length > 0 || parts.length === 0) parts.unshift(typedValues(own, $defs, depth));
  return merged(parts);
}
