import { createContext, runInContext } from 'node:vm';
import type { JsonSchema, JsonSchemaObject } from '@wirepact/contract';
import { describe, expect, test } from 'vitest';
import { board, CARD } from '../test-contract';
import { toContractDocument } from './contract-document';
import { documentOf } from './test-documents';
import { type EmittedValidators, emitValidators } from './validators';
import { evaluateValidators } from './validators/test-evaluate';

const validatorOf = async (schema: JsonSchemaObject, others: Record<string, JsonSchemaObject> = {}) => {
  const validator = (await evaluateValidators(documentOf({ Subject: schema, ...others }))).get('Subject');
  if (!validator) throw new Error('Nothing was emitted.');
  return validator;
};

const issuesOf = async (schema: JsonSchemaObject, value: unknown) =>
  (await validatorOf(schema)).issues(value);

/** The emitted modules as one script, whose value is what both export. */
function toScript({ checks, issues }: EmittedValidators): string {
  const [checksBody = '', names = ''] = checks.split('export {');
  const issuesBody = issues.replace(/^import .*$/m, '').replace('export const', 'const');
  return `(() => {${checksBody}${issuesBody}return {listIssues,${names.replace(/(\w+) as (\w+)/g, '$2: $1')}})()`;
}

describe('an emitted module', () => {
  const emitted = emitValidators(toContractDocument(board));

  test.each(Object.entries(emitted))('of %s evaluates nothing', (_name, text) => {
    expect(text).not.toMatch(/\bimport\(|\beval\b|Function\(|require\(/);
    // Text of whatever language a contract is in comes out the same under any encoding.
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
  });

  test('imports nothing but the one beside it', () => {
    expect(emitted.checks).not.toMatch(/\bimport\b/);
    expect(emitted.issues.match(/\bimport\b.*/g)).toEqual([expect.stringMatching(/} from '.\/checks.js';$/)]);
  });

  test('runs where no code may be generated from strings', () => {
    const context = createContext({}, { codeGeneration: { strings: false, wasm: false } });
    expect(() => runInContext('Function("return 1")()', context)).toThrow(/Code generation from strings/);
    const { MoveCard, listIssues } = runInContext(toScript(emitted), context);
    expect(MoveCard({ cardId: CARD, column: 'todo' })).toBe(true);
    expect(MoveCard({ cardId: CARD, column: 'gone' })).toBe(false);
    expect(JSON.parse(JSON.stringify(listIssues(MoveCard, { cardId: 'x' })))).toEqual([
      { path: '/cardId', message: 'must be a valid uuid', keyword: 'format:uuid' },
      { path: '/column', message: 'is required', keyword: 'required' },
    ]);
  });

  test('is the same text for the same document', () => {
    expect(emitValidators(toContractDocument(board))).toEqual(emitted);
  });

  test('shadows nothing with the names of types', async () => {
    const globals = [
      'Object',
      'Array',
      'Number',
      'Map',
      'Set',
      'JSON',
      'BigInt',
      'String',
      'Infinity',
      'NaN',
    ];
    const names = [...globals, 'isObject', 'check0', 'check0_', 'listIssues', 'listers', 'constant0', 'path'];
    const schema: JsonSchemaObject = {
      type: 'object',
      properties: { n: { multipleOf: 0.1 } },
      maxProperties: 2,
    };
    const types = Object.fromEntries(names.map((name) => [name, { ...schema, required: [name] }]));
    const validators = await evaluateValidators(documentOf(types));
    for (const [name, { check, issues }] of validators) {
      expect(check({ [name]: 1, n: 0.3 })).toBe(true);
      expect(issues({ n: 1 })).toMatchObject([{ path: `/${name}`, keyword: 'required' }]);
    }
  });

  test('keeps to data what schemas say', async () => {
    const evil = '"];globalThis.broken=true;//\ue000\ue001v1\ue002\u2028`\'\\';
    const schema: JsonSchemaObject = {
      properties: { [evil]: { const: evil }, more: { pattern: '[/\u2028`"]|\\/' } },
      required: [evil],
    };
    const { check, issues } = await validatorOf(schema);
    expect(Object.values(emitValidators(documentOf({ Subject: schema }))).join('')).toMatch(
      /^[\n\x20-\x7e]*$/,
    );
    expect(check({ [evil]: evil, more: '/' })).toBe(true);
    expect(issues({ [evil]: 1, more: 'x' })).toHaveLength(2);
    expect(globalThis).not.toHaveProperty('broken');
  });
});

describe('equal schemas', () => {
  const text: JsonSchemaObject = { type: 'string', minLength: 1, maxLength: 9 };

  test('are one function, whatever describes them', () => {
    const { checks } = emitValidators(
      documentOf({
        A: { type: 'object', properties: { a: { ...text, description: 'One.' }, b: text } },
        B: { type: 'object', properties: { a: { ...text, title: 'two' } } },
        C: { type: 'object', properties: { a: { maxLength: 9, minLength: 1, type: 'string' } } },
      }),
    );
    expect(checks.match(/hasAtMost\(v/g)).toHaveLength(1);
  });

  test('used once stay where they are used', () => {
    const { checks } = emitValidators(documentOf({ A: { type: 'object', properties: { a: text } } }));
    expect(checks.match(/const check/g)).toHaveLength(1);
  });

  test('of types that refer to themselves', async () => {
    const tree = (name: string): JsonSchemaObject => ({
      type: 'object',
      properties: { children: { type: 'array', items: { $ref: `#/$defs/${name}` } } },
    });
    const { check, issues } = await validatorOf(
      { type: 'object', properties: { a: { $ref: '#/$defs/A' }, b: { $ref: '#/$defs/B' } } },
      { A: tree('A'), B: { ...tree('A'), required: ['children'] } },
    );
    expect(check({ a: { children: [{}] }, b: { children: [] } })).toBe(true);
    expect(issues({ a: { children: [{ children: 1 }] }, b: {} })).toEqual([
      { path: '/a/children/0/children', message: 'must be array', keyword: 'type' },
      { path: '/b/children', message: 'is required', keyword: 'required' },
    ]);
  });
});

test('a type may be another under a second name, also one that it is part of', async () => {
  const node: JsonSchemaObject = {
    type: 'object',
    required: ['x'],
    properties: { next: { $ref: '#/$defs/Alias' } },
  };
  const validators = await evaluateValidators(documentOf({ Node: node, Alias: { $ref: '#/$defs/Node' } }));
  for (const { check, issues } of validators.values()) {
    expect(check({ x: 1, next: { x: 2 } })).toBe(true);
    expect(issues({ x: 1, next: { next: 3 } })).toMatchObject([{ path: '/next/next' }, { path: '/next/x' }]);
  }
});

describe('own properties only', () => {
  const names = ['toString', 'constructor', 'hasOwnProperty', '__proto__', 'valueOf'];

  test.each(names)('%s is missing where only the prototype has it', async (name) => {
    const { check, issues } = await validatorOf({ type: 'object', required: [name] });
    expect(check({})).toBe(false);
    expect(issues({})).toEqual([{ path: `/${name}`, message: 'is required', keyword: 'required' }]);
    expect(check(JSON.parse(`{"${name}":1}`))).toBe(true);
  });

  test.each(names)('%s is checked as any other', async (name) => {
    const properties: Record<string, JsonSchema> = Object.fromEntries([[name, { type: 'integer' }]]);
    const { check, issues } = await validatorOf({ type: 'object', properties, additionalProperties: false });
    expect(check({})).toBe(true);
    expect(check(JSON.parse(`{"${name}":1}`))).toBe(true);
    expect(issues(JSON.parse(`{"${name}":"1"}`))).toMatchObject([{ path: `/${name}`, keyword: 'type' }]);
    expect(check({ other: 1 })).toBe(false);
  });
});

describe('issues', () => {
  test.each<[string, JsonSchemaObject, unknown, string, string]>([
    ['type', { type: ['string', 'null'] }, 1, '', 'must be string or null'],
    ['enum', { enum: ['low', 'high'] }, 'mid', '', 'must be one of ["low","high"]'],
    ['const', { type: 'string', const: 'note' }, 7, '', 'must be "note"'],
    ['minimum', { minimum: 1 }, 0, '', 'must be >= 1'],
    ['multipleOf', { multipleOf: 2 }, 3, '', 'must be a multiple of 2'],
    ['minLength', { minLength: 1 }, '', '', 'must not have fewer than 1 character'],
    ['maxLength', { maxLength: 2 }, 'abc', '', 'must not have more than 2 characters'],
    ['pattern', { pattern: '^a' }, 'b', '', 'must match the pattern ^a'],
    ['format:uuid', { format: 'uuid' }, 'b', '', 'must be a valid uuid'],
    ['uniqueItems', { uniqueItems: true }, [1, 1], '', 'must not have duplicate items'],
    [
      'additionalProperties',
      { additionalProperties: false },
      { 'a/b': 1 },
      '/a~1b',
      'is not a known property',
    ],
    [
      'propertyNames',
      { propertyNames: { maxLength: 1 } },
      { ab: 1 },
      '/ab',
      'is not an allowed property name',
    ],
    [
      'dependentRequired',
      { dependentRequired: { a: ['b'] } },
      { a: 1 },
      '/b',
      'is required where "a" is present',
    ],
    ['not', { properties: { a: false } }, { a: 1 }, '/a', 'is not allowed'],
    [
      'oneOf',
      { oneOf: [{ type: 'integer' }, { minimum: 2 }] },
      3,
      '',
      'must match exactly one alternative, but matches several',
    ],
  ])('of %s say what and where', async (keyword, schema, value, path, message) => {
    expect(await issuesOf(schema, value)).toEqual([{ path, message, keyword }]);
  });

  test('explain a union by its branches, each thing once', async () => {
    const card: JsonSchemaObject = { type: 'object', required: ['card'] };
    const union: JsonSchemaObject = { anyOf: [card, { type: 'object', required: ['column'] }, card] };
    expect(await issuesOf(union, {})).toMatchObject([{ path: '/card' }, { path: '/column' }]);
    expect(await issuesOf({ oneOf: union.anyOf }, 1)).toEqual([
      { path: '', message: 'must be object', keyword: 'type' },
    ]);
  });

  test('are eight at most', async () => {
    const list = await issuesOf(
      { items: { type: 'string' } },
      Array.from({ length: 10_000 }, () => 1),
    );
    expect(list.map(({ path }) => path)).toEqual(['/0', '/1', '/2', '/3', '/4', '/5', '/6', '/7']);
  });

  test('cut long names short', async () => {
    const [issue] = await issuesOf({ additionalProperties: false }, { ['/'.repeat(200)]: 1 });
    expect(issue?.path).toBe(`/${'~1'.repeat(128)}\u2026`);
  });
});

describe('a multiple', () => {
  test.each([
    [4.35, 0.01, true],
    [0.3, 0.1, true],
    [0.1 + 0.2, 0.1, false],
    [1e308, 0.5, true],
    [1e-7, 1e-8, true],
    [-7.5, 2.5, true],
    [1e21, 7, false],
    [5e-324, 0.5, false],
  ])('is counted in decimal digits: %d of %d', async (value, multipleOf, expected) => {
    const { check, issues } = await validatorOf({ multipleOf });
    expect(check(value)).toBe(expected);
    expect(issues(value).length === 0).toBe(expected);
  });
});

test('a date-time has no suffix that names its time zone, which RFC 3339 does not know', async () => {
  const { check } = await validatorOf({ format: 'date-time' });
  expect(check('2024-02-29T12:00:00Z')).toBe(true);
  expect(check('2024-02-29T12:00:00Z[Europe/Paris]')).toBe(false);
});

test('branches inside branches are walked once each', async () => {
  // The check of a level that walked the next one twice would not end with this many.
  const nested = (depth: number): JsonSchemaObject =>
    depth === 0
      ? { type: 'string' }
      : {
          anyOf: [
            { type: 'object', required: ['x'], properties: { a: nested(depth - 1) } },
            { type: 'null' },
          ],
        };
  const value = JSON.parse(`${'{"x":1,"a":'.repeat(40)}1${'}'.repeat(40)}`);
  const { check, issues } = await validatorOf(nested(40));
  expect(check(value)).toBe(false);
  expect(issues(value).length).toBeGreaterThan(0);
});
