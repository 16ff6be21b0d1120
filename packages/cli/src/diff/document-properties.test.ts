import { expect, it } from 'vitest';
import type { ContractDocument } from '../contract-document';
import { DOCUMENT } from '../document-shape';
import { checkVersion } from './check-version';
import { diffContracts } from './diff';
import { documentOf, eventOf } from './testing/test-documents';

const $defs = { A: { type: 'object' }, B: { type: 'array' } } as const;
const event = eventOf({
  payload: { $ref: '#/$defs/A' },
  reply: { $ref: '#/$defs/A' },
  stream: { $ref: '#/$defs/A' },
  resume: { item: 'd', payload: 'e' },
  durable: true,
  key: 'f',
  errors: ['LOST'],
  examples: [{}],
  deprecated: 'Use `that`.',
  room: { name: 'board', property: 'a', fallback: 'b' },
  actor: 'c',
});

/** A document that has every property a document can have. */
const whole = documentOf({
  extends: { base: '1.0.0' },
  errors: {
    LOST: { description: 'Lost.', retryable: false, action: 'Look.', data: { $ref: '#/$defs/A' } },
  },
  presence: { board: { $ref: '#/$defs/A' } },
  clientToServer: { it: event },
  serverToClient: { it: event },
  $defs,
});

/** Which values a map of the shape has here: the one that `whole` has in its place. */
const KEYS: Readonly<Record<string, string>> = {
  extends: 'base',
  errors: 'LOST',
  presence: 'board',
  clientToServer: 'it',
  serverToClient: 'it',
  $defs: 'A',
};

type Path = readonly string[];

/** The paths of everything the shape names, down to what has nothing inside. */
function pathsOf(shape: unknown, path: Path = []): Path[] {
  const { properties, additionalProperties } = Object(shape);
  if (Object.keys(Object(properties)).length > 0)
    return Object.entries(properties).flatMap(([name, inner]) => pathsOf(inner, [...path, name]));
  if (additionalProperties === undefined) return [path];
  return pathsOf(additionalProperties, [...path, KEYS[path.at(-1) ?? ''] ?? 'missing']);
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, name) => Reflect.get(Object(inner), name), value);

/** Another value of the same kind. */
function another(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) return [];
  if (value === '1.0.0') return '2.0.0';
  if (value === '#/$defs/A') return '#/$defs/B';
  return typeof value === 'string' ? `${value}x` : { type: 'array' };
}

function changed(value: unknown, [name, ...rest]: Path): unknown {
  if (name === undefined) return another(value);
  return { ...Object(value), [name]: changed(Reflect.get(Object(value), name), rest) };
}

/** Named by the others: its schema's version, and a name made of title and version. */
const DERIVED = ['$schema', '$id'];

const paths = pathsOf(DOCUMENT).filter(([name = '']) => !DERIVED.includes(name));

it('[E1] the document of this test has every property there is', () => {
  expect(paths.filter((path) => valueAt(whole, path) === undefined)).toEqual([]);
  expect(paths.length).toBeGreaterThan(45);
});

it.each(paths.map((path) => [path.join('/'), path] as const))('[E1] a change of %s is told', (_, path) => {
  // What another value at one place makes of a document is one again.
  const after = changed(whole, path) as ContractDocument;
  const diff = diffContracts(whole, after);
  if (path.join() === 'version') expect(checkVersion(after, whole, diff)?.message).toContain('is below');
  else expect(diff.bump).not.toBe('none');
});
